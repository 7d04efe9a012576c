import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** No violation that axe can find, a title, one main heading, and nothing wider than the window. */
export async function expectAccessible(page: Page, state = ''): Promise<void> {
  const where = `${new URL(page.url()).pathname} ${state}`
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
  expect(found, `axe on ${where}`).toEqual([])
  expect(await page.title(), `title of ${where}`).toMatch(/\S – Espace SPIE|^Espace SPIE/)
  expect(await page.locator('h1').count(), `main headings of ${where}`).toBe(1)
  await expectNoOverflow(page)
}

/** Nothing is wider than the window: one never scrolls sideways to read. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const { width, wide } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const overflows = document.documentElement.scrollWidth > width
    // Named only to find what is at fault: something may stick out of a part that scrolls or hides it.
    const elements = overflows ? [...document.body.querySelectorAll('*')] : []
    const wide = elements.filter(element => element.getBoundingClientRect().right > width + 1)
    return { width, wide: overflows ? ['the page', ...wide.slice(0, 5).map(each => each.outerHTML.slice(0, 120))] : [] }
  })
  expect(wide, `wider than ${width} px on ${new URL(page.url()).pathname}`).toEqual([])
}
