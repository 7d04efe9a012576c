import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** No violation that axe can find, a title, one main heading, and nothing wider than the window. */
export async function expectAccessible(page: Page, state = ''): Promise<void> {
  const where = whereIs(page, state)
  await expectNothingFound(page, where)
  expect(await page.title(), `title of ${where}`).toMatch(/^\S.* – Espace SPIE$/)
  expect(await page.locator('main h1').count(), `main headings of ${where}`).toBe(1)
  await expectNoOverflow(page)
}

/** A text that is live has come alive. */
async function alive(page: Page): Promise<void> {
  const { pathname, searchParams } = new URL(page.url())
  // A preview has no script: its text is the one to read.
  if (!/\/comptes-rendus\/[^/]+$/.test(pathname) || searchParams.has('apercu')) return
  await page.locator('.minutes-status, .notice:has-text("Son texte ne change")').first().waitFor()
}

/** As `expectAccessible`, once the page's live text has come alive. */
export async function expectAliveAndAccessible(page: Page): Promise<void> {
  await alive(page)
  await expectAccessible(page)
}

/** Looks as `expectAccessible` does, once the page's live text has come alive, at pages that are not alike. */
export function lookingOnce(): (page: Page) => Promise<void> {
  const looked = new Set<string>()
  return async page => {
    await alive(page)
    const shape = await shapeOf(page)
    if (looked.has(shape)) return
    looked.add(shape)
    await expectAccessible(page)
  }
}

/** What axe judges of a page: its elements and their attributes, without what they say or where they lead. */
function shapeOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const shape = (element: Element): string => {
      const attributes = element
        .getAttributeNames()
        .filter(name => !/^(href|id|for|value|data-|aria-labelledby)/.test(name))
      const own = attributes.map(name => `${name}=${element.getAttribute(name)}`).join(' ')
      // Rows of one kind are all alike.
      const children = [...new Set([...element.children].map(shape))]
      return `<${element.localName} ${own}>${children.join('')}</>`
    }
    return shape(document.body)
  })
}

/** Contrasts alone: all that another colour scheme changes. */
export async function expectContrast(page: Page, state = ''): Promise<void> {
  await expectNothingFound(page, whereIs(page, state), ['color-contrast'])
}

/** Contrasts in the dark, and nothing wider than 320 px; leaves the page as it was. */
export async function expectInTheDark(page: Page): Promise<void> {
  const window = page.viewportSize()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectContrast(page, 'in the dark')
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoOverflow(page)
  await page.emulateMedia({ colorScheme: null })
  if (window) await page.setViewportSize(window)
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
  expect(wide, `wider than ${width} px: ${whereIs(page)}`).toEqual([])
}

/** @param rules the only ones to look for; all of them without. */
async function expectNothingFound(page: Page, where: string, rules?: string[]): Promise<void> {
  // No frames to gather: the legacy mode spares a blank window at each look. What passes is not described.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
  expect(found, `axe on ${where}`).toEqual([])
}

function whereIs(page: Page, state = ''): string {
  const { pathname, search } = new URL(page.url())
  return `${pathname}${search} ${state}`
}
