import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Creates a meeting of today from the instance's page and returns its address. */
export async function createMeeting(
  page: Page,
  { instance, title, items }: { instance: string; title: string; items?: readonly string[] },
): Promise<string> {
  await page.goto(`/tarn/instances/${instance}`)
  await page.getByRole('link', { name: 'Créer une réunion' }).click()
  if (!items) {
    await page.getByRole('link', { name: /^Reprendre la précédente/ }).click()
    await page.getByText('sont repris : indiquez la date, puis ajustez').waitFor()
  }
  await page.getByRole('heading', { level: 1, name: 'Créer une réunion' }).waitFor()
  await page.getByLabel('Date').fill(today())
  // After the meeting that the demonstration holds at the hour of the test: what is most recent comes first.
  await page.getByLabel('Début').fill('23:00')
  await page.getByLabel('Lieu').fill('Maison du Département, Albi')
  await page.getByLabel('Intitulé', { exact: true }).fill(title)
  for (const [row, item] of (items ?? []).entries()) {
    await page
      .getByRole('group', { name: `Point ${row + 1}`, exact: true })
      .getByLabel('Intitulé du point')
      .fill(item)
  }
  await page.getByRole('button', { name: 'Créer la réunion' }).click()
  await said(page, 'La réunion est créée.')
  return new URL(page.url()).pathname
}

/** Announces a meeting in preparation, from its page. */
export async function announceMeeting(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Annoncer la réunion' }).click()
  await page.getByRole('heading', { name: 'Destinataires' }).waitFor()
  await page.getByRole('button', { name: 'Annoncer la réunion' }).click()
  await said(page, 'La réunion est annoncée.')
}

/** Opens a meeting of today, from its page. */
export async function openMeeting(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ouvrir la réunion' }).click()
  await said(page, 'La réunion est ouverte.')
}

/** Closes a meeting, from its page. */
export async function closeMeeting(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Clore la réunion' }).click()
  await page.getByRole('button', { name: 'Clore la réunion' }).click()
  await said(page, 'La réunion est close.')
}

/** The notice that says what was just done. */
export async function said(page: Page, words: string): Promise<void> {
  await page.locator('.notice').getByText(words).first().waitFor()
}

/** The live text, once one can write in it. */
export async function openText(page: Page, path: string): Promise<Locator> {
  await page.goto(path)
  return writable(page)
}

/** The text of the page one is on, once it is alive. */
export async function writable(page: Page): Promise<Locator> {
  const text = page.getByRole('textbox', { name: 'Texte du compte rendu' })
  await text.waitFor()
  return text
}

/** Puts the caret at the end of a paragraph or a title of the text. */
export async function caretAtEndOf(page: Page, block: Locator): Promise<void> {
  const box = await block.boundingBox()
  await block.click(box ? { position: { x: box.width - 2, y: box.height - 4 } } : {})
  await noticed(page)
}

/** The editor takes note of a click or an arrow some milliseconds after it: no hand types that soon. */
async function noticed(page: Page): Promise<void> {
  await page.waitForTimeout(60)
}

/** Puts the caret in the first line under a title of the text. */
export async function caretUnder(page: Page, title: string): Promise<void> {
  await caretAtEndOf(page, page.locator('.minutes-content').getByRole('heading', { name: title }))
  await page.keyboard.press('ArrowDown')
  await noticed(page)
}

/** Waits until all that was written here is stored, and said to be. */
export async function stored(page: Page): Promise<void> {
  const said = page.locator('.toolbar-echo').getByText('Tout est enregistré.')
  // Asked while something is still on its way, the page says so, and nothing more afterwards.
  const asked = async () => {
    await page.keyboard.press('Control+s')
    return said.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => false,
    )
  }
  await expect.poll(asked, { timeout: 15_000 }).toBe(true)
  await page
    .locator('.minutes-status')
    .getByText(/^Enregistré\sà\s\d+\sh\s\d\d$/)
    .waitFor()
}

/** Today in Paris, `YYYY-MM-DD`. */
export function today(): string {
  return new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })
}

/** The minutes that wait to be written, at the first page. */
export async function toWrite(page: Page): Promise<string> {
  await page.goto('/tarn/accueil')
  const link = page.getByRole('region', { name: 'À rédiger' }).getByRole('link')
  return (await link.first().getAttribute('href')) ?? ''
}
