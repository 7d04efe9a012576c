import type { PreviewedDocument } from '#server/http/load-context.ts'

/**
 * Writes the preview in every link of a document that stays in its consortium, so that following one does not leave it.
 * The link that leaves it is marked. React escapes quotes in texts: what looks like an attribute is one.
 */
export function keepPreview(
  html: string,
  { consortium, query, everywhere }: Pick<PreviewedDocument, 'consortium' | 'query' | 'everywhere'>,
): string {
  if (!everywhere) return html
  const inside = new RegExp(
    `<a (?![^>]*data-leaves-preview)([^>]*?)href="(/${consortium}(?:[/?#][^"]*)?|[?#][^"]*)"`,
    'g',
  )
  return html.replace(inside, (_, attributes: string, address: string) => {
    if (address.startsWith('#')) return `<a ${attributes}href="${address}"`
    const [page = '', anchor] = address.split('#', 2)
    const joined = `${page}${page.includes('?') ? '&amp;' : '?'}${query.replaceAll('&', '&amp;')}`
    return `<a ${attributes}href="${joined}${anchor === undefined ? '' : `#${anchor}`}"`
  })
}
