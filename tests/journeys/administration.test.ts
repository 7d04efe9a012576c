import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { indreEtLoire } from '../consortia/samples.ts'
import { startProcess } from '../server/process.ts'
import { expectAccessible } from './accessible.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe('the deployment, by its administrateur', () => {
  it('creates a consortium from its description: mistakes first, then what it would make, then the consortium', async () => {
    const page = await site.window(people.administrateur)
    await page.goto('/administration')
    await expectAccessible(page)
    await page.getByRole('main').getByRole('link', { name: 'Consortiums' }).click()
    await page.getByRole('link', { name: 'Créer un consortium' }).click()
    await page.getByLabel('Description du consortium').fill(indreEtLoire.replace('code: COPIL', 'code: le comité'))
    await page.getByRole('button', { name: 'Vérifier la description' }).click()
    await page.getByRole('link', { name: /Ligne \d+.*Le code/ }).waitFor()
    await expectAccessible(page, 'with a mistake')
    await page.getByLabel('Description du consortium').fill(indreEtLoire)
    await page.getByRole('button', { name: 'Vérifier la description' }).click()
    await page.getByText('La description convient').waitFor()
    await expectAccessible(page, 'with a preview')
    await page.getByRole('button', { name: 'Créer le consortium' }).click()
    await page.getByText('Le consortium est créé').waitFor()
    await page.getByText('invitation pas encore acceptée').waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: /Rivière/ }).click()
    await page.getByRole('button', { name: 'Afficher l’invitation à remettre' }).click()
    await page.getByLabel('Texte').waitFor()
    await expectAccessible(page, 'with an invitation to hand over')
    expect((await page.goto('/indre-et-loire/accueil'))?.status()).toBe(404)
  })

  it('creates one from a file, without JavaScript', async () => {
    const page = await site.window(people.administrateur, { javaScriptEnabled: false })
    await page.goto('/administration/consortiums/nouveau')
    const text = indreEtLoire.replace('repère: indre-et-loire', 'repère: touraine').replace('agathe.', 'autre.')
    await page
      .getByLabel('Fichier')
      .setInputFiles({ name: 'a.yaml', mimeType: 'text/plain', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Vérifier la description' }).click()
    await page.getByRole('button', { name: 'Créer le consortium' }).click()
    await page.getByText('/touraine').waitFor()
    await page.getByText('Cet espace n’envoie aucun courriel : ouvrez le compte').waitFor()

    // Nothing is sent here: the first chef de projet receives the invitation from the administrateur.
    await page.getByRole('link', { name: /Rivière/ }).click()
    await page.getByRole('button', { name: 'Afficher l’invitation à remettre' }).click()
    expect(await page.getByLabel('Texte').inputValue()).toMatch(/\/invitation\/[\w-]{43}/)
    await page.getByRole('button', { name: 'Noter que je l’ai remise' }).click()
    await page.getByText('l’invitation a été remise').waitFor()
  })

  it('suspends somebody at work, and restores the account', async () => {
    const member = await site.window(people.membre)
    await member.goto('/tarn/accueil')
    const page = await site.window(people.administrateur)
    await page.goto('/administration/comptes')
    await expectAccessible(page)
    await page.getByLabel('Nom ou adresse').fill('bensaid samira')
    await page.getByRole('button', { name: 'Rechercher' }).click()
    await page.getByRole('link', { name: 'Samira Bensaïd' }).click()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Suspendre le compte' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Suspendre le compte' }).click()
    await page.getByText('Le compte est suspendu').waitFor()
    await member.goto('/tarn/accueil')
    expect(new URL(member.url()).pathname).toBe('/connexion')
    await page.getByRole('link', { name: 'Rétablir le compte' }).click()
    await page.getByRole('button', { name: 'Rétablir le compte' }).click()
    await page.getByText('Le compte est rétabli').waitFor()
    await page.getByRole('link', { name: 'Ce que le journal de sécurité dit' }).click()
    await page.getByRole('rowheader', { name: 'Compte suspendu' }).waitFor()
    await expectAccessible(page)
  })

  it('erases somebody who asked for it, by typing the address again', async () => {
    const page = await site.window(people.administrateur)
    await page.goto('/administration/comptes?recherche=ancien.parcours')
    await page.getByRole('table').getByRole('link').click()
    await page.getByRole('link', { name: 'Effacer la personne' }).click()
    await page.getByLabel(/retapez l’adresse/).fill('une.autre@tarn.test')
    await page.getByRole('button', { name: 'Effacer définitivement' }).click()
    await page.getByRole('link', { name: /n’est pas celle du compte/ }).waitFor()
    await expectAccessible(page, 'refused')
    await page.getByLabel(/retapez l’adresse/).fill(people.ancien)
    await page.getByRole('button', { name: 'Effacer définitivement' }).click()
    await page.getByRole('heading', { level: 1, name: 'Personne effacée' }).waitFor()
  })

  it('rewrites a legal page, which is read without signing in, at 320 pixels too', async () => {
    const page = await site.window(people.administrateur)
    await page.goto('/administration/textes')
    await expectAccessible(page)
    await page.getByRole('link', { name: /Récrire.*Mentions légales/ }).click()
    await page.getByLabel('Texte de la page').fill('# Éditeur\n\nLe Département du Tarn.')
    await page.getByRole('button', { name: 'Voir l’aperçu' }).click()
    await page.getByRole('region', { name: 'Aperçu' }).getByText('Le Département du Tarn.').waitFor()
    await expectAccessible(page, 'previewed')
    await page.getByRole('button', { name: 'Enregistrer le texte' }).click()
    await page.getByText('La page est récrite').waitFor()
    const visitor = await site.window(null, { viewport: { width: 320, height: 700 } })
    await visitor.goto('/connexion')
    for (const name of ['Mentions légales', 'Données personnelles', 'Accessibilité']) {
      await visitor.getByRole('contentinfo').getByRole('link', { name }).click()
      await visitor.getByRole('heading', { level: 1, name }).waitFor()
      await expectAccessible(visitor)
    }
    await visitor.goto('/mentions-legales')
    await visitor.getByText('Le Département du Tarn.').waitFor()
  })
})

describe('the journal of a consortium', () => {
  it('is narrowed by act and exported, by the chef de projet', async () => {
    const page = await site.window(people.chef)
    await page.goto('/tarn/journal')
    await expectAccessible(page)
    await page.getByLabel('Acte', { exact: true }).selectOption({ label: 'A validé le compte rendu' })
    await page.getByRole('button', { name: 'Filtrer' }).click()
    await page.getByRole('link', { name: 'Tout afficher' }).waitFor()
    expect(page.url()).toContain('acte=minutes.validate')
    for (const cell of await page.getByRole('rowheader').allTextContents())
      expect(cell).toBe('A validé le compte rendu')
    await page.getByText('Autres actions').click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Télécharger pour un tableur (CSV)' }).click()
    const file = await (await download).path()
    expect(readFileSync(file, 'utf8')).toContain('a validé le compte rendu')
    await page.getByRole('main').getByRole('table').getByRole('link').first().click()
    await page.waitForURL('**/comptes-rendus/*')
  })

  it('gives everyone all that is held about them, to read and to take away', async () => {
    const page = await site.window(people.copilote1)
    await page.goto('/profil/donnees')
    await expectAccessible(page)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Télécharger vos données' }).click()
    const content = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Record<string, unknown>
    expect(Object.keys(content)).toContain('Mandats')
  })
})

describe('a deployment where nobody has an account', () => {
  it('shows one page that says how to begin, wherever one comes, on a telephone too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'espace-journey-'))
    const server = startProcess({ DATA_DIR: folder })
    const address = await server.ready()
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    })
    try {
      const page = await (await browser.newContext({ viewport: { width: 320, height: 700 } })).newPage()
      for (const path of ['/', '/tarn/accueil']) {
        await page.goto(address + path)
        await page.getByRole('heading', { level: 1, name: 'Cet espace est vide' }).waitFor()
        await expectAccessible(page)
      }
    } finally {
      await browser.close()
      server.process.kill('SIGTERM')
      await server.ended()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
