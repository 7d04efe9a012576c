import { type BlockKind, blockLooks } from './BlockFrame.tsx'
import { actionFacts, natureLabel } from './block-sentences.ts'
import { childrenOf, mentioned, plainText, type TextNode, textAttribute, UnknownTextNodeError } from './text-node.ts'

/** A word, a space or a line break, with the marks it has. */
export interface Word {
  text: string
  marks: NonNullable<TextNode['marks']>
}

/** A line of a text: what one reads between two changes of paragraph, for comparing. */
export interface TextLine {
  kind: 'heading' | 'paragraph' | 'item' | 'quote' | 'essential' | 'decision' | 'reasons' | 'action' | 'vigilance'
  /** What the line is, said before it where it is not plain text: « Décision », « Action »… */
  label: string | null
  /** Which block it belongs to: a line that moved or was rewritten is still that block's. */
  blockId: string | null
  words: Word[]
}

/** The lines of a text, in order; the empty ones are left out. Details of blocks (nature, who, when) are words of theirs. */
export function textLines(content: TextNode): TextLine[] {
  return childrenOf(content)
    .flatMap(node => linesOf(node, 'paragraph'))
    .filter(line => line.words.some(word => word.text.trim() !== ''))
}

/** Plain text of a line, one line or more as its line breaks say. */
export function lineText(line: TextLine): string {
  return line.words.map(word => word.text).join('')
}

function linesOf(node: TextNode, kind: TextLine['kind']): TextLine[] {
  switch (node.type) {
    case 'paragraph':
      return [line(kind, node)]
    case 'heading':
      return [line('heading', node)]
    case 'bulletList':
    case 'orderedList':
      return childrenOf(node).flatMap(item => childrenOf(item).flatMap(child => linesOf(child, 'item')))
    case 'blockquote':
      return childrenOf(node).flatMap(child => linesOf(child, 'quote'))
    case 'essential':
      return childrenOf(node).flatMap(child => linesOf(child, 'essential'))
    case 'decision':
      return decisionLines(node)
    case 'action':
      return [withDetails(line('action', node), actionFacts(node))]
    case 'vigilance':
      return [line('vigilance', node)]
    default:
      throw new UnknownTextNodeError(`unknown node: ${node.type}`)
  }
}

function decisionLines(node: TextNode): TextLine[] {
  const blockId = textAttribute(node, 'id')
  const [wording, ...reasons] = childrenOf(node)
  const nature = natureLabel(textAttribute(node, 'nature')) ?? 'nature à préciser'
  return [
    ...(wording ? [{ ...withDetails(line('decision', wording), nature), blockId }] : []),
    ...reasons.map(reason => ({ ...line('reasons', reason), blockId })),
  ]
}

function line(kind: TextLine['kind'], node: TextNode): TextLine {
  return {
    kind,
    label: labelOf(kind),
    blockId: textAttribute(node, 'id'),
    words: childrenOf(node).flatMap(words),
  }
}

function labelOf(kind: TextLine['kind']): string | null {
  if (kind === 'reasons') return 'Motifs'
  return Object.hasOwn(blockLooks, kind) ? blockLooks[kind as BlockKind].word : null
}

/** An empty block says nothing: its details alone would make a line of it. */
function withDetails(written: TextLine, details: string): TextLine {
  if (lineText(written).trim() === '') return written
  return { ...written, words: [...written.words, ...cut(` (${details})`, [])] }
}

function words(node: TextNode): Word[] {
  if (node.type === 'hardBreak') return [{ text: '\n', marks: [] }]
  if (node.type === 'mention') return cut(mentioned(node), node.marks ?? [])
  if (node.type !== 'text') throw new UnknownTextNodeError(`not inline: ${node.type} ${plainText(node)}`)
  const href = node.marks?.find(mark => mark.type === 'link')?.attrs?.href
  // Written out, so that another address under the same words is seen.
  const address = typeof href === 'string' && href !== node.text ? ` (${href})` : ''
  return cut((node.text ?? '') + address, node.marks ?? [])
}

/** Words and what is between them, each apart: joined they are the text. */
function cut(text: string, marks: Word['marks']): Word[] {
  return (text.match(/[\p{L}\p{N}_’'-]+|\s+|[^\p{L}\p{N}\s_’'-]/gu) ?? []).map(piece => ({ text: piece, marks }))
}
