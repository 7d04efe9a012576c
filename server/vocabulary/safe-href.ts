/**
 * Addresses a link of a text may have: anything else is refused before it enters the text. Apart from the editor's
 * schema, so that a page that only reads a text does not load the editor.
 */
export function isSafeHref(href: unknown): href is string {
  return typeof href === 'string' && href.length <= 2000 && /^(https?:\/\/|mailto:)/i.test(href)
}
