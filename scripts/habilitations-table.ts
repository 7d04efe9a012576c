import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Rule, rules } from '#server/habilitations/rules.ts'

/**
 * Writes the table of `docs/habilitations.md` from the rules themselves: `npm run docs:habilitations`. A test fails when
 * the page is behind.
 */
const page = join(import.meta.dirname, '../docs/habilitations.md')
const start = '<!-- tableau : produit par « npm run docs:habilitations », ne pas modifier à la main -->'
const end = '<!-- fin du tableau -->'

/** The page with its table as the rules now are. @throws when its marks are missing. */
export function withTable(text: string): string {
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error('docs/habilitations.md has lost the marks of its table')
  return `${before}${start}\n\n${table()}\n\n${end}${after}`
}

const things: Record<keyof typeof rules, string> = {
  consortium: 'Consortium',
  organisation: 'Structure',
  proposal: 'Proposition de représentant',
  mandate: 'Mandat',
  consortiumFunction: 'Fonction',
  instance: 'Instance',
  meeting: 'Réunion',
  presence: 'Présence',
  minutes: 'Compte rendu',
  action: 'Action à mener',
  decision: 'Décision',
}

function table(): string {
  const lines = Object.entries(rules).flatMap(([resource, actions]) =>
    Object.values(actions as Record<string, Rule<never>>).map(rule => {
      const cases = rule.cases.map(
        ({ when, who }) => `*${when.says}* : ${who.map(each => each.inTable ?? each.says).join(' ; ')}`,
      )
      return `| ${rule.number} | ${things[resource as keyof typeof rules]} | ${rule.verb} | ${cases.join('<br>')} |`
    }),
  )
  return ['| Règle | Objet | Verbe | Dans quel cas : qui |', '| --- | --- | --- | --- |', ...lines].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, withTable(readFileSync(page, 'utf8')))
