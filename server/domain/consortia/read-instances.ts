import {
  type DraftReaders,
  defaultMinutesVisibility,
  type InstanceKind,
  technicalGroupKinds,
  type ValidatorRule,
  type VotingRules,
} from '#server/vocabulary/governance.ts'
import { addressWord } from './address-word.ts'
import type { InstanceDescription } from './description.ts'
import type { TerritoryOf } from './read-organisations.ts'
import type { Cell, Sheet } from './sheet.ts'
import { castingVoteWords, draftReaderWords, kindWords, levelWords, validatorWords, visibilityWords } from './words.ts'

type Known = { territoryOf: TerritoryOf; organisations: readonly string[] }

const headings = {
  required: ['repère', 'nom', 'code', 'niveau', 'type'],
  optional: [
    'nom court',
    'relève de',
    'territoire',
    'objet',
    'rôles',
    'composition',
    'rythme',
    'réunions par an',
    'validation',
    'brouillon visible par',
    'comptes rendus visibles par',
    'rédaction ouverte aux membres',
    'vote',
  ],
}

/** The « instances » of the file, highest first; what they leave out follows from their kind. */
export function readInstances(sheet: Sheet, cell: Cell | undefined, known: Known): InstanceDescription[] {
  const taken: string[] = []
  const codes: string[] = []
  const items = sheet.items(cell, 'les instances')
  const instances = items.map(item => {
    const parts = sheet.part(item, 'une instance', headings)
    const slug = addressWord(sheet, parts.get('repère'), 'une instance', taken)
    taken.push(slug)
    return { ...readInstance(sheet, parts, known), slug, code: readCode(sheet, parts.get('code'), codes) }
  })
  instances.forEach((instance, rank) => {
    checkParent(sheet, items[rank]?.line ?? 1, instance, instances)
  })
  return instances
}

function readInstance(sheet: Sheet, parts: ReadonlyMap<string, Cell>, { territoryOf, organisations }: Known) {
  const name = sheet.text(parts.get('nom'), 'Le nom de l’instance', 200)
  const kind = sheet.choice(parts.get('type'), 'Le type', kindWords, 'pilotage_strategique')
  const minutesVisibility = sheet.choice(
    parts.get('comptes rendus visibles par'),
    'La visibilité des comptes rendus',
    visibilityWords,
    defaultMinutesVisibility[kind],
  )
  if (technicalGroupKinds.includes(kind) && minutesVisibility === 'instance') {
    sheet.mistake(
      parts.get('comptes rendus visibles par')?.line ?? 1,
      'Les comptes rendus d’un groupe technique vont au moins à son niveau : écrivez « niveau » ou « consortium ».',
    )
  }
  return {
    name,
    shortName: sheet.text(parts.get('nom court'), 'Le nom court de l’instance', 60) || name.slice(0, 60),
    level: sheet.choice(parts.get('niveau'), 'Le niveau', levelWords, 'operationnel'),
    kind,
    parent: sheet.text(parts.get('relève de'), 'L’instance dont elle relève', 60) || null,
    territory: territoryOf(parts.get('territoire'), name),
    purpose: sheet.text(parts.get('objet'), 'L’objet de l’instance', 2000),
    roles: sheet.items(parts.get('rôles'), 'les rôles').map(role => sheet.text(role, 'Le rôle', 500)),
    composition: sheet.text(parts.get('composition'), 'La composition', 2000),
    cadence: sheet.text(parts.get('rythme'), 'Le rythme', 200),
    meetingsPerYear: sheet.whole(parts.get('réunions par an'), 'Le nombre de réunions par an', 366),
    validatorRule: sheet.choice(parts.get('validation'), 'La validation', validatorWords, usualValidators(kind)),
    draftReaders: sheet.choice(
      parts.get('brouillon visible par'),
      'Les lecteurs du brouillon',
      draftReaderWords,
      usualDraftReaders(kind),
    ),
    minutesVisibility,
    opensWritingToMembers: sheet.yes(parts.get('rédaction ouverte aux membres'), 'La rédaction ouverte aux membres'),
    votingRules: readVoting(sheet, parts.get('vote'), organisations),
  }
}

/** Stands in the numbers of decisions: `2021-STRAT-003`. */
function readCode(sheet: Sheet, cell: Cell | undefined, taken: string[]): string {
  if (!cell) return ''
  const text = sheet.text(cell, 'Le code', 12)
  if (!/^[A-Z0-9]{2,10}$/.test(text)) {
    sheet.mistake(
      cell.line,
      `Le code « ${text} » ne convient pas : de 2 à 10 lettres capitales ou chiffres, par exemple « STRAT ».`,
    )
  } else if (taken.includes(text)) {
    sheet.mistake(cell.line, `Le code « ${text} » est déjà celui d’une autre instance. Donnez-en un autre.`)
  }
  taken.push(text)
  return text
}

/** Domain §3: the presidency validates, but for technical groups (their copilotes) and for groups without one. */
function usualValidators(kind: InstanceKind): ValidatorRule {
  if (technicalGroupKinds.includes(kind)) return 'tous_les_copilotes'
  return kind === 'groupe_restreint' || kind === 'groupe_national' ? 'chef_de_projet' : 'presidence'
}

function usualDraftReaders(kind: InstanceKind): DraftReaders {
  return kind === 'pilotage_institutionnel' || kind === 'pilotage_strategique' ? 'redacteurs' : 'instance'
}

function checkParent(
  sheet: Sheet,
  line: number,
  instance: InstanceDescription,
  instances: readonly InstanceDescription[],
): void {
  const above = [instance.slug]
  for (let parent = instance.parent; parent !== null; ) {
    const found = instances.find(({ slug }) => slug === parent)
    if (!found) {
      const known = instances.map(({ slug }) => slug).join(', ')
      if (parent === instance.parent) {
        sheet.mistake(line, `Aucune instance n’a le repère « ${parent} » (« relève de »). Les repères sont : ${known}.`)
      }
      return
    }
    if (above.includes(found.slug)) {
      sheet.mistake(
        line,
        `L’instance « ${instance.slug} » relève d’elle-même, directement ou non. Corrigez « relève de ».`,
      )
      return
    }
    above.push(found.slug)
    parent = found.parent
  }
}

function readVoting(sheet: Sheet, cell: Cell | undefined, organisations: readonly string[]): VotingRules | null {
  if (!cell) return null
  const parts = sheet.part(cell, 'les règles de vote', {
    optional: ['quorum', 'voix prépondérante', 'pouvoirs', 'voix par structure'],
  })
  const weights = sheet
    .pairs(parts.get('voix par structure'), 'les voix de chaque structure')
    .map(({ key, cell: value }) => {
      if (!organisations.includes(key)) {
        sheet.mistake(
          value.line,
          `Aucune structure n’a le repère « ${key} ». Les repères sont : ${organisations.join(', ')}.`,
        )
      }
      return [key, sheet.whole(value, `Les voix de « ${key} »`, 100) ?? 1] as const
    })
  return {
    quorumPercent: sheet.whole(parts.get('quorum'), 'Le quorum (en pourcentage)', 100) ?? 0,
    weights: Object.fromEntries(weights),
    castingVote: sheet.choice(parts.get('voix prépondérante'), 'La voix prépondérante', castingVoteWords, 'aucune'),
    mostProxies: sheet.whole(parts.get('pouvoirs'), 'Le nombre de pouvoirs', 20) ?? 0,
  }
}
