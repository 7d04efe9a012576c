import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectNoOverflow } from './accessible.ts'
import { caretUnder, openText, stored, toWrite } from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const phone = { viewport: { width: 320, height: 720 }, hasTouch: true, isMobile: true }

// One journey: each step begins where the one before it ended.
describe('before distributing, one looks at what each reader will see', () => {
  let yannick: Page
  let minutes = ''

  it('from the page that distributes, to who will read and why', async () => {
    yannick = await site.window(people.copilote2)
    await yannick.goto('/tarn/reunions?quand=passees&instance=parcours')
    minutes = (await yannick.locator('main [href*="/comptes-rendus/"]').first().getAttribute('href')) ?? ''
    await yannick.goto(minutes)
    await yannick.getByText('Autres actions').click()
    await yannick.getByRole('link', { name: 'Voir ce que chacun en verra' }).click()
    await yannick.getByRole('heading', { name: 'Voir comme une autre personne' }).waitFor()
    for (const somebody of [/^Un membre technique/, /^Le prestataire/, /^Un élu/]) {
      await yannick.locator('.preview-links').getByRole('link', { name: somebody }).first().waitFor()
    }
    await yannick.goto(`${minutes}/validation`)
    const warnings = yannick.getByLabel('J’ai lu ces avertissements et je valide quand même')
    if (await warnings.isVisible()) await warnings.check()
    await yannick.getByRole('button', { name: 'Valider sans diffuser' }).click()
    await yannick.getByRole('link', { name: 'Diffuser le compte rendu' }).click()
    await yannick.getByRole('link', { name: 'Voir ce que chacun en verra' }).click()
    await yannick.getByRole('heading', { level: 1, name: 'Qui peut voir ceci ?' }).waitFor()
    await yannick.getByRole('heading', { name: 'Une fois diffusé' }).waitFor()
    await yannick.getByText('Yannick Pradel (France Travail) – vous').first().waitFor()
    await expectAccessible(yannick)
  })

  it('an elected member would not find them today, and will read them once distributed', async () => {
    const elected = yannick.locator('.preview-links li').filter({ hasText: 'Institutionnelle' })
    await elected.getByRole('link', { name: /^Un élu/ }).click()
    await yannick.getByText('Cette personne ne verrait pas cette page').waitFor()
    await expectAccessible(yannick)
    await yannick.goBack()
    await elected.getByRole('link', { name: /une fois diffusé/ }).click()
    await yannick.getByRole('heading', { level: 1, name: /^Compte rendu de la réunion/ }).waitFor()
    await yannick.getByText('Vous voyez cette page comme').waitFor()
    await expectAccessible(yannick)
  })

  it('printed, it says that it is a preview, and whose; the way out is not printed', async () => {
    await yannick.emulateMedia({ media: 'print' })
    await yannick.getByText('Aperçu : vous voyez cette page comme un élu').waitFor()
    expect(await yannick.getByRole('link', { name: 'Quitter l’aperçu' }).isVisible()).toBe(false)
    await yannick.emulateMedia({ media: 'screen' })
  })

  it('nothing can be done there; the keyboard leaves it by its first link', async () => {
    expect(await yannick.locator('main :is(button, input, select, textarea):not([disabled])').count()).toBe(0)
    await yannick.locator('main').focus()
    await yannick.keyboard.press('Tab')
    expect(await yannick.evaluate(() => document.activeElement?.textContent)).toBe('Quitter l’aperçu')
    await yannick.keyboard.press('Enter')
    await yannick.waitForURL(url => url.search === '')
    await yannick.getByRole('link', { name: 'Diffuser le compte rendu' }).waitFor()
  })

  it('a writer looks at their minutes only; the chef de projet at everything, following links', async () => {
    await yannick.goto('/tarn/decisions?apercu=observateur')
    await yannick.getByText('Action non autorisée').waitFor()
    const nadege = await site.window(people.chef)
    await nadege.goto('/tarn/gestion')
    await nadege.getByRole('link', { name: 'Voir comme une autre personne' }).click()
    await nadege.getByRole('heading', { level: 1, name: 'Voir comme une autre personne' }).waitFor()
    await expectAccessible(nadege)
    await nadege.getByRole('link', { name: 'Un observateur' }).click()
    await nadege.getByText('Vous voyez cette page comme').waitFor()
    await nadege.getByRole('link', { name: 'Décisions' }).click()
    await nadege.getByRole('heading', { level: 1, name: /décisions/i }).waitFor()
    expect(new URL(nadege.url()).search).toBe('?apercu=observateur')
    await expectAccessible(nadege)
    await nadege.getByRole('link', { name: 'Quitter l’aperçu' }).click()
    expect(new URL(nadege.url()).pathname + new URL(nadege.url()).search).toBe('/tarn/decisions')
  })

  it('as a director: « Ma structure » is theirs, and addresses that lead elsewhere stay in the preview', async () => {
    const nadege = await site.window(people.chef)
    await nadege.goto('/tarn/apercu')
    await nadege.getByLabel('Qui siège le fait pour').selectOption({ label: 'Caisse d’allocations familiales du Tarn' })
    await nadege.getByRole('button', { name: 'Choisir cette structure' }).click()
    await nadege.waitForURL(url => url.searchParams.get('structure') === 'caf')
    await nadege.getByText('Instance de pilotage stratégique').click()
    await expectAccessible(nadege)
    await nadege.getByRole('link', { name: 'Membre de « Stratégique », pour « CAF »' }).click()
    await nadege.getByRole('link', { name: 'Ma structure' }).click()
    await nadege.getByRole('heading', { level: 1, name: 'Ma structure' }).waitFor()
    await nadege.getByText('Caisse d’allocations familiales').first().waitFor()
    await expectAccessible(nadege)
    await nadege.goto('/tarn/instances?apercu=membre.strategique.caf')
    await nadege.waitForURL(url => url.pathname === '/tarn' && url.search === '?apercu=membre.strategique.caf')
    await nadege.getByRole('link', { name: 'Quitter l’aperçu' }).click()
    await nadege.waitForURL(url => url.pathname === '/tarn' && url.search === '')
  })

  it('is read on a phone, and by an invité without any name', async () => {
    const small = await site.window(people.copilote2, phone)
    await small.goto(`${minutes}`)
    await small.getByRole('link', { name: 'Qui peut voir ceci ?' }).tap()
    await small.getByRole('heading', { level: 1, name: 'Qui peut voir ceci ?' }).waitFor()
    await expectNoOverflow(small)
    for (const code of ['membre.parcours', 'membre.institutionnelle.chambre-agriculture']) {
      await small.goto(`${minutes}?apercu=${code}&diffuse=oui`)
      await small.getByText('Vous voyez cette page comme').waitFor()
      await expectNoOverflow(small)
      const leave = await small.getByRole('link', { name: 'Quitter l’aperçu' }).boundingBox()
      expect(leave?.height ?? 0).toBeGreaterThanOrEqual(44)
    }
    const kevin = await site.window('invite.parcours@tarn.test')
    await kevin.goto('/tarn/accueil')
    await kevin.locator('main a[href*="/reunions/"]').first().click()
    await kevin.getByRole('link', { name: 'Qui peut voir ceci ?' }).click()
    await kevin.getByText('Les noms ne sont montrés qu’aux membres du consortium.').waitFor()
    expect(await kevin.locator('main').textContent()).not.toContain('Castagné')
    await expectAccessible(kevin)
  })
})

describe('somebody is mentioned', () => {
  let helene: Page
  let path = ''

  it('with the keyboard: a few letters, arrows, Enter; and it is stored', async () => {
    helene = await site.window(people.copilote1)
    path = await toWrite(helene)
    const text = await openText(helene, path)
    await caretUnder(helene, (await text.getByRole('heading').first().textContent()) ?? '')
    await helene.keyboard.press('End')
    await helene.keyboard.type(' Vu avec @bensaid')
    await offered(helene).first().waitFor()
    await expectAccessible(helene, 'with the list of people open')
    await helene.keyboard.press('Enter')
    await text.locator('.mention', { hasText: 'Samira Bensaïd' }).waitFor()
    await helene.keyboard.type('hier.')
    await stored(helene)
    // Somebody else reads it, in the page that is made without the editor.
    const samira = await site.window(people.membre, { javaScriptEnabled: false })
    await samira.goto(path)
    await samira.locator('.minutes-content .mention', { hasText: 'Samira Bensaïd' }).waitFor()
  })

  it('never who could not read the text', async () => {
    await helene.keyboard.type(' @carpentier')
    await helene.getByText('@carpentier').waitFor()
    expect(await offered(helene).count()).toBe(0)
    for (let n = 0; n < ' @carpentier'.length; n++) await helene.keyboard.press('Backspace')
    await stored(helene)
  })

  it('with the thumb, by the button of the tools', async () => {
    const small = await site.window(people.copilote1, phone)
    const text = await openText(small, path)
    await text.locator('.mention').first().waitFor()
    await text.getByText('hier.').first().tap()
    await small.getByRole('button', { name: 'Mise en forme' }).tap()
    await small.getByRole('button', { name: 'Mentionner une personne' }).tap()
    await small.keyboard.type('pradel')
    const option = offered(small).filter({ hasText: 'Yannick Pradel' })
    await option.waitFor()
    expect((await option.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44)
    await option.tap()
    await text.locator('.mention', { hasText: 'Yannick Pradel' }).waitFor()
    await expectNoOverflow(small)
  })

  it('without a network too, from the list that came with the page', async () => {
    await helene.bringToFront()
    // What the telephone wrote has arrived: nothing else comes while she types.
    await helene.locator('.minutes-content .mention', { hasText: 'Yannick Pradel' }).first().waitFor()
    await helene.context().setOffline(true)
    await helene.getByRole('textbox', { name: 'Texte du compte rendu' }).press('Control+End')
    await helene.keyboard.type(' @pradel')
    await offered(helene).filter({ hasText: 'Yannick Pradel' }).waitFor()
    await helene.keyboard.press('Enter')
    await helene.locator('.minutes-content .mention', { hasText: 'Yannick Pradel' }).nth(1).waitFor()
    await helene.context().setOffline(false)
    await stored(helene)
  })
})

/** The people whom the list of `@` shows. */
const offered = (page: Page) => page.getByRole('listbox', { name: 'Mentionner' }).getByRole('option')
