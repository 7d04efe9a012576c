import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linkLasts } from '#server/domain/accounts/links.ts'
import { mailCodeLasts } from '#server/domain/accounts/mail-codes.ts'
import { monthsWithoutRight } from '#server/domain/administration/account-list.ts'
import {
  absenceReasonMonths,
  expiredLinksDays,
  securityLogMonths,
  sentMailMonths,
  unsealedAbsenceReasonMonths,
} from '#server/jobs/purge.ts'
import { sessionDays } from '#server/sessions/lucia.ts'
import { defaultSiteTexts } from '#server/vocabulary/site-texts.ts'

const minute = 60_000
const hour = 60 * minute
const expired = `puis ${expiredLinksDays} jours`

/** What the product does, in the words of the table: the row, and what it must say. */
const kept: Record<string, readonly string[]> = {
  Compte: [`depuis plus de ${monthsWithoutRight} mois`],
  Sessions: [`${sessionDays} jours sans utilisation`],
  'Codes envoyés par courriel': [`${mailCodeLasts / minute} minutes`],
  'Liens d’invitation': [`${linkLasts.invitation / hour / 24} jours`, expired],
  'Liens de mot de passe': [`${linkLasts.mot_de_passe / hour} heure`, expired],
  'Changements d’adresse': [`${linkLasts.nouvelle_adresse / hour} heures`, expired],
  'Journal de sécurité': [`${securityLogMonths} mois`],
  'Courriels sortants': [`${sentMailMonths} mois`],
  'Motifs d’absence': [
    `${absenceReasonMonths} mois après la validation du compte rendu`,
    `${unsealedAbsenceReasonMonths} mois après la réunion`,
  ],
}

describe('docs/rgpd.md', () => {
  const rows = readFileSync(join(import.meta.dirname, '../../docs/rgpd.md'), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| '))

  it.each(Object.entries(kept))('says how long is kept: %s', (title, durations) => {
    const row = rows.find(line => line.startsWith(`| ${title}`))
    expect(row).toBeDefined()
    for (const duration of durations) expect(row).toContain(duration)
  })

  it('says the same as the page that everybody reads', () => {
    const page = defaultSiteTexts.donnees_personnelles
    const inWords: Record<number, string> = { 3: 'trois', 12: 'douze', 14: 'quatorze' }
    for (const says of [
      `Le journal de sécurité : ${inWords[securityLogMonths]} mois`,
      `Les sessions : ${inWords[sessionDays]} jours`,
      `courriels envoyés, sans leurs mots : ${inWords[sentMailMonths]} mois`,
      `absence : ${inWords[absenceReasonMonths]} mois après la validation du compte rendu, ou ${inWords[unsealedAbsenceReasonMonths]} mois`,
    ]) {
      expect(page).toContain(says)
    }
  })
})
