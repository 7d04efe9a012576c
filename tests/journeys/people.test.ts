import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe('designating, ending, taking over', () => {
  it('[H34] designates three people from a pasted list, and their invitations wait to leave', async () => {
    const page = await site.window(people.chef)
    await page.goto('/tarn/personnes')
    await expectAccessible(page)
    await page.getByText('Autres actions').click()
    await page.getByRole('link', { name: 'Désigner plusieurs personnes' }).click()
    await page.getByRole('heading', { level: 1, name: 'Désigner plusieurs personnes' }).waitFor()
    await page
      .getByLabel('Personnes (obligatoire)')
      .fill('Mme Lise ROQUES <lise.roques@caf.test>; "PRAT, Jean" <jean.prat@msa.test>; anne.sol@ars.test')
    await page.getByLabel('Instance').selectOption({ label: 'Groupe opérationnel Offre de services' })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Relire la liste' }).click()
    await page.getByText('3 lignes à corriger').waitFor()
    await expectAccessible(page, 'preview with lines to correct')
    const lines = page.locator('.import-line')
    for (const [index, civilite] of ['Mme', 'M.', 'Mme'].entries()) {
      const line = lines.nth(index)
      await line.getByLabel('Civilité').selectOption({ label: civilite })
      await line.getByLabel('Qualité').fill('conseillère')
      await line.getByLabel('Structure').selectOption({ index: index + 1 })
    }
    await page.getByRole('button', { name: 'Revoir les lignes corrigées' }).click()
    await page.getByText('3 mandats à créer').waitFor()
    await expectAccessible(page, 'preview to confirm')
    await page.getByRole('button', { name: 'Confirmer 3 désignations' }).click()
    await page.getByText('Les désignations sont enregistrées').waitFor()
    await page.goto('/tarn/personnes?recherche=roques')
    await page.getByRole('link', { name: 'Lise Roques' }).click()
    await page.getByText('invitation en attente').waitFor()
    await expectAccessible(page)
  })

  it('[H34] imports a file with one wrong line, corrects it and confirms', async () => {
    const page = await site.window(people.chef)
    await page.goto('/tarn/personnes/nouvelles')
    const lines = [
      'Prénom;Nom;Courriel;Civilité;Qualité;Structure;Instance;Fonction;Début',
      'Maud;Castel;maud.castel@caf.test;Mme;conseillère;CAF;Numérique;membre;01/04/2030',
      'Rémi;Loubet;remi.loubet@msa.test;M.;chargé de mission;MSA;;correspondant;01/04/2030',
      'Inès;Vialar;ines.vialar@caf.test;Mme;conseillère;CAF;Nulle part;membre;01/04/2030',
    ]
    await page.getByLabel('Fichier', { exact: true }).setInputFiles({
      name: 'personnes.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\r\n')),
    })
    await page.getByRole('button', { name: 'Relire le fichier' }).click()
    await page.getByText('1 mandat à créer, 1 fonction à donner').waitFor()
    await expectAccessible(page, 'preview of a file with a wrong line')
    expect(await page.getByRole('button', { name: /^Confirmer/ }).count()).toBe(0)
    const wrong = page.locator('.import-line[data-effect="erreur"]')
    expect(await wrong.count()).toBe(1)
    await wrong.getByText('n’existe pas : vérifiez son nom').waitFor()
    await wrong.getByText('Corriger le courriel, l’instance').click()
    await wrong.getByLabel('Instance').fill('Numérique')
    await page.getByRole('button', { name: 'Revoir les lignes corrigées' }).click()
    await page.getByText('2 mandats à créer, 1 fonction à donner').waitFor()
    await page.getByRole('button', { name: 'Confirmer 3 désignations' }).click()
    await page.getByText('Les désignations sont enregistrées').waitFor()
    await page.goto('/tarn/personnes?recherche=loubet')
    await page.getByRole('link', { name: 'Rémi Loubet' }).click()
    await page.getByText('Correspondant').first().waitFor()
  })

  it('[H34] [L10] closes the text of whose mandate ends, while its tab is open', async () => {
    const leaving = await site.window(people.copilote2)
    await leaving.goto('/tarn/reunions')
    await leaving
      .getByRole('link', { name: /Parcours/ })
      .first()
      .click()
    await leaving
      .getByRole('link', { name: /compte rendu/i })
      .first()
      .click()
    await leaving.locator('.minutes-status').first().waitFor()

    const page = await site.window(people.chef)
    await page.goto('/tarn/personnes?recherche=pradel')
    await page.getByRole('link', { name: 'Yannick Pradel' }).click()
    await page.getByRole('link', { name: /mandat dans Groupe opérationnel Parcours/ }).click()
    await page.getByText('Qualité').waitFor()
    await page.getByText('Autres actions').click()
    await page.getByRole('link', { name: 'Mettre fin au mandat' }).click()
    await page.getByText('les comptes rendus gardent son nom').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Mettre fin au mandat' }).click()
    await page.getByText('La fin du mandat est enregistrée').waitFor()
    // The tab is told: there is nothing there for them any more.
    await leaving.getByText('vous n’y avez pas accès').waitFor({ timeout: 5000 })
  })

  it('[H45] leads a new holder from the home page to the handover', async () => {
    const page = await site.window(people.chef)
    await page.goto('/tarn/personnes?recherche=bensa')
    await page.getByRole('link', { name: 'Samira Bensaïd' }).click()
    await page.getByRole('link', { name: /mandat dans Groupe opérationnel Parcours/ }).click()
    await page.waitForURL(/\/mandats\/[^/]+$/)
    await page.getByText('Autres actions').click()
    await page.getByRole('link', { name: 'Désigner qui prend la suite' }).click()
    await page.getByLabel('Courriel').fill(people.observateur)
    await page.getByLabel('Mme', { exact: true }).check()
    await page.getByLabel('Qualité').fill('conseillère')
    await page.getByLabel('Structure représentée').selectOption({ index: 3 })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Désigner la personne' }).click()
    await page.getByText('La personne est désignée').waitFor()

    const next = await site.window(people.observateur)
    await next.goto('/tarn/accueil')
    await next.getByRole('link', { name: /Lire la passation/ }).click()
    await next.getByRole('heading', { level: 1, name: 'Passation' }).waitFor()
    await next.getByText('prend la suite de').waitFor()
    await expectAccessible(next)
    expect(await next.getByRole('heading', { name: /Derniers comptes rendus/ }).count()).toBe(1)
  })
})
