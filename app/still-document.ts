import type { PreviewedDocument } from '#server/http/load-context.ts'
import { withPreview } from './preview-address.ts'

/**
 * The document of a preview: nothing in it can be filled in or sent, and its links stay in it. The link that leaves it is
 * marked. React escapes quotes and angle brackets in texts: what looks like an element or an attribute is one.
 */
export function stillDocument(
  html: string,
  preview: Pick<PreviewedDocument, 'consortium' | 'query' | 'everywhere'>,
): string {
  const [before = '', main = ''] = html.split(/(?=<main\b)/)
  return keepPreview(before + main.replace(/<(button|input|select|textarea)(?=[\s>])/g, '<$1 disabled=""'), preview)
}

function keepPreview(html: string, { consortium, query, everywhere }: Parameters<typeof stillDocument>[1]): string {
  if (!everywhere) return html
  const inside = new RegExp(
    `<a (?![^>]*data-leaves-preview)([^>]*?)href="(/${consortium}(?:[/?#][^"]*)?|[?#][^"]*)"`,
    'g',
  )
  return html.replace(inside, (_, attributes: string, address: string) => {
    if (address.startsWith('#')) return `<a ${attributes}href="${address}"`
    return `<a ${attributes}href="${withPreview(address.replaceAll('&amp;', '&'), query).replaceAll('&', '&amp;')}"`
  })
}
