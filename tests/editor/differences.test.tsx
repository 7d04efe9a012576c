import * as fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MinutesDifferences } from '#app/editor/MinutesDifferences.tsx'
import { type Difference, differencesBetween } from '#app/editor/reading/differences.ts'
import { commonRuns } from '#app/editor/reading/lcs.ts'
import type { TextNode } from '#app/editor/reading/text-node.ts'
import { action, bullets, decision, doc, heading, paragraph, text, vigilance } from './text.ts'

/** « [-ôté-] » and « [+mis+] », for reading. */
function written({ pieces }: Difference): string {
  return pieces
    .map(({ change, words }) => {
      const joined = words.map(word => word.text).join('')
      return change === 'same' ? joined : change === 'added' ? `[+${joined}+]` : `[-${joined}-]`
    })
    .join('')
}

const between = (before: TextNode, after: TextNode) =>
  differencesBetween(before, after).map(found => `${found.change} ${found.label ?? found.kind}: ${written(found)}`)

describe('what changed between two texts', () => {
  it('says nothing of what is the same', () => {
    const content = doc(heading('Un'), paragraph('texte'), decision({ id: 'd' }, 'Acheter', 'Parce que'))
    expect(differencesBetween(content, structuredClone(content))).toEqual([])
  })

  it('shows the words that changed inside a line, and only that line', () => {
    const before = doc(heading('Un'), paragraph('Le groupe se réunit le mardi à Albi.'), paragraph('Fin.'))
    const after = doc(heading('Un'), paragraph('Le groupe se réunit le jeudi matin à Albi.'), paragraph('Fin.'))
    expect(between(before, after)).toEqual([
      'modified paragraph: Le groupe se réunit le [-mardi-][+jeudi matin+] à Albi.',
    ])
    expect(differencesBetween(before, after)[0]?.section).toBe('Un')
  })

  it('shows lines added and removed under the title of their section', () => {
    const before = doc(heading('Un'), paragraph('à garder'), paragraph('zèbre'), heading('Deux'), bullets('a'))
    const after = doc(heading('Un'), paragraph('à garder'), heading('Deux'), bullets('a', 'nouveau'))
    expect(between(before, after)).toEqual(['removed paragraph: [-zèbre-]', 'added item: [+nouveau+]'])
    expect(differencesBetween(before, after).map(found => found.section)).toEqual(['Un', 'Deux'])
  })

  it('counts natures, owners, dates, formatting and addresses', () => {
    const link = (href: string) => text('ici', { type: 'link', attrs: { href } })
    const before = doc(
      decision({ id: 'd', nature: 'production' }, 'Publier le guide'),
      action({ id: 'a', ownerLabel: 'CAF', dueOn: '2027-03-12' }, 'Écrire'),
      paragraph('mot', text(' gras')),
      paragraph('voir ', link('https://a.test/')),
    )
    const after = doc(
      decision({ id: 'd', nature: 'budget' }, 'Publier le guide'),
      action({ id: 'a', ownerLabel: 'CPAM', dueOn: '2027-03-12' }, 'Écrire'),
      paragraph('mot', text(' gras', { type: 'bold' })),
      paragraph('voir ', link('https://b.test/')),
    )
    expect(between(before, after)).toEqual([
      'modified Décision: Publier le guide ([-Production d’un groupe-][+Budget de la convention+])',
      'modified Action: Écrire (Qui\u00A0: [-CAF-][+CPAM+] – Pour le 12\u00A0mars 2027)',
      'modified paragraph: mot[- gras-][+ gras+]',
      'modified paragraph: voir [-ici (https://a.test/)-][+ici (https://b.test/)+]',
    ])
  })

  it('follows a block by its id even when every word of it changed', () => {
    const before = doc(vigilance('v', 'Délai trop court'))
    const after = doc(vigilance('v', 'Budget insuffisant'))
    expect(between(before, after)).toEqual(['modified Point de vigilance: [-Délai trop court-][+Budget insuffisant+]'])
  })

  it('is readable without colours and by a screen reader', () => {
    const page = renderToStaticMarkup(
      <MinutesDifferences
        before={doc(paragraph('un deux trois'))}
        after={doc(paragraph('un six trois'), paragraph('neuf'))}
      />,
    )
    expect(page).toContain('2\u00A0passages modifiés')
    expect(page).toContain('<del><span class="visually-hidden"> [supprimé : </span>deux')
    expect(page).toContain('<ins><span class="visually-hidden"> [ajouté : </span>six')
    expect(renderToStaticMarkup(<MinutesDifferences before={doc()} after={doc()} />)).toBe(
      '<p>Le texte est le même.</p>',
    )
  })

  it('loses and invents nothing, whatever the lists', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const runs = commonRuns(before, after, letter => letter)
        expect(runs.flatMap(run => (run.kind === 'same' ? run.before : run.removed))).toEqual(before)
        expect(runs.flatMap(run => (run.kind === 'same' ? run.after : run.added))).toEqual(after)
        for (const run of runs) if (run.kind === 'same') expect(run.before).toEqual(run.after)
      }),
    )
  })
})
