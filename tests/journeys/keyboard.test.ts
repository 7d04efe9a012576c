import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announceMeeting, closeMeeting, createMeeting, openMeeting, said } from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

// One journey: each step begins where the one before it ended, and the mouse is never touched.
describe('with the keyboard alone', () => {
  let page: Page

  beforeAll(async () => {
    const yannick = await site.window(people.copilote2)
    await createMeeting(yannick, { instance: 'parcours', title: 'Au clavier', items: ['Bilan', 'Suites'] })
    await announceMeeting(yannick)
    await openMeeting(yannick)
    await closeMeeting(yannick)
    await yannick.context().close()
    page = await site.window(people.copilote1)
    await page.goto('/tarn/accueil')
  })

  it('one reaches the minutes from the first page', async () => {
    const link = page.getByRole('region', { name: 'À rédiger' }).getByRole('link').first()
    await tabTo(page, await nameOf(link))
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Texte du compte rendu' }).waitFor()
  })

  it('one enters the text, writes, and creates a decision by its shortcut', async () => {
    await page.getByRole('textbox', { name: 'Texte du compte rendu' }).focus()
    await page.keyboard.press('Control+Home')
    await settled(page)
    await page.keyboard.type('Trois équipes sur quatre ont commencé.')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Alt+Shift+D')
    await page.keyboard.type('Essayer la fiche à Castres.')
    await page.getByRole('group', { name: 'Décision' }).getByText('Essayer la fiche à Castres.').waitFor()
  })

  it('goes to the fields of the block, chooses a nature, and comes back to the text by Escape', async () => {
    await page.keyboard.press('Alt+Shift+C')
    await focusIs(page, 'Nature de la décision')
    await page.keyboard.type('Exp')
    await page
      .getByRole('group', { name: /^Proposition à/ })
      .getByText(/^Relève de/)
      .waitFor()
    await page.keyboard.press('Escape')
    await backInText(page)
    await page.keyboard.type(' Avec deux volontaires.')
    await page.getByText('Essayer la fiche à Castres. Avec deux volontaires.').waitFor()
  })

  it('gives reasons, leaves the block, adds an action and its owner', async () => {
    await page.keyboard.press('Alt+Shift+C')
    await page.keyboard.press('Tab')
    await focusIs(page, 'Ajouter les motifs')
    await page.keyboard.press('Enter')
    await backInText(page)
    await page.keyboard.type('Les équipes le demandent.')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Alt+Shift+A')
    await page.keyboard.type('Prévenir les équipes.')
    await page.keyboard.press('Alt+Shift+C')
    await focusIs(page, 'Qui')
    await page.keyboard.type('Mme Samira')
    await page.keyboard.press('Tab')
    await focusIs(page, 'Pour le')
    await page.keyboard.press('Escape')
    await backInText(page)
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('/vig')
    await page.getByRole('option', { name: /Point de vigilance/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('Les délais sont courts.')
    await page.getByRole('group', { name: 'Point de vigilance' }).getByText('Les délais sont courts.').waitFor()
    await page.getByRole('group', { name: 'Action' }).getByText('Prévenir les équipes.').waitFor()
    const proposal = page.getByRole('group', { name: /^Proposition à/ })
    await proposal.getByText('Les équipes le demandent.', { exact: true }).waitFor()
  })

  it('uses the tools by their shortcut and their arrows, and a link by Ctrl+K', async () => {
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('La fiche est en ligne')
    await page.keyboard.press('Shift+Home')
    await settled(page)
    await page.keyboard.press('Alt+Shift+O')
    await focusIs(page, 'Annuler')
    await page.keyboard.press('End')
    await focusIs(page, 'Mise en forme')
    await page.keyboard.press('Enter')
    await page.keyboard.press('End')
    await focusIs(page, 'Lien')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('https://exemple.fr/fiche')
    await page.keyboard.press('Enter')
    await page.locator('.minutes-content a[href="https://exemple.fr/fiche"]').waitFor()
    await backInText(page)
    await page.keyboard.press('Control+s')
    await page.locator('.toolbar-echo').getByText('Tout est enregistré.').waitFor()
  })

  it('is never caught in the text: Escape, then Tab, goes on in the page; Tab leaves it too', async () => {
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Fin du texte'))
    await page.keyboard.press('Shift+Tab')
    await focusIs(page, 'Texte du compte rendu')
    await page.keyboard.press('Tab')
    expect(await focusedName(page)).not.toBe('Texte du compte rendu')
  })

  it('reaches every control of the page by Tab', async () => {
    await page.reload()
    await page.getByRole('textbox', { name: 'Texte du compte rendu' }).waitFor()
    const reached = await page.evaluateHandle(() => new Set<Element>())
    const missed = () =>
      reached.evaluate(set =>
        [...document.querySelectorAll<HTMLElement>('a[href], button, summary, select, input')]
          // A toolbar is one stop; a link in a text that one writes is changed by Ctrl+K.
          .filter(each => each.tabIndex >= 0 && each.checkVisibility() && !each.closest('[contenteditable="true"] a'))
          .filter(each => !set.has(each))
          .map(each => each.outerHTML.slice(0, 100)),
      )
    const most = (await missed()).length + 30
    for (let presses = 0; presses < most; presses++) {
      await page.keyboard.press('Tab')
      await reached.evaluate(set => document.activeElement && set.add(document.activeElement))
    }
    expect(await missed()).toEqual([])
  })

  it('sends the minutes to proofreading and agrees', async () => {
    await tabTo(page, 'Passer en relecture')
    await page.keyboard.press('Enter')
    await said(page, 'Le compte rendu est en relecture.')
    await tabTo(page, 'Relire et donner mon accord')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Donner mon accord' }).waitFor()
    await tabTo(page, 'Donner mon accord sur ce texte')
    await page.keyboard.press('Enter')
    await said(page, 'Votre accord est enregistré.')
  })
})

/** Presses Tab until the focus is on the control of this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    if ((await focusedName(page)) === name) return
  }
  throw new Error(`80 times Tab never reached « ${name} »`)
}

async function focusIs(page: Page, name: string): Promise<void> {
  await expect.poll(() => focusedName(page)).toBe(name)
}

/** How the focused element is called: its label, else its own words. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null
    const label = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent
    return (label ?? '').replace(/\s+/g, ' ').trim()
  })
}

async function nameOf(link: ReturnType<Page['locator']>): Promise<string> {
  return ((await link.textContent()) ?? '').replace(/\s+/g, ' ').trim()
}

async function backInText(page: Page): Promise<void> {
  await focusIs(page, 'Texte du compte rendu')
  await settled(page)
}

/** The editor takes note of a selection some milliseconds after it: no hand types that soon. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(60)
}
