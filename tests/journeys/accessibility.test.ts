import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alive, expectAccessible, shapeOf } from './accessible.ts'
import { crawl } from './crawl.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

/** Who looks, and how many pages there are for them at least. */
const readers = [
  { who: 'a copilote', email: people.copilote1, pages: 20 },
  { who: 'the president of the strategic instance', email: people.president, pages: 20 },
  { who: 'a member', email: people.membre, pages: 10 },
  { who: 'an invité', email: people.invite, pages: 3 },
  { who: 'an administrateur', email: people.administrateur, pages: 2 },
]

/** Pages that several people see alike are looked at once. */
const looked = new Set<string>()

async function lookOnce(page: Page): Promise<void> {
  await alive(page)
  const shape = await shapeOf(page)
  if (looked.has(shape)) return
  looked.add(shape)
  await expectAccessible(page)
}

describe('every page that a link leads to', () => {
  it.each(readers)('is accessible, for $who', async ({ email, pages }) => {
    const visited = await crawl(await site.window(email), '/', lookOnce)
    expect(visited.length, visited.join('\n')).toBeGreaterThanOrEqual(pages)
  })
})
