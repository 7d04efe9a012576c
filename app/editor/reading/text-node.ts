import type { ProseMirrorJSON } from '#server/collaboration/stored-text.ts'

/** A node of the text of minutes, as ProseMirror writes it in JSON. */
export type TextNode = ProseMirrorJSON

/** The text holds something a reader's page does not know: it is never shown in part. */
export class UnknownTextNodeError extends Error {
  override readonly name = 'UnknownTextNodeError'
}

export function childrenOf(node: TextNode): readonly TextNode[] {
  return node.content ?? []
}

/** A text attribute, or null when it is absent or empty. */
export function textAttribute(node: TextNode, name: string): string | null {
  const value = node.attrs?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Everything that is written in a node, without its marks; a line break is a space. */
export function plainText(node: TextNode): string {
  if (node.type === 'text') return node.text ?? ''
  if (node.type === 'hardBreak') return ' '
  if (node.type === 'mention') return mentioned(node)
  return childrenOf(node).map(plainText).join('')
}

/** The name that a mention shows. */
export function mentioned(node: TextNode): string {
  return textAttribute(node, 'label') ?? ''
}

/** Level of a heading on the page, whose own title is the only `h1`. */
export function headingLevel(node: TextNode): 2 | 3 | 4 {
  const level = Number(node.attrs?.level)
  return level === 3 || level === 4 ? level : 2
}
