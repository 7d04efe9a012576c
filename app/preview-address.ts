/** Where an address says as whom it is looked at, and whether what is to be published is shown as published. */
export const AS = 'apercu'
export const PUBLISHED = 'diffuse'

/** What the address of a preview holds after its question mark. */
export function previewQuery(code: string, published: boolean): string {
  return `${AS}=${encodeURIComponent(code)}${published ? `&${PUBLISHED}=oui` : ''}`
}

/** The address of a page as somebody would see it. */
export function previewPath(path: string, code: string, published = false): string {
  return `${path}?${previewQuery(code, published)}`
}

/** The same address, with what a preview holds after its question mark. */
export function withPreview(address: string, query: string): string {
  const [page = '', anchor] = address.split('#', 2)
  return `${page}${page.includes('?') ? '&' : '?'}${query}${anchor === undefined ? '' : `#${anchor}`}`
}

/** The same page, as oneself. */
export function withoutPreview(search: string): string {
  const kept = new URLSearchParams(search)
  for (const name of [AS, PUBLISHED]) kept.delete(name)
  return kept.size > 0 ? `?${kept}` : ''
}
