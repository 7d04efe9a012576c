import { isSafeHref } from '#server/vocabulary/editor-schema.ts'
import { breakablePieces, isBlank, printable } from './printable-text.ts'

/** A piece of text of one style. `pieces` joined are the text; a line may break between two of them. */
export type Run = { pieces: string[]; bold: boolean; italic: boolean; href: string | null } | 'line-break'

/** A block of the text as the printed templates read it. */
export type Block =
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'heading'; level: number; runs: Run[]; agendaItemId: string | null }
  | { kind: 'bullets'; items: Block[][] }
  | { kind: 'numbers'; start: number; items: Block[][] }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'decision'; id: string | null; wording: Run[]; reasons: Run[][] }
  | { kind: 'action'; id: string | null; what: Run[]; who: string; dueOn: string | null }
  | { kind: 'vigilance'; what: Run[] }

/** The text holds something the editor's schema does not know: it is never printed, even in part. */
export class UnprintableMinutesError extends Error {
  override readonly name = 'UnprintableMinutesError'
}

/**
 * Reads the text of minutes (ProseMirror JSON) as blocks to print: « L’essentiel » apart, the rest in order. Empty
 * blocks are left out; lists and quotes deeper than the eye can follow stay at the last level printed; a link whose
 * address is not http(s) or mailto is plain text.
 *
 * @throws UnprintableMinutesError on an unknown node or mark, or a nesting no editor can make.
 */
export function minutesText(content: unknown): { essential: Block[]; body: Block[] } {
  const document = readNode(content)
  if (document.type !== 'doc') throw new UnprintableMinutesError(`not a document: ${shown(document.type)}`)
  const essential: Block[] = []
  const body: Block[] = []
  for (const child of childrenOf(document)) {
    if (child.type === 'essential') essential.push(...blocksOf(child, 0, 0))
    else body.push(...blockOf(child, 0, 0))
  }
  closeHeadingGaps(body)
  return { essential, body }
}

/** Lists and quotes inside one another, as printed. */
const DEEPEST_PRINTED = 6
/** Nodes inside one another, as accepted: far above what a person writes, far below the JavaScript stack. */
const DEEPEST_ACCEPTED = 1000

/** `printed` counts the lists and quotes around, `depth` the nodes around. */
function blocksOf(node: TextNode, printed: number, depth: number): Block[] {
  if (depth > DEEPEST_ACCEPTED) throw new UnprintableMinutesError('nested too deep')
  return childrenOf(node).flatMap(child => blockOf(child, printed, depth))
}

function blockOf(node: TextNode, printed: number, depth: number): Block[] {
  switch (node.type) {
    case 'paragraph': {
      const runs = runsOf(node)
      return runs.length === 0 ? [] : [{ kind: 'paragraph', runs }]
    }
    case 'heading': {
      const runs = runsOf(node)
      const level = Number(node.attrs.level)
      const agendaItemId = textAttribute(node, 'agendaItemId')
      return runs.length === 0 ? [] : [{ kind: 'heading', level, runs, agendaItemId }]
    }
    case 'bulletList':
    case 'orderedList':
      return listOf(node, printed, depth)
    case 'blockquote': {
      const blocks = blocksOf(node, printed + 1, depth + 1)
      if (blocks.length === 0 || printed >= DEEPEST_PRINTED) return blocks
      return [{ kind: 'quote', blocks }]
    }
    case 'decision': {
      const [wording, ...reasons] = childrenOf(node)
        .map(paragraphRuns)
        .filter(runs => runs.length > 0)
      return wording ? [{ kind: 'decision', id: textAttribute(node, 'id'), wording, reasons }] : []
    }
    case 'action': {
      const id = textAttribute(node, 'id')
      const who = printable(textAttribute(node, 'ownerLabel') ?? '')
      return ifWritten(node, what => ({ kind: 'action', id, what, who, dueOn: textAttribute(node, 'dueOn') }))
    }
    case 'vigilance':
      return ifWritten(node, what => ({ kind: 'vigilance', what }))
    case 'essential':
      return blocksOf(node, printed, depth + 1)
    default:
      throw new UnprintableMinutesError(`unknown node: ${shown(node.type)}`)
  }
}

function listOf(node: TextNode, printed: number, depth: number): Block[] {
  const items = childrenOf(node)
    .map(item => {
      if (item.type !== 'listItem') throw new UnprintableMinutesError(`not a list item: ${shown(item.type)}`)
      return blocksOf(item, printed + 1, depth + 2)
    })
    .filter(blocks => blocks.length > 0)
  if (items.length === 0) return []
  // Deeper than that, the items follow one another at the last level.
  if (printed >= DEEPEST_PRINTED) return items.flat()
  if (node.type === 'bulletList') return [{ kind: 'bullets', items }]
  const start = Number(node.attrs.start ?? 1)
  return [{ kind: 'numbers', start: Number.isSafeInteger(start) && start >= 0 && start < 1e6 ? start : 1, items }]
}

function ifWritten(node: TextNode, block: (runs: Run[]) => Block): Block[] {
  const runs = runsOf(node)
  return runs.length === 0 ? [] : [block(runs)]
}

function paragraphRuns(node: TextNode): Run[] {
  if (node.type !== 'paragraph') throw new UnprintableMinutesError(`not a paragraph: ${shown(node.type)}`)
  return runsOf(node)
}

/** The inline content of a node; none when nothing of it would be seen. */
function runsOf(node: TextNode): Run[] {
  const runs = childrenOf(node).flatMap(runOf)
  return runs.every(run => run === 'line-break' || isBlank(run.pieces.join(''))) ? [] : runs
}

function runOf(node: TextNode): Run[] {
  if (node.type === 'hardBreak') return ['line-break']
  if (node.type !== 'text' && node.type !== 'mention')
    throw new UnprintableMinutesError(`not inline: ${shown(node.type)}`)
  const written = node.type === 'mention' ? (textAttribute(node, 'label') ?? '') : node.text
  const run = { bold: false, italic: false, href: null as string | null }
  for (const mark of node.marks) {
    if (mark.type === 'bold') run.bold = true
    else if (mark.type === 'italic') run.italic = true
    else if (mark.type === 'link') run.href = isSafeHref(mark.attrs.href) ? safeAddress(mark.attrs.href) : null
    else throw new UnprintableMinutesError(`unknown mark: ${shown(mark.type)}`)
  }
  return [{ ...run, pieces: breakablePieces(printable(written)) }]
}

/** A heading is never more than one level below the one before it: screen readers count on it, and PDF/UA asks it. */
function closeHeadingGaps(blocks: Block[], previous = 1): number {
  let last = previous
  for (const block of blocks) {
    if (block.kind === 'heading') last = block.level = Math.min(Math.max(2, block.level || 2), last + 1, 4)
    else if (block.kind === 'quote') last = closeHeadingGaps(block.blocks, last)
    else if (block.kind === 'bullets' || block.kind === 'numbers')
      last = block.items.reduce((level, item) => closeHeadingGaps(item, level), last)
  }
  return last
}

/** The address as a URL parser writes it (controls and spaces escaped), or null when it is none. */
function safeAddress(href: string): string | null {
  const address = URL.parse(href.toWellFormed())
  return address && isSafeHref(address.href) ? address.href : null
}

function textAttribute(node: TextNode, name: string): string | null {
  const value = node.attrs[name]
  return typeof value === 'string' && value !== '' ? value : null
}

interface TextNode {
  type: string
  attrs: Record<string, unknown>
  content: unknown[]
  text: string
  marks: { type: string; attrs: Record<string, unknown> }[]
}

function childrenOf(node: TextNode): TextNode[] {
  return node.content.map(readNode)
}

function readNode(value: unknown): TextNode {
  const node = readObject(value)
  return {
    type: typeof node.type === 'string' ? node.type : '',
    attrs: readObject(node.attrs ?? {}),
    content: readArray(node.content ?? []),
    text: typeof node.text === 'string' ? node.text : '',
    marks: readArray(node.marks ?? []).map(readMark),
  }
}

function readMark(value: unknown): TextNode['marks'][number] {
  const mark = readObject(value)
  return { type: typeof mark.type === 'string' ? mark.type : '', attrs: readObject(mark.attrs ?? {}) }
}

function readObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnprintableMinutesError('malformed node')
  return value as Record<string, unknown>
}

function readArray(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new UnprintableMinutesError('malformed list of nodes')
  return value
}

function shown(type: string): string {
  return JSON.stringify(type.slice(0, 40))
}
