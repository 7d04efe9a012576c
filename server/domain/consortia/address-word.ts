import type { Cell, Sheet } from './sheet.ts'

/** First words of addresses that are the site's own: no consortium may be named so. */
export const reservedSlugs: readonly string[] = [
  'accessibilite',
  'administration',
  'assets',
  'changement-adresse',
  'collab',
  'connexion',
  'consortiums',
  'courriels-de-demonstration',
  'deconnexion',
  'donnees-personnelles',
  'favicon',
  'healthz',
  'invitation',
  'mentions-legales',
  'mot-de-passe',
  'mot-de-passe-oublie',
  'profil',
  'verification',
]

/** The « repère » of a consortium, a structure or an instance: what stands in addresses. */
export function addressWord(sheet: Sheet, cell: Cell | undefined, what: string, taken: readonly string[] = []): string {
  if (!cell) return ''
  const text = sheet.text(cell, `Le repère (${what})`, 60)
  if (text === '') return ''
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) {
    sheet.mistake(
      cell.line,
      `Le repère « ${text} » ne convient pas : il s’écrit en minuscules sans accent, avec des tirets, par exemple « ${suggestion(text)} ».`,
    )
    return ''
  }
  if (reservedSlugs.includes(text) && what === 'le consortium') {
    sheet.mistake(cell.line, `Le repère « ${text} » est réservé au site. Choisissez-en un autre.`)
  }
  if (taken.includes(text)) {
    sheet.mistake(cell.line, `Le repère « ${text} » est déjà pris dans cette liste. Donnez-en un autre.`)
  }
  return text
}

function suggestion(text: string): string {
  const word = text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return word || 'groupe-parcours'
}
