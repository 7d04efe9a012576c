import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectContrast } from './accessible.ts'
import { caretAtEndOf, openText, today } from './acts.ts'
import { people } from './demonstration.ts'
import { fillSignIn, openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe('states that no link leads to are accessible', () => {
  it('a sign-in that is refused', async () => {
    const page = await site.window()
    await page.goto('/connexion')
    await expectAccessible(page)
    await fillSignIn(page, 'personne@tarn.test', 'pas le bon mot de passe')
    await page.getByRole('alert').waitFor()
    await expectAccessible(page, 'refused')
  })

  it('what one may not do, what does not exist', async () => {
    const page = await site.window(people.membre)
    expect((await page.goto('/tarn/reunions/nouvelle?instance=parcours'))?.status()).toBe(403)
    await page.getByText('Peuvent le faire').waitFor()
    await expectAccessible(page, '403')
    expect((await page.goto('/tarn/nulle-part'))?.status()).toBe(404)
    await expectAccessible(page, '404')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectContrast(page, '404')
  })

  it('a form that is refused, and the question before one leaves it', async () => {
    const page = await site.window(people.copilote1)
    await page.goto('/tarn/reunions/nouvelle?instance=parcours')
    await page.getByLabel('Date').fill(today())
    await page.getByLabel('Lien de visioconférence').fill('pas une adresse')
    const refused = page.waitForResponse(response => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Créer la réunion' }).click()
    expect((await refused).status()).toBe(422)
    await page.locator('.error-summary:focus').waitFor()
    await expectAccessible(page, '422')
    await page.getByRole('link', { name: 'Accueil' }).click()
    await page.getByRole('alertdialog').waitFor()
    await expectAccessible(page, 'leaving')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectContrast(page, 'leaving')
  })

  it('menus and disclosures that are open', async () => {
    const page = await site.window(people.copilote1)
    await openText(page, await toWrite(page))
    // The person's menu, which is first, covers what stands under it: it is opened last.
    for (const summary of (await page.locator('summary:visible').all()).reverse()) await summary.click()
    await expectAccessible(page, 'everything unfolded')
  })

  it('an editor at work: the caret of another, a warning, the slash menu, a link', async () => {
    const page = await site.window(people.copilote1)
    const other = await site.window(people.copilote2)
    const minutes = await toWrite(page)
    await openText(page, minutes)
    await openText(other, minutes)
    await caretAtEndOf(other, other.getByText('Il demande comment un CCAS saisira le référent.'))
    await page.locator('.collaboration-carets__label', { hasText: 'Yannick Pradel' }).waitFor()
    await caretAtEndOf(page, page.getByText('Les premiers entretiens sont plus longs'))
    await page.keyboard.type(' Appeler le 2 69 05 49 588 157 80')
    await page.locator('.editor-notices .notice').waitFor()
    await expectAccessible(page, 'warned')
    await caretAtEndOf(page, page.getByText('le temps « ce qui est décidé ensemble »'))
    await page.keyboard.type(' /')
    await page.getByRole('listbox', { name: 'Insérer' }).waitFor()
    await expectAccessible(page, 'slash menu')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectContrast(page, 'slash menu')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await expectContrast(page, 'link')
    await page.emulateMedia({ colorScheme: 'light' })
    await expectAccessible(page, 'link')
  })
})

/** The minutes that wait to be written, at the first page. */
async function toWrite(page: Page): Promise<string> {
  await page.goto('/tarn/accueil')
  const link = page.getByRole('region', { name: 'À rédiger' }).getByRole('link').first()
  return (await link.getAttribute('href')) ?? ''
}
