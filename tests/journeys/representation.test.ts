import { readFileSync } from 'node:fs'
import { parseCsv } from 'hucre/csv'
import { readOds } from 'hucre/ods'
import { readXlsx } from 'hucre/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../exports/read-pdf.ts'
import { expectAccessible } from './accessible.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const correspondant = 'correspondant.caf@tarn.test'

describe('a representative, from the proposal to the matrix', () => {
  it('is proposed, returned with a reason, proposed again, accepted, and sits', async () => {
    const caf = await site.window(correspondant)
    await caf.goto('/tarn/ma-structure')
    await expectAccessible(caf)
    await caf.getByRole('link', { name: 'Proposer quelqu’un dans Groupe national n° 2 : publics du SPIE' }).click()
    await caf.getByLabel('Ou son prénom').fill('Léa')
    await caf.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await caf.getByRole('heading', { name: /points sont à corriger/ }).waitFor()
    expect(await caf.getByLabel('Ou son prénom').inputValue(), 'nothing typed is lost').toBe('Léa')
    await expectAccessible(caf, 'refused')
    await caf.getByLabel('Son nom').fill('Bonnet')
    await caf.getByLabel('Son adresse professionnelle').fill('lea.bonnet@caf.test')
    await caf.getByLabel('Mme', { exact: true }).check()
    await caf.getByLabel('Qualité (obligatoire)').fill('responsable des partenariats')
    await caf.getByLabel('Cette personne porte la voix de la structure').check()
    await caf.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await caf.getByText('La proposition est envoyée au chef de projet.').waitFor()
    await expectAccessible(caf)

    const chef = await site.window(people.chef)
    await chef.goto('/tarn/accueil')
    await chef.getByRole('link', { name: 'Léa Bonnet – Groupe national n° 2' }).click()
    await chef.getByRole('link', { name: 'Répondre à la proposition' }).click()
    await expectAccessible(chef)
    await chef.getByLabel('Motif').fill('Plutôt au 1er du mois : la réunion est passée.')
    await chef.getByRole('button', { name: 'Retourner la proposition' }).click()
    await chef.getByText('La proposition est retournée à la structure, avec votre motif.').waitFor()

    await caf.goto('/tarn/accueil')
    await caf.getByRole('link', { name: 'Léa Bonnet – Groupe national n° 2' }).click()
    await caf.getByText('Plutôt au 1er du mois').waitFor()
    await caf.getByRole('link', { name: 'Corriger et proposer de nouveau' }).click()
    expect(await caf.getByLabel('Son nom').inputValue()).toBe('Bonnet')
    await caf.getByLabel('Message au chef de projet').fill('Entendu.')
    await caf.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await caf.getByText('La proposition est envoyée au chef de projet.').waitFor()

    await chef.goto(`${new URL(caf.url()).pathname}/reponse`)
    const late = await site.window(people.chef)
    await late.goto(chef.url())
    await chef.getByLabel('Fonction, dans les mots qui conviennent').fill('Membre titulaire')
    await chef.getByRole('button', { name: 'Accepter la proposition' }).click()
    await chef.getByText('La proposition est acceptée').waitFor()
    await chef.getByRole('link', { name: 'Voir le tableau de représentation' }).click()
    await chef.getByRole('row', { name: /^CAF/ }).getByText('Mme Léa Bonnet').waitFor()
  })

  it('[H40] [H42] no longer sits once the end of the mandate was proposed and accepted', async () => {
    const caf = await site.window(correspondant)
    await caf.goto('/tarn/ma-structure')
    await caf.getByRole('link', { name: 'Mme Léa Bonnet' }).click()
    await caf.waitForURL(/\/mandats\/[^/]+$/)
    await caf.getByText('Autres actions').click()
    await caf.getByRole('link', { name: 'Proposer la fin de ce mandat' }).click()
    await expectAccessible(caf)
    await caf.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await caf.getByText('Indiquez le dernier jour du mandat.').first().waitFor()
    await caf.getByLabel('Dernier jour du mandat').fill('2031-06-30')
    await caf.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await caf.getByText('La proposition est envoyée au chef de projet.').waitFor()

    const chef = await site.window(people.chef)
    await chef.goto('/tarn/accueil')
    await chef.getByRole('link', { name: /Fin du mandat de Léa Bonnet/ }).click()
    await chef.getByRole('link', { name: 'Répondre à la proposition' }).click()
    await chef.getByText('sa structure n’a plus de voix dans cette instance').waitFor()
    await expectAccessible(chef)
    await chef.getByRole('button', { name: 'Mettre fin au mandat' }).click()
    await chef.getByText('la fin du mandat est enregistrée').waitFor()
    await chef.goto('/tarn/representation?jour=2031-07-01')
    expect(await chef.getByText('Mme Léa Bonnet').count()).toBe(0)
  })

  it('[H42] says to whoever answers second who answered first', async () => {
    const caf = await site.window(correspondant)
    await caf.goto('/tarn/propositions/nouvelle?instance=restreint')
    await caf.getByLabel('Une personne déjà connue pour votre structure').selectOption({ index: 1 })
    await caf.getByLabel('M.', { exact: true }).check()
    await caf.getByLabel('Qualité (obligatoire)').fill('directeur adjoint')
    await caf.getByRole('button', { name: 'Envoyer la proposition' }).click()
    await caf.getByText('La proposition est envoyée').waitFor()
    const address = `${new URL(caf.url()).pathname}/reponse`
    // Without scripts: the answer is a page, with its status.
    const [one, other] = [await site.window(people.chef, plain), await site.window(people.chef, plain)]
    for (const page of [one, other]) await page.goto(address)
    await one.getByLabel('Motif').fill('Nous en parlons d’abord.')
    await one.getByRole('button', { name: 'Retourner la proposition' }).click()
    await other.getByLabel('Motif').fill('Non.')
    const answered = other.waitForResponse(response => response.request().method() === 'POST')
    await other.getByRole('button', { name: 'Retourner la proposition' }).click()
    expect((await answered).status()).toBe(409)
    await other.getByText(/Cette proposition est déjà retournée, par Nadège Fauré/).waitFor()
  })
})

describe('who represents whom', () => {
  it('is read at 1280 and 360 px, on every page of it', async () => {
    for (const width of [1280, 360]) {
      const page = await site.window(people.membre, { viewport: { width, height: 800 } })
      for (const path of pages) {
        await page.goto(path)
        await expectAccessible(page, `${width} px`)
      }
    }
  })

  it('prints on one sheet of A3, nothing cut', async () => {
    const page = await site.window(people.chef)
    for (const path of ['/tarn/representation', '/tarn/organigramme']) {
      await page.goto(path)
      const wanted = await page.locator('.matrix tbody strong, .chart-card strong').allInnerTexts()
      const file = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      const pdf = await readPdf(file)
      expect(pdf.pages, path).toHaveLength(1)
      const text = pdf.text.replace(/\s+/g, ' ')
      expect(wanted.length).toBeGreaterThan(10)
      expect(wanted.filter(name => !text.includes(name.replace(/\s+/g, ' ')))).toEqual([])
      // A3 landscape, in points.
      expect(Buffer.from(file).toString('latin1')).toMatch(/\/MediaBox \[0 0 119\d(\.\d+)? 84\d(\.\d+)?\]/)
    }
  })

  it('cuts nothing on paper with sixteen institutions and ten instances', async () => {
    // The width of A3 in landscape, without its margins.
    const page = await site.window(people.chef, { viewport: { width: 1519, height: 1054 } })
    await page.goto('/tarn/representation')
    // There once the page has come alive: what follows changes it.
    await page.getByText('Imprimer le tableau (A3)').waitFor({ state: 'attached' })
    await page.emulateMedia({ media: 'print' })
    const cut = await page.evaluate(() => {
      // One more column, as full as the fullest.
      for (const row of document.querySelectorAll('.matrix tr')) row.children[1]?.after(row.children[1].cloneNode(true))
      const rows = document.querySelectorAll('.matrix tbody tr').length
      const columns = document.querySelectorAll('.matrix thead th').length - 2
      const tooWide = [...document.querySelectorAll<HTMLElement>('.matrix, .matrix :is(th, td, li, dd)')].filter(
        element => element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > innerWidth,
      )
      return { rows, columns, tooWide: tooWide.map(element => element.textContent) }
    })
    expect(cut).toEqual({ rows: 16, columns: 10, tooWide: [] })
    await page.emulateMedia({ media: null })
  })

  it('is taken away as files that open again', async () => {
    const page = await site.window(people.membre)
    const xlsx = await readXlsx(await download(page, '/tarn/representation', 'Télécharger pour Excel (XLSX)'))
    expect(xlsx.sheets.map(sheet => sheet.name)).toEqual(['Représentation', 'Sièges'])
    const ods = await readOds(await download(page, '/tarn/representation', 'Télécharger pour LibreOffice (ODS)'))
    expect(ods.sheets[0]?.rows[1]?.[0]).toBe('Département du Tarn')
    const csv = await download(page, '/tarn/annuaire?structure=caf', 'Télécharger pour un tableur (CSV)')
    const lines = parseCsv(csv.toString('utf8'), { delimiter: ';' })
    expect(lines[0]?.[0]).toBe('Nom')
    expect(lines.slice(1).every(line => String(line[3]).includes('allocations familiales'))).toBe(true)
  })

  it('is searched and copied without scripts', async () => {
    const page = await site.window(people.copilote1, plain)
    await page.goto('/tarn/annuaire')
    await page.getByLabel('Nom ou qualité').fill('castagne')
    await page.getByRole('button', { name: 'Chercher dans l’annuaire' }).click()
    await page.getByText('Mme Hélène Castagné', { exact: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('castagne')
    await page.getByRole('link', { name: 'Copier les adresses' }).click()
    expect(await page.getByLabel('Ligne de destinataires, pour Outlook').inputValue()).toBe(
      'Hélène Castagné <copilote-1.parcours@tarn.test>',
    )
  })
})

const plain = { javaScriptEnabled: false }

const pages = [
  '/tarn/representation',
  '/tarn/representation?jour=2030-01-01',
  '/tarn/annuaire?adresses=1',
  '/tarn/annuaire?par=instance',
  '/tarn/annuaire?q=personne-ne-s-appelle-ainsi',
  '/tarn/organigramme',
  '/tarn/organigramme?vue=liste',
  '/tarn/propositions',
]

async function download(page: Page, path: string, name: string): Promise<Buffer> {
  await page.goto(path)
  await page.getByText('Autres actions').click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  return readFileSync(await file.path())
}
