import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announceMeeting, closeMeeting, openMeeting, said, today } from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const scriptless = { javaScriptEnabled: false }

describe('without JavaScript', () => {
  it('one signs in, reads what awaits, an instance, minutes, a decision, and signs out', async () => {
    const page = await site.window(people.copilote1, scriptless)
    await page.goto('/tarn/accueil')
    await page.getByRole('heading', { level: 1, name: 'Ce qui vous attend' }).waitFor()
    await page
      .getByRole('region', { name: /^À lire/ })
      .getByRole('link')
      .first()
      .click()
    await page.locator('.minutes-content').getByText('L’essentiel', { exact: false }).first().waitFor()
    await page.getByText('Preuve d’intégrité').waitFor()
    await page.goto('/tarn/decisions')
    await page.getByRole('row').nth(1).getByRole('link').first().click()
    await page.getByRole('heading', { name: 'Historique' }).waitFor()
    await page.goto('/tarn/instances/parcours')
    await page.getByText('Copilote', { exact: false }).first().waitFor()
    await page.locator('.header-person summary').click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.waitForURL('**/connexion')
  })

  it('a copilote creates, announces, opens and closes a meeting, and marks who was there', async () => {
    const page = await site.window(people.copilote2, scriptless)
    await page.goto('/tarn/reunions/nouvelle?instance=parcours')
    await page.getByLabel('Date').fill(today())
    await page.getByLabel('Début').fill('09:00')
    await page.getByLabel('Lieu').fill('Maison de l’emploi, Gaillac')
    await page.getByLabel('Intitulé du point').first().fill('Bilan du premier mois')
    await page.getByRole('button', { name: 'Créer la réunion' }).click()
    await said(page, 'La réunion est créée.')
    await announceMeeting(page)
    await openMeeting(page)
    await page
      .getByRole('link', { name: /Relever les présences|Corriger les présences/ })
      .first()
      .click()
    await page.getByText('Présent', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Enregistrer les présences' }).click()
    await said(page, 'Les présences sont enregistrées.')
    await closeMeeting(page)
  })

  it('a copilote agrees to the text as seen', async () => {
    const page = await site.window(people.copilote2, scriptless)
    await page.goto('/tarn/accueil')
    await page
      .getByRole('region', { name: /^À relire et approuver/ })
      .getByRole('link')
      .first()
      .click()
    await page.getByRole('link', { name: 'Relire et donner mon accord' }).click()
    await page.getByRole('button', { name: 'Donner mon accord sur ce texte' }).click()
    await said(page, 'Votre accord est enregistré.')
    await page.getByRole('link', { name: 'Valider et diffuser' }).click()
    const warnings = page.getByLabel(/J’ai lu ces avertissements/)
    if ((await warnings.count()) > 0) await warnings.check()
    await page.getByRole('button', { name: 'Valider et diffuser' }).click()
    await said(page, 'Le compte rendu est validé et diffusé à ses destinataires.')
  })

  it('[H40] a correspondant proposes the end of a mandate, whose day is first forgotten', async () => {
    const page = await site.window(people.correspondant, scriptless)
    await page.goto('/tarn/ma-structure')
    await page.locator('main a[href*="/mandats/"]').first().click()
    await page.waitForURL(/\/mandats\/[^/]+$/)
    await page.getByText('Autres actions').click()
    await page.getByRole('link', { name: 'Proposer la fin de ce mandat' }).click()
    await page.getByLabel('Message au chef de projet').fill('Elle part à la retraite.')
    await page.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await page.getByText('Indiquez le dernier jour du mandat.').first().waitFor()
    expect(await page.getByLabel('Message au chef de projet').inputValue()).toBe('Elle part à la retraite.')
    await page.getByLabel('Dernier jour du mandat').fill('2031-06-30')
    await page.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await said(page, 'La proposition est envoyée au chef de projet.')
  })

  it('the president of the competent instance records a result, and keeps what was typed when it is refused', async () => {
    const page = await site.window(people.president, scriptless)
    await page.goto('/tarn/decisions?instance=strategique&etat=proposee')
    await page.getByRole('row').filter({ hasText: 'Confier aux groupes' }).getByRole('link').first().click()
    await page.getByRole('link', { name: 'Consigner le résultat' }).last().click()
    await page.getByLabel('Réunion dans laquelle la décision a été prise').selectOption({ index: 1 })
    await page.getByLabel('Rejetée').check()
    await page.getByRole('button', { name: 'Consigner le résultat' }).click()
    await page.getByText('Dites pourquoi').first().waitFor()
    expect(await page.getByLabel('Rejetée').isChecked()).toBe(true)
    await page.getByLabel('Motif').fill('Les deux groupes ont déjà une fiche.')
    await page.getByRole('button', { name: 'Consigner le résultat' }).click()
    await said(page, 'Le résultat est consigné au registre.')
    await page.getByRole('heading', { level: 1, name: /^Décision \d{4}-STRAT-\d{3}$/ }).waitFor()
  })
})
