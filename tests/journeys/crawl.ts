import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Follows every link of the site, as the server writes them, and calls `look` on one page of each kind in each of its
 * states, opened in the browser. Returns what was looked at: `/tarn/reunions/:id Tenue`.
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
    const answer = await page.request.get(path)
    expect(answer.status(), `a link of the site leads to ${path}`).toBeLessThan(400)
    const { badge, links } = await read(page, await answer.text(), answer.url())
    const what = badge && inStates.test(kind) ? `${kind} ${badge}` : kind
    if (!looked.has(what)) {
      await page.goto(path)
      await look(page)
    }
    looked.add(what)
    for (const found of links) {
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
 * The first badge of a page, and the pages of the site that it links to, menus included; neither files nor anchors.
 * Previews are the same pages again, with a banner and without a script: `access.test.ts` looks at them.
 */
function read(page: Page, html: string, address: string): Promise<{ badge: string | null; links: string[] }> {
  return page.evaluate(
    ([html, address]) => {
      const here = new URL(address)
      const read = new DOMParser().parseFromString(html, 'text/html')
      const links = [...read.querySelectorAll('a[href]')].flatMap(link => {
        const { origin, pathname, search } = new URL(link.getAttribute('href') ?? '', here)
        const left = /\/(pdf|fichier|modele)$/.test(pathname) || /[?&]apercu=/.test(search)
        return origin === here.origin && !left ? [`${pathname}${search}`] : []
      })
      return { badge: read.querySelector('.page-badges .badge')?.textContent ?? null, links }
    },
    [html, address] as const,
  )
}
