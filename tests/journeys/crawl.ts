import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Follows every link of the site and calls `look` on one page of each kind in each of its states. Returns what was
 * looked at: `/tarn/reunions/:id Tenue`.
 */
export async function crawl(page: Page, from: string, look: (page: Page) => Promise<void>): Promise<string[]> {
  const looked = new Set<string>()
  const visits = new Map<string, number>()
  const known = new Set([from])
  const toVisit = [from]
  for (let path = toVisit.shift(); path; path = toVisit.shift()) {
    const kind = kindOf(path)
    const visited = visits.get(kind) ?? 0
    if (visited >= (inStates.test(kind) ? 30 : 1)) continue
    visits.set(kind, visited + 1)
    const response = await page.goto(path)
    expect(response?.status(), `a link of the site leads to ${path}`).toBeLessThan(400)
    const [state] = inStates.test(kind) ? await page.locator('.page-badges .badge').allTextContents() : []
    const what = state ? `${kind} ${state}` : kind
    if (!looked.has(what)) await look(page)
    looked.add(what)
    for (const found of await linksOf(page)) {
      if (!known.has(found)) toVisit.push(found)
      known.add(found)
    }
  }
  return [...looked].sort()
}

/** Meetings, minutes and decisions: what their page shows depends on where they stand. */
const inStates = /\/(reunions|comptes-rendus|decisions)\/:id$/

/** `/tarn/reunions/:id?instance`: pages that differ only by what they show are one kind. */
function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://site')
  const place = pathname
    .replace(/[\da-f]{8}-[\da-f-]{27}/g, ':id')
    .replace(/(?<=\/(instances|structures)\/)(?!nouvelle)[^/]+/, ':slug')
    .replace(/(?<=\/acces\/page\/).+/, ':word')
  // What explains a page only keeps from where it was asked.
  if (place.includes('/acces/')) return place
  const asked = [...new Set(searchParams.keys())].sort().join('&')
  return asked ? `${place}?${asked}` : place
}

/**
 * Pages of the site that the page links to, menus included; neither files nor anchors. Previews are the same pages again,
 * with a banner and without a script: `access.test.ts` looks at them.
 */
function linksOf(page: Page): Promise<string[]> {
  return page.locator('a[href]').evaluateAll(links =>
    links.flatMap(link => {
      const { origin, pathname, search } = new URL(link.getAttribute('href') ?? '', location.href)
      const left = /\/(pdf|fichier|modele)$/.test(pathname) || /[?&]apercu=/.test(search)
      return origin === location.origin && !left ? [`${pathname}${search}`] : []
    }),
  )
}
