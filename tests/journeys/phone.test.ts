import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectNoOverflow } from './accessible.ts'
import { writable } from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe.each([320, 390])('on a phone of %d px', width => {
  let phone: Page
  beforeAll(async () => {
    phone = await site.window(people.copilote1, { viewport: { width, height: 720 }, hasTouch: true, isMobile: true })
  })

  it('the first page is read in one column, with its places at the thumb', async () => {
    await phone.goto('/tarn/accueil')
    await phone.getByRole('heading', { level: 1, name: 'Ce qui vous attend' }).waitFor()
    await expectNoOverflow(phone)
    const places = phone.getByRole('navigation', { name: 'Navigation principale' })
    const bar = await places.boundingBox()
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeGreaterThan(700)
    await expectForThumbs(places.getByRole('link'))
    await expectForThumbs(phone.getByRole('button', { name: /^Enregistrer l’avancement/ }))
    await expectForThumbs(phone.locator('.person-summary'))
  })

  it('an instance is a list, not a grid', async () => {
    await phone.goto('/tarn/instances/parcours')
    await phone.getByText('Mme Samira Bensaïd').first().waitFor()
    await expectNoOverflow(phone)
    await expectForThumbs(phone.getByRole('link', { name: 'Créer une réunion' }))
    await phone.goto('/tarn/decisions')
    await expectNoOverflow(phone)
    const row = await phone.getByRole('row').nth(1).boundingBox()
    const cells = await phone.getByRole('row').nth(1).getByRole('cell').all()
    for (const cell of cells) expect((await cell.boundingBox())?.x ?? 0).toBeLessThan((row?.x ?? 0) + 40)
  })

  it('attendance is marked with the thumb, the button stays in sight', async () => {
    await phone.goto('/tarn/accueil')
    await phone.getByRole('region', { name: 'Vos prochaines réunions' }).getByRole('link').first().tap()
    await phone.getByRole('heading', { level: 1, name: /^Réunion du/ }).waitFor()
    await expectNoOverflow(phone)
    await expectForThumbs(phone.getByRole('link', { name: 'Rédiger le compte rendu' }))
    await phone.getByRole('link', { name: 'Corriger les présences' }).first().tap()
    await phone.getByRole('heading', { level: 1, name: 'Relever les présences' }).waitFor()
    await expectNoOverflow(phone)
    await expectForThumbs(phone.locator('.choices[data-look="segments"] .choice'))
    const save = phone.getByRole('button', { name: 'Enregistrer les présences' })
    expect(await inSight(save)).toBe(true)
    await phone
      .getByRole('group', { name: /Lagarrigue/ })
      .getByText('Excusé', { exact: true })
      .tap()
    await phone.getByLabel('Motif').locator('visible=true').first().fill('Retenu à Castres')
    await expectNoOverflow(phone)
    expect(await inSight(save)).toBe(true)
  })

  it('minutes are the sheet alone, the rest one tab away, and can be written', async () => {
    await phone.goto('/tarn/accueil')
    await phone.getByRole('region', { name: 'À rédiger' }).getByRole('link').first().tap()
    const text = await writable(phone)
    await expectNoOverflow(phone)
    const tabs = phone.getByRole('navigation', { name: 'Parties du compte rendu' })
    await expectForThumbs(tabs.getByRole('link'))
    await expectForThumbs(phone.getByRole('toolbar').getByRole('button'))
    expect(await phone.getByRole('complementary').getByText('France Travail').isVisible()).toBe(false)
    await tabs.getByRole('link', { name: 'Présences' }).tap()
    await phone.getByRole('region', { name: 'Présences' }).getByText('France Travail').waitFor()
    expect(await text.isVisible()).toBe(false)
    await expectNoOverflow(phone)
    await tabs.getByRole('link', { name: 'Décisions' }).tap()
    await phone.getByRole('region', { name: 'Décisions' }).getByText('Ajouter à la trame').waitFor()
    await tabs.getByRole('link', { name: 'Texte' }).tap()
    await text.getByText('Les premiers entretiens sont plus longs').tap()
    await phone.keyboard.type(`Écrit à ${width} px. `)
    await text.getByText(`Écrit à ${width} px.`).waitFor()
    await phone
      .locator('.minutes-status')
      .getByText(/^Enregistré/)
      .waitFor()
    await expectNoOverflow(phone)
  })

  it('a decision is read and answered', async () => {
    await phone.goto('/tarn/accueil')
    await phone.getByRole('region', { name: 'Réponses à vos propositions' }).getByRole('link').first().tap()
    await phone.getByRole('heading', { level: 1, name: /^(Décision|Proposition)/ }).waitFor()
    await expectNoOverflow(phone)
    await expectForThumbs(phone.getByRole('button', { name: 'J’ai pris connaissance de la réponse' }))
  })
})

/** Large enough for a thumb: 44 px each way. */
async function expectForThumbs(targets: Locator): Promise<void> {
  await targets.first().waitFor()
  const boxes = await targets.evaluateAll(elements =>
    elements
      .map(element => ({ name: element.textContent ?? '', box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0)
      .map(({ name, box }) => ({ name: name.trim(), width: Math.round(box.width), height: Math.round(box.height) })),
  )
  expect(boxes.filter(({ width, height }) => width < 44 || height < 44)).toEqual([])
}

/** In the window as it stands, without scrolling. */
function inSight(target: Locator): Promise<boolean> {
  return target.evaluate(element => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= window.innerHeight
  })
}
