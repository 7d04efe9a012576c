import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInTheDark, lookingOnce } from './accessible.ts'
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
  { who: 'a copilote', email: people.copilote1, pages: 20, look: lookTwice },
  { who: 'the president of the strategic instance', email: people.president, pages: 20 },
  { who: 'a member', email: people.membre, pages: 10 },
  { who: 'an invité', email: people.invite, pages: 3 },
  { who: 'an administrateur', email: people.administrateur, pages: 2 },
]

/** Pages that several people see alike are looked at once. */
const lookOnce = lookingOnce()

/** In the dark and on the smallest screen too, where what is said counts, and not only how it is made. */
async function lookTwice(page: Page): Promise<void> {
  await lookOnce(page)
  await expectInTheDark(page)
}

/** What is theirs alone: their first page, what it leads to first, and the few pages that differ for them. */
const others = [
  { who: 'a correspondant', email: people.correspondant, paths: ['ma-structure', 'propositions', 'structures/caf'] },
  { who: 'a prestataire', email: people.prestataire, paths: ['reunions', 'instances/parcours'] },
  { who: 'an observateur', email: people.observateur, paths: ['', 'reunions', 'instances/national-2'] },
  { who: 'a suppléant', email: people.suppleant, paths: ['instances/parcours'] },
  {
    who: 'a secrétaire',
    email: people.secretaire,
    paths: ['instances/institutionnelle', 'reunions/nouvelle?instance=institutionnelle'],
  },
  { who: 'an assistant', email: people.assistante, paths: ['reunions', 'instances/institutionnelle'] },
]

describe('every page that a link leads to', () => {
  it.each(readers)('is accessible, for $who', async ({ email, pages, look = lookOnce }) => {
    const visited = await crawl(await site.window(email), '/', look)
    expect(visited.length, visited.join('\n')).toBeGreaterThanOrEqual(pages)
  })

  it.each(others)('is accessible where it is for $who alone', async ({ email, paths }) => {
    const page = await site.window(email)
    await page.goto('/tarn/accueil')
    await lookOnce(page)
    const first = await page
      .locator('main .entry a')
      .first()
      .getAttribute('href', { timeout: 1000 })
      .catch(() => null)
    for (const path of [...paths.map(each => `/tarn/${each}`), ...(first ? [first] : [])]) {
      expect((await page.goto(path))?.status(), path).toBe(200)
      await lookOnce(page)
    }
  })
})
