import type { Labels } from './closed-list.ts'

/**
 * Numbers that designate a beneficiary. The workspace holds no case file (conventions, « Security and law »): where
 * people type or upload, what looks like one is pointed out. It warns and never blocks: it may be wrong.
 */
export type PersonalDataKind = 'nir' | 'iban' | 'allocataire' | 'demandeur_emploi'

export const personalDataLabels: Labels<PersonalDataKind> = {
  nir: 'un numéro de sécurité sociale',
  iban: 'un numéro de compte bancaire (IBAN)',
  allocataire: 'un numéro d’allocataire',
  demandeur_emploi: 'un identifiant de demandeur d’emploi',
}

/** Where in a text something looks like personal data: from `start` to `end` (excluded), in UTF-16 units. */
export interface PersonalDataFinding {
  kind: PersonalDataKind
  start: number
  end: number
}

/** What looks like personal data in a text, in order; nothing is found twice at the same place. */
export function findPersonalData(text: string): PersonalDataFinding[] {
  const found = [...nirs(text), ...ibans(text), ...contextual(text)].sort((a, b) => a.start - b.start)
  return found.filter((finding, index) => {
    const previous = found[index - 1]
    return previous === undefined || finding.start >= previous.end
  })
}

/** The sentence that warns about what was found, or null when nothing was. */
export function personalDataWarning(findings: readonly Pick<PersonalDataFinding, 'kind'>[]): string | null {
  const kinds = [...new Set(findings.map(finding => personalDataLabels[finding.kind]))]
  if (kinds.length === 0) return null
  return `Ce texte ressemble à ${kinds.join(' et à ')}. N’écrivez ici aucune donnée sur une personne accompagnée.`
}

/** Spaces, non-breaking or not, points and hyphens that people put inside numbers. */
const GAP = '[\\s\\u00A0\\u202F.\\-]?'

const NIR = new RegExp(
  `(?<![\\dA-Za-z])[1-478]${GAP}\\d{2}${GAP}(?:0[1-9]|1[0-2]|[2-9]\\d)${GAP}(?:\\d{2}|2[AB])${GAP}\\d{3}${GAP}\\d{3}(?:${GAP}\\d{2})?(?![\\dA-Za-z])`,
  'gi',
)
const NIR_CONTEXT = /sécurité sociale|\bNIR\b|\bassurée?\b|n°\s?SS\b/i

function* nirs(text: string): Generator<PersonalDataFinding> {
  for (const { index, 0: match } of text.matchAll(NIR)) {
    const number = match.replace(/[^\dAB]/gi, '').toUpperCase()
    const end = index + match.length
    // A bar code or a reference may have the same form: it takes a right key, gaps where a NIR has them, or words around.
    const likely =
      (number.length === 15 && nirKey(number.slice(0, 13)) === Number(number.slice(13))) ||
      /^\d[^\dAB]\d{2}[^\dAB]\d{2}[^\dAB]/i.test(match) ||
      NIR_CONTEXT.test(around(text, index, end, 60))
    if (likely) yield { kind: 'nir', start: index, end }
  }
}

/** Key of the thirteen first characters of a NIR; Corsica counts as 19 and 18 (INSEE). */
function nirKey(body: string): number {
  return 97 - Number(BigInt(body.replace('2A', '19').replace('2B', '18')) % 97n)
}

const IBAN = /(?<![\dA-Za-z])[A-Z]{2}\d{2}(?:[\s\u00A0\u202F]?[A-Z\d]){11,30}/g
/** Lengths of the IBANs one meets here (ISO 13616), so that the words that follow one are left out of it. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  FR: 27,
  MC: 27,
  BE: 16,
  DE: 22,
  ES: 24,
  IT: 27,
  LU: 20,
  CH: 21,
  PT: 25,
  NL: 18,
  GB: 22,
}

function* ibans(text: string): Generator<PersonalDataFinding> {
  for (const { index, 0: match } of text.matchAll(IBAN)) {
    const length = IBAN_LENGTHS[match.slice(0, 2)] ?? match.replace(/\s/g, '').length
    const written = firstCharacters(match, length)
    if (written !== null && ibanRemainder(written.replace(/\s/g, '')) === 1)
      yield { kind: 'iban', start: index, end: index + written.length }
  }
}

/** The beginning of `text` that holds so many characters, spaces not counted; null when it has fewer. */
function firstCharacters(text: string, count: number): string | null {
  let seen = 0
  for (let index = 0; index < text.length; index++) {
    if (!/\s/.test(text.charAt(index))) seen++
    if (seen === count) return text.slice(0, index + 1)
  }
  return null
}

function ibanRemainder(iban: string): number {
  const figures = [...iban.slice(4), ...iban.slice(0, 4)].map(character => Number.parseInt(character, 36)).join('')
  return [...figures].reduce((remainder, figure) => (remainder * 10 + Number(figure)) % 97, 0)
}

/** Seven figures mean nothing by themselves: they count beside the words that say whose number it is. */
const SEVEN_FIGURES = /(?<![\d.,A-Za-z])\d{7}(?:\s?[A-Z])?(?![\dA-Za-z]|[.,]\d|\s?€)/g
const ALLOCATAIRE_CONTEXT = /allocataire(?!s)|\bmatricule\b|\bCAF\b|\bMSA\b|\bbénéficiaire(?!s)/i
const DEMANDEUR_CONTEXT = /\bidentifiant\b|demandeu(?:r|se) d[’']emploi|france travail|pôle emploi/i

function* contextual(text: string): Generator<PersonalDataFinding> {
  for (const { index, 0: match } of text.matchAll(SEVEN_FIGURES)) {
    const end = index + match.length
    const context = around(text, index, end, 40)
    if (ALLOCATAIRE_CONTEXT.test(context)) yield { kind: 'allocataire', start: index, end }
    else if (/[A-Z]$/.test(match) && DEMANDEUR_CONTEXT.test(context))
      yield { kind: 'demandeur_emploi', start: index, end }
  }
}

function around(text: string, start: number, end: number, reach: number): string {
  return text.slice(Math.max(0, start - reach), end + reach)
}
