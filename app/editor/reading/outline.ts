import { childrenOf, headingLevel, plainText, type TextNode, textAttribute } from './text-node.ts'

/** An entry of the table of contents; `id` is the anchor of the heading in the page. */
export interface OutlineEntry {
  id: string
  level: number
  title: string
}

/** The headings of a text, in order; those nothing is written in are left out. */
export function outlineOf(content: TextNode): OutlineEntry[] {
  return headingsOf(content)
    .map((node, index) => ({ id: headingId(node, index), level: headingLevel(node), title: plainText(node).trim() }))
    .filter(entry => entry.title !== '')
}

/** The anchor of each heading node of a text. */
export function headingIds(content: TextNode): ReadonlyMap<TextNode, string> {
  return new Map(headingsOf(content).map((node, index) => [node, headingId(node, index)]))
}

/**
 * The anchor of a heading: that of its agenda item, which moving it does not change, else its rank among the headings
 * (from 0). The live editor and the reading page give the same ones.
 */
export function headingAnchor(agendaItemId: string | null, rank: number): string {
  return agendaItemId ? `point-${agendaItemId}` : `titre-${rank + 1}`
}

function headingId(node: TextNode, index: number): string {
  return headingAnchor(textAttribute(node, 'agendaItemId'), index)
}

function headingsOf(node: TextNode): TextNode[] {
  if (node.type === 'heading') return [node]
  return childrenOf(node).flatMap(headingsOf)
}
