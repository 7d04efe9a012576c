import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { said } from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

const chef = 'chef-de-projet@tarn.test'

const windows: [name: string, options: BrowserContextOptions, suffix: string][] = [
  ['at 1280 px', { viewport: { width: 1280, height: 900 } }, 'A'],
  ['at 360 px', { viewport: { width: 360, height: 740 }, hasTouch: true }, 'B'],
  ['without JavaScript', { javaScriptEnabled: false }, 'C'],
]

describe('the chef de projet gives the consortium its shape', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site.close())

  it.each(windows)('[H31] [H32] [H33] from « Gestion », %s', { timeout: 120_000 }, async (_, options, suffix) => {
    const page = await site.window(chef, options)
    const scripted = options.javaScriptEnabled !== false
    const look = async (state?: string) => {
      if (scripted) await expectAccessible(page, state)
    }

    await page.goto('/tarn/accueil')
    await throughNavigation(page, 'Gestion')
    await page.getByRole('heading', { level: 1, name: 'Gestion du consortium' }).waitFor()
    await look()

    // A structure with two names.
    await page.getByRole('main').getByRole('link', { name: 'Structures' }).click()
    await look()
    await page.getByRole('link', { name: 'Ajouter une structure' }).click()
    await page.getByRole('button', { name: 'Ajouter la structure' }).click()
    await page.getByText('3 points sont à corriger').waitFor()
    await look('refused')
    await page.getByRole('textbox', { name: /^Nom \(obligatoire/ }).fill(`Office de l’habitat ${suffix}`)
    await page.getByLabel('Sigle ou nom court').fill(`OH ${suffix}`)
    await page.getByLabel('Phase d’entrée').selectOption('elargi')
    await page.getByLabel('Ou par un autre acte').fill('Lettre du 3 novembre')
    await page.getByRole('button', { name: 'Ajouter la structure' }).click()
    await said(page, 'La structure est ajoutée.')
    await look()
    await openOthers(page)
    await page.getByRole('link', { name: 'Changer le nom' }).click()
    await page.getByRole('textbox', { name: /^Nom \(obligatoire/ }).fill(`Habitat du Tarn ${suffix}`)
    await page.getByLabel('Sigle ou nom court').fill(`HT ${suffix}`)
    await page.getByLabel('À partir du').fill('2030-01-01')
    await look()
    await page.getByRole('button', { name: 'Enregistrer le nouveau nom' }).click()
    await said(page, 'Le nouveau nom est enregistré.')
    await page.getByText(`Habitat du Tarn ${suffix}, depuis le 1er janvier 2030`.replaceAll(' ', ' ')).waitFor()
    await page.getByRole('heading', { level: 1, name: `Office de l’habitat ${suffix}` }).waitFor()

    // An instance, and its rules.
    await page.goto('/tarn')
    await page.getByRole('link', { name: 'Créer une instance' }).click()
    await look('kinds')
    await page.getByRole('link', { name: 'Groupe opérationnel' }).click()
    await page.getByRole('textbox', { name: /^Nom \(obligatoire/ }).fill(`Groupe logement ${suffix}`)
    await page.getByLabel('Nom court').fill(`Logement ${suffix}`)
    await page.getByLabel('Code').fill(`log${suffix}`)
    expect(await page.getByLabel('Niveau', { exact: false }).first().inputValue()).toBe('operationnel')
    await look()
    await page.getByRole('button', { name: 'Créer l’instance' }).click()
    await said(page, 'L’instance est créée.')
    await look()
    await openOthers(page)
    await page.getByRole('link', { name: 'Régler l’instance' }).click()
    await page.getByLabel('Validés par').selectOption('chef_de_projet')
    await page.getByLabel('L’instance vote').check()
    await page.getByLabel('Quorum').fill('50')
    await page.getByRole('button', { name: 'Enregistrer les réglages' }).click()
    await page.getByRole('heading', { name: 'Ce changement touche aux droits' }).waitFor()
    await page.getByText('au lieu de personne').waitFor()
    await look('to confirm')
    await page.getByRole('button', { name: 'Confirmer les réglages' }).click()
    await said(page, 'Les réglages de l’instance sont enregistrés.')
    await page.getByText(/quorum de 50/).waitFor()

    // A slip is taken back: nothing stands there yet.
    await openOthers(page)
    await page.getByRole('link', { name: 'Supprimer l’instance' }).click()
    await look()
    await page.getByRole('button', { name: 'Supprimer l’instance' }).click()
    await said(page, 'L’instance est supprimée.')

    // A rule of competence, changed then taken back.
    await page.getByRole('link', { name: 'Qui décide de quoi' }).click()
    await page.getByRole('combobox', { name: /^Nature de décision/ }).selectOption('bilan')
    await page.getByRole('combobox', { name: /^Instance compétente/ }).selectOption('elle-meme')
    await page.getByLabel('À partir du').fill('2031-01-01')
    await page.getByRole('button', { name: 'Changer la règle' }).click()
    await said(page, 'La règle de compétence est changée.')
    await look()
    await page.getByRole('button', { name: 'Retirer cette règle' }).click()
    await said(page, 'La règle est retirée')
    expect(await page.getByRole('button', { name: 'Retirer cette règle' }).count()).toBe(0)
    await page.context().close()
  })

  it('[H31] says what a departure ends before it is confirmed, and takes it back', { timeout: 60_000 }, async () => {
    const page = await site.window(chef)
    await page.goto('/tarn/structures/cpam/depart?le=2030-12-31')
    await page.getByText(/mandats finissent avec elle/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Enregistrer le départ' }).click()
    await said(page, 'Le départ est enregistré.')
    await page.getByText(/Quitte le consortium le/).waitFor()
    await openOthers(page)
    await page.getByRole('link', { name: 'Annuler le départ' }).click()
    await page.getByRole('button', { name: 'Annuler le départ' }).click()
    await said(page, 'Le départ est annulé.')
    await page.context().close()
  })

  it('[H33] a default visibility begins the instances of its kind, without JavaScript', async () => {
    const page = await site.window(chef, { javaScriptEnabled: false })
    await page.goto('/tarn/visibilites')
    await page.getByLabel('Groupe national').selectOption('niveau')
    await page.getByRole('button', { name: 'Enregistrer les visibilités' }).click()
    await said(page, 'Les visibilités par défaut sont enregistrées.')
    await page.goto('/tarn')
    await page.getByRole('link', { name: 'Créer une instance' }).click()
    await page.getByRole('link', { name: 'Groupe national' }).click()
    await page.getByRole('textbox', { name: /^Nom \(obligatoire/ }).fill('Groupe national n° 3')
    await page.getByLabel('Nom court').fill('National 3')
    // What was typed, and the kind, survive a refusal.
    await page.getByRole('button', { name: 'Créer l’instance' }).click()
    await page.getByText('1 point est à corriger').waitFor()
    await page.getByLabel('Code').fill('NAT3')
    await page.getByRole('button', { name: 'Créer l’instance' }).click()
    await said(page, 'L’instance est créée.')
    const facts = page.getByRole('region', { name: 'Comment elle travaille' })
    await facts.getByText('l’instance et les niveaux qui la reçoivent').waitFor()
    await facts.getByText('le chef de projet').waitFor()
    await facts.getByText('Brouillons lus par').waitFor()
    await page.context().close()
  })

  it('[H50] corrects what is said of the consortium, which members read', { timeout: 60_000 }, async () => {
    const page = await site.window(chef)
    await page.goto('/tarn/gestion')
    await page.getByRole('link', { name: 'Le consortium' }).click()
    await expectAccessible(page)
    await page.getByLabel('Objet').fill('Un parcours sans rupture, une offre lisible.')
    await page.getByLabel('Territoire').fill('Tarn et bassin d’Albi')
    await page.getByRole('button', { name: 'Enregistrer le consortium' }).click()
    await said(page, 'Ce qui est dit du consortium est corrigé.')
    const membre = await site.window(people.membre)
    await membre.goto('/tarn')
    await membre.getByText(/Un parcours sans rupture, une offre lisible\. Territoire.: Tarn et bassin d’Albi/).waitFor()
    await page.context().close()
  })

  it('[H33] enters an external body, that members read; deletes it once that is confirmed', async () => {
    const page = await site.window(chef)
    await page.goto('/tarn/organes-externes')
    await page.getByLabel('Nom').fill('Commission du logement')
    await page.getByRole('button', { name: 'Ajouter l’organe' }).click()
    await said(page, 'L’organe est ajouté.')
    await page.getByRole('link', { name: 'Commission du logement' }).click()
    await page.getByLabel('Dernier jour').fill('2030-12-31')
    await page.getByRole('button', { name: 'Enregistrer l’organe' }).click()
    await said(page, 'L’organe est modifié.')
    const membre = await site.window(people.membre)
    await membre.goto('/tarn')
    await membre.getByRole('link', { name: 'Qui décide de quoi' }).click()
    await membre
      .getByRole('row', { name: /Commission du logement/ })
      .getByText('31 décembre 2030')
      .waitFor()
    await expectAccessible(membre)
    await page.getByRole('link', { name: 'Commission du logement' }).click()
    await page.getByRole('link', { name: 'Supprimer l’organe' }).click()
    await page.getByText('sans retour possible').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Supprimer l’organe' }).click()
    await said(page, 'L’organe est supprimé.')
    expect(await page.getByRole('link', { name: 'Commission du logement' }).count()).toBe(0)
    await page.context().close()
  })

  it('[H32] [H34] designates from the matrix, dissolves the instance, and takes it back', {
    timeout: 90_000,
  }, async () => {
    const page = await site.window(chef)
    await page.goto('/tarn/instances/nouvelle?nature=groupe_transversal')
    await page.getByRole('textbox', { name: /^Nom \(obligatoire/ }).fill('Groupe mobilité')
    await page.getByLabel('Nom court').fill('Mobilité')
    await page.getByLabel('Code').fill('MOB')
    await page.getByRole('button', { name: 'Créer l’instance' }).click()
    await said(page, 'L’instance est créée.')
    await page.goto('/tarn/representation')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Désigner pour CAF dans Mobilité' }).click()
    const structure = page.getByLabel('Structure représentée')
    expect(await structure.locator('option:checked').textContent()).toMatch(/^Caisse d’allocations familiales/)
    await page.getByLabel('Courriel').fill('aude.mercier@caf.test')
    await page.getByLabel('Prénom').fill('Aude')
    await page.getByLabel('Nom', { exact: true }).fill('Mercier')
    await page.getByLabel('Mme', { exact: true }).check()
    await page.getByLabel('Qualité').fill('chargée de mission')
    await page.getByLabel('Fonction', { exact: false }).first().selectOption('membre')
    await page.getByRole('button', { name: 'Désigner la personne' }).click()
    await said(page, 'La personne est désignée.')

    await page.goto('/tarn/instances/mobilite')
    await openOthers(page)
    await page.getByRole('link', { name: 'Dissoudre l’instance' }).click()
    await page.getByLabel('Dernier jour de l’instance').fill('2030-12-31')
    await page.getByRole('button', { name: 'Voir les conséquences' }).click()
    await page.getByText('1 mandat finit avec elle').waitFor()
    await page.getByText('Mme Aude Mercier').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Dissoudre l’instance' }).click()
    await said(page, 'La dissolution est enregistrée.')
    await page.getByText(/Dissoute le/).waitFor()
    // The mandate has an end, which the dissolution's undoing takes back.
    await page.getByRole('region', { name: 'Composition' }).getByRole('link', { name: 'Mme Aude Mercier' }).click()
    await page.getByText('31 décembre 2030').waitFor()
    await page.goto('/tarn/instances/mobilite')
    await openOthers(page)
    await page.getByRole('link', { name: 'Annuler la dissolution' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Annuler la dissolution' }).click()
    await said(page, 'La dissolution est annulée.')
    await page.getByRole('region', { name: 'Composition' }).getByRole('link', { name: 'Mme Aude Mercier' }).click()
    await page.getByRole('heading', { level: 1, name: 'Mme Aude Mercier' }).waitFor()
    expect(await page.getByText('31 décembre 2030').count()).toBe(0)
    await page.context().close()
  })

  it('[H34] attaches a prestataire to an instance, then detaches it', { timeout: 60_000 }, async () => {
    const page = await site.window(chef)
    await page.goto('/tarn/personnes?fonction=prestataire')
    await page.getByRole('table').getByRole('link').first().click()
    await page
      .getByRole('table', { name: /^Fonctions/ })
      .getByRole('link')
      .first()
      .click()
    await page.getByRole('link', { name: 'Rattacher à une instance' }).click()
    await expectAccessible(page)
    await page.getByLabel('Instance').selectOption({ label: 'Groupe formation-compétences' })
    await page.getByRole('button', { name: 'Rattacher à l’instance' }).click()
    await said(page, 'Le prestataire est rattaché à l’instance.')
    await page.getByRole('link', { name: 'Mettre fin au rattachement à Groupe formation-compétences' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: /Mettre fin au rattachement/ }).click()
    await said(page, 'La fin du rattachement est enregistrée.')
    const row = page.getByRole('row', { name: /Groupe formation-compétences/ })
    expect(await row.getByRole('link', { name: /Mettre fin/ }).count()).toBe(0)
    await page.context().close()
  })

  it('[H32] says what forbids a dissolution, each with its page', { timeout: 60_000 }, async () => {
    const page = await site.window(chef)
    await page.goto('/tarn/instances/strategique/dissolution?le=2030-12-31')
    await page.getByText('Cette instance ne peut pas être dissoute').waitFor()
    await page
      .getByRole('link', { name: /Une réunion est prévue le/ })
      .first()
      .waitFor()
    await expectAccessible(page)
    await page.context().close()
  })
})

/** On a phone, what does not fit in the bar stands behind « Plus ». */
async function throughNavigation(page: Page, name: string): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Navigation principale' })
  const more = navigation.getByText('Plus', { exact: true })
  if (await more.isVisible()) await more.click()
  await navigation.getByRole('link', { name }).click()
}

async function openOthers(page: Page): Promise<void> {
  await page.getByText('Autres actions').click()
}
