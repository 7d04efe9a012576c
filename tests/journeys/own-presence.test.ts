import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cast } from '../cast.ts'
import { expectAccessible, expectNoOverflow } from './accessible.ts'
import { openSite, type Site } from './site.ts'

describe('saying whether one comes', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
  })
  afterAll(() => site?.close())

  it('[H48] a member answers on a phone, from the home page; the answer can be mended and changed', async () => {
    const phone = await site.window(cast.membreStrategique, {
      viewport: { width: 360, height: 720 },
      hasTouch: true,
      isMobile: true,
    })
    await phone.goto('/tarn/accueil')
    await phone
      .getByRole('link', { name: /votre venue/ })
      .first()
      .tap()
    await phone.getByRole('heading', { level: 1, name: 'Ma présence' }).waitFor()
    await expectAccessible(phone)
    for (const choice of await phone.locator('.choices[data-look="segments"] .choice').all()) {
      expect((await choice.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44)
    }
    await phone.getByText('Je me fais représenter').tap()
    await phone.getByRole('button', { name: 'Envoyer la réponse' }).tap()
    await phone.getByRole('heading', { name: '1 point est à corriger' }).waitFor()
    await expectAccessible(phone, 'refused')
    await phone.getByLabel('Par qui ?').fill('Paul Durand')
    await phone.getByRole('button', { name: 'Envoyer la réponse' }).tap()
    await phone.getByText('représentée, par Paul Durand').waitFor()
    await phone.getByText('J’y serai').tap()
    await phone.getByText('À distance').tap()
    await phone.getByRole('button', { name: 'Changer la réponse' }).tap()
    await phone.getByText('présente, à distance').waitFor()
    await expectNoOverflow(phone)
    await phone.getByRole('link', { name: 'Voir la réunion' }).tap()
    await phone.getByText('noté par Florence Audouy').waitFor()
    await phone.goto('/tarn/accueil')
    expect(await phone.getByRole('link', { name: /votre venue/ }).count()).toBe(0)
  })

  it('[H48] without JavaScript, an assistant answers for whom they assist', async () => {
    const assistant = await site.window(cast.assistantDossier, { javaScriptEnabled: false })
    await assistant.goto('/tarn/accueil')
    await assistant.getByRole('link', { name: /la venue de Vincent Lasserre/ }).click()
    await assistant.getByText('Vous répondez en son nom.').waitFor()
    await assistant.getByText('S’excuse').click()
    await assistant.getByLabel('Motif').fill('En commission permanente')
    await assistant.getByRole('button', { name: 'Envoyer la réponse' }).click()
    await assistant.getByText('Réponse enregistrée : excusé').waitFor()
    await assistant.getByText('Donnée par').waitFor()
  })
})
