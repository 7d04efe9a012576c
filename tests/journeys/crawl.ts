import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Follows every link of the site from the pages given, so many pages of each kind, and calls `look` on each. */
export async function crawl(
  page: Page,
  from: readonly string[],
  most: number,
  look: (page: Page, kind: string) => Promise<void>,
): Promise<string[]> {
  const seen = new Map<string, number>()
  const known = new Set(from)
  const toVisit = [...from]
  for (let path = toVisit.shift(); path; path = toVisit.shift()) {
    const kind = kindOf(path)
    const visited = seen.get(kind) ?? 0
    if (visited >= most) continue
    seen.set(kind, visited + 1)
    const response = await page.goto(path)
    expect(response?.status(), `a link of the site leads to ${path}`).toBeLessThan(400)
    await look(page, kind)
    for (const found of await linksOf(page)) {
      if (!known.has(found)) toVisit.push(found)
      known.add(found)
    }
  }
  return [...seen.keys()]
}

/** `/tarn/reunions/:id?instance`: pages that differ only by what they show are one kind. */
export function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://site')
  const place = pathname.replace(/[\da-f]{8}-[\da-f-]{27}/g, ':id').replace(/(?<=\/instances\/)[^/]+/, ':slug')
  const asked = [...new Set(searchParams.keys())].sort().join('&')
  return asked ? `${place}?${asked}` : place
}

/** Pages of the site that the page links to, menus included; neither files nor anchors. */
function linksOf(page: Page): Promise<string[]> {
  return page.locator('a[href]').evaluateAll(links =>
    links.flatMap(link => {
      const { origin, pathname, search } = new URL(link.getAttribute('href') ?? '', location.href)
      return origin === location.origin && !pathname.endsWith('/pdf') ? [`${pathname}${search}`] : []
    }),
  )
}
