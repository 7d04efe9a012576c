import type { TextNode } from '#app/editor/reading/text-node.ts'

/** Short ways to write a text of minutes in a test. */
export const doc = (...content: TextNode[]): TextNode => ({ type: 'doc', content })
export const text = (written: string, ...marks: NonNullable<TextNode['marks']>): TextNode =>
  marks.length > 0 ? { type: 'text', text: written, marks } : { type: 'text', text: written }
export const paragraph = (...content: (string | TextNode)[]): TextNode => ({
  type: 'paragraph',
  content: inline(content),
})
export const heading = (title: string, attrs: Record<string, unknown> = {}): TextNode => ({
  type: 'heading',
  attrs: { level: 2, agendaItemId: null, ...attrs },
  content: inline([title]),
})
export const bullets = (...items: string[]): TextNode => ({
  type: 'bulletList',
  content: items.map(item => ({ type: 'listItem', content: [paragraph(item)] })),
})
export const decision = (attrs: Record<string, unknown>, ...paragraphs: string[]): TextNode => ({
  type: 'decision',
  attrs: { id: null, nature: null, ...attrs },
  content: paragraphs.map(item => paragraph(item)),
})
export const action = (attrs: Record<string, unknown>, what: string): TextNode => ({
  type: 'action',
  attrs: { id: null, ownerKind: null, ownerId: null, ownerLabel: null, dueOn: null, ...attrs },
  content: inline([what]),
})
export const vigilance = (id: string, what: string): TextNode => ({
  type: 'vigilance',
  attrs: { id },
  content: inline([what]),
})

function inline(content: (string | TextNode)[]): TextNode[] {
  return content.filter(item => item !== '').map(item => (typeof item === 'string' ? text(item) : item))
}
