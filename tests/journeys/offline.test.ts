import type { Dialog, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readPdf } from '../exports/read-pdf.ts'
import { caretAtEndOf, openText, said, stored, toWrite, writable } from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'
import { expectComplaint } from './watch.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe('writing while the network is down', () => {
  let helene: Page
  let yannick: Page
  let minutes = ''
  const line = (page: Page) => page.getByText('Il demande comment un CCAS saisira le référent.')

  beforeAll(async () => {
    helene = await windowThatLosesTheNetwork(people.copilote1)
    yannick = await site.window(people.copilote2)
    minutes = await toWrite(yannick)
    await openText(yannick, minutes)
  })
  beforeEach(() => helene.context().setOffline(false))

  it('stays on the device, survives the page, and arrives later for everybody', async () => {
    await openText(helene, minutes)
    await caretAtEndOf(helene, line(helene))
    await helene.context().setOffline(true)
    await helene.keyboard.type(' Écrit dans le train.')
    await offlineSaid(helene)
    await helene.keyboard.press('Control+s')
    await helene.locator('.toolbar-echo').getByText('Hors ligne').waitFor()
    await caretAtEndOf(yannick, yannick.getByText('Les premiers entretiens sont plus longs'))
    await yannick.keyboard.type(' Écrit au bureau.')
    await stored(yannick)
    expect(await yannick.getByText('Écrit dans le train.').count()).toBe(0)

    // The page is lost with the network: nothing of it is left but what the device keeps.
    const asked = nextDialog(helene, 'accept')
    await helene.reload().catch(() => {})
    expect((await asked).type()).toBe('beforeunload')
    await helene.context().setOffline(false)
    await openText(helene, minutes)
    await helene.getByText('Écrit dans le train.').waitFor()
    await helene.getByText('Écrit au bureau.').waitFor()
    await stored(helene)
    await yannick.getByText('Écrit dans le train.').waitFor()
    await helene.waitForFunction(() => localStorage.getItem('espace-spie.modifications-en-attente') === null)
  })

  it('arrives by itself when the network comes back under the page', async () => {
    await openText(helene, minutes)
    await caretAtEndOf(helene, line(helene))
    await helene.context().setOffline(true)
    await helene.keyboard.type(' Puis sous un tunnel.')
    await offlineSaid(helene)
    await helene.context().setOffline(false)
    await yannick.getByText('Puis sous un tunnel.').waitFor()
    await stored(helene)
  })

  it('is not left without a question: by a link, by signing out', async () => {
    await openText(helene, minutes)
    await caretAtEndOf(helene, line(helene))
    await helene.context().setOffline(true)
    await helene.keyboard.type(' Attention à la marche.')
    const byLink = nextDialog(helene, 'dismiss')
    await helene.getByRole('link', { name: 'Décisions', exact: true }).first().click()
    expect((await byLink).message()).toContain('ne sont pas encore enregistrées')
    const bySigningOut = nextDialog(helene, 'dismiss')
    await helene.locator('summary', { hasText: 'Hélène Castagné' }).click()
    await helene.getByRole('button', { name: 'Se déconnecter' }).click()
    expect((await bySigningOut).message()).toContain('effacées de cet appareil')
    expect(new URL(helene.url()).pathname).toBe(minutes)
    await helene.getByText('Attention à la marche.').waitFor()
    await helene.context().setOffline(false)
    await yannick.getByText('Attention à la marche.').waitFor()
  })
})

describe('an edit that comes too late', () => {
  const late = ' Ajout du prestataire, arrivé trop tard.'

  it('is shown as refused to its author, now and at the next visit, and never enters the sealed text', async () => {
    const yannick = await site.window(people.copilote2)
    const romain = await windowThatLosesTheNetwork(people.prestataire)
    await yannick.goto('/tarn/accueil')
    await yannick.getByRole('region', { name: 'À relire et approuver' }).getByRole('link').click()
    await writable(yannick)
    const minutes = new URL(yannick.url()).pathname
    await openText(romain, minutes)
    await caretAtEndOf(romain, romain.getByText('M. Delcourt propose un relevé d’une seule page'))
    await romain.context().setOffline(true)
    await romain.keyboard.type(late)
    await offlineSaid(romain)

    await yannick.getByRole('link', { name: 'Relire et donner mon accord' }).click()
    await yannick.getByRole('button', { name: 'Donner mon accord sur ce texte' }).click()
    await yannick.getByRole('link', { name: 'Valider et diffuser' }).click()
    await yannick.getByRole('heading', { level: 1, name: 'Valider le compte rendu' }).waitFor()
    const warnings = yannick.getByLabel('J’ai lu ces avertissements')
    if (await warnings.count()) await warnings.check()
    await yannick.getByRole('button', { name: 'Valider et diffuser' }).click()
    await said(yannick, 'Le compte rendu est validé et diffusé')

    await romain.context().setOffline(false)
    await expectRefused(romain)
    await romain.getByText(/Validé par .*Pradel/).waitFor()
    await romain.reload()
    await expectRefused(romain)
    for (const page of [romain, yannick]) {
      expect(await page.locator('.minutes-content').getByText(late.trim()).count()).toBe(0)
    }
    const file = await yannick.context().request.get(`${minutes}/pdf`)
    expect((await readPdf(await file.body())).text).not.toContain('trop tard')

    await romain.getByRole('button', { name: 'J’ai compris, effacer' }).click()
    await romain.reload()
    await romain.getByText(/Validé par .*Pradel/).waitFor()
    expect(await romain.getByText('n’ont pas été enregistrées').count()).toBe(0)
  })

  async function expectRefused(page: Page): Promise<void> {
    await page.getByText(/Ces modifications n’ont pas été enregistrées.*validé .*Pradel/).waitFor()
    expect(await page.getByLabel('Ce que vous aviez écrit').inputValue()).toContain(late.trim())
  }
})

/** Cutting the network makes the browser itself complain. */
async function windowThatLosesTheNetwork(email: string): Promise<Page> {
  const page = await site.window(email)
  expectComplaint(page.context(), /ERR_INTERNET_DISCONNECTED/)
  return page
}

async function offlineSaid(page: Page): Promise<void> {
  await page
    .locator('.status-item')
    .getByText(/^Hors ligne\. Non enregistré depuis .*gardées sur cet appareil/)
    .waitFor()
}

function nextDialog(page: Page, answer: 'accept' | 'dismiss'): Promise<Dialog> {
  return new Promise(resolve => {
    page.once('dialog', async dialog => {
      await dialog[answer]()
      resolve(dialog)
    })
  })
}
