import { Fragment, type NodeType, type Node as ProseMirrorNode, type ResolvedPos, type Schema } from '@tiptap/pm/model'
import { type Command, type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'

/** Blocks that one inserts; « l’essentiel » heads the text and is inserted only when it is missing. */
export type InsertedBlock = 'decision' | 'action' | 'vigilance'

const BLOCKS: ReadonlySet<string> = new Set<InsertedBlock>(['decision', 'action', 'vigilance'])

/** Whether a node is a typed block, which has an identity of its own. */
export function isTypedBlock(node: ProseMirrorNode): boolean {
  return BLOCKS.has(node.type.name)
}

/** Whether the caret stands in a typed block or in « l’essentiel », where only marks are possible. */
export function isInsideBlock(state: EditorState): boolean {
  return blockAround(state.selection.$from) !== null
}

/**
 * Inserts an empty block and puts the caret in it: instead of the empty paragraph the caret is in, else after what
 * stands around it (a list, another block). When a part of one paragraph is selected, this paragraph becomes the block.
 */
export function insertBlock(kind: InsertedBlock, newId: () => string): Command {
  return (state, dispatch) => {
    const { $from, $to, empty } = state.selection
    const type = state.schema.nodes[kind]
    if (!type || $from.depth === 0) return false
    const paragraph = topLevelParagraph($from)
    const replaced = paragraph && (paragraph.content.size === 0 || (!empty && $from.sameParent($to)))
    const block = blockOf(type, replaced ? paragraph.content : Fragment.empty, newId())
    const tr = state.tr
    if (replaced) tr.replaceWith($from.before(1), $from.after(1), block)
    else tr.insert($from.after(1), block)
    const start = replaced ? $from.before(1) : $from.after(1)
    dispatch?.(caretAtEndOf(tr, start).scrollIntoView())
    return true
  }
}

/** Leaves the block around the caret for a new paragraph below; what follows the caret in its last line goes with it. */
export const leaveBlock: Command = (state, dispatch) => {
  const depth = blockAround(state.selection.$from)
  if (depth === null) return false
  const tr = state.tr.deleteSelection()
  const { $from } = tr.selection
  const inLastLine = $from.depth === depth || $from.index(depth) === $from.node(depth).childCount - 1
  const carried = inLastLine ? $from.parent.content.cut($from.parentOffset) : Fragment.empty
  const after = $from.after(depth) - carried.size
  tr.delete($from.pos, $from.pos + carried.size)
  dispatch?.(withParagraph(tr, after, carried))
  return true
}

/**
 * Enter in a block: an action and a point of attention are one line, that one leaves; in a decision it goes from the
 * wording to the reasons; on an empty last line of reasons, or of « l’essentiel », it leaves.
 */
export const enterInBlock: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const depth = blockAround($from)
  if (depth === null) return false
  const block = $from.node(depth)
  if (block.isTextblock) return leaveBlock(state, dispatch)
  const index = $from.index(depth)
  const isLast = index === block.childCount - 1
  if (empty && isLast && index > 0 && $from.parent.content.size === 0) {
    const tr = state.tr.delete($from.before(), $from.after())
    dispatch?.(withParagraph(tr, tr.mapping.map($from.after(depth))))
    return true
  }
  const next = isLast ? null : block.child(index + 1)
  const atEnd = empty && $from.parentOffset === $from.parent.content.size
  if (block.type.name === 'decision' && index === 0 && atEnd && next && next.content.size === 0) {
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, $from.after() + 1)).scrollIntoView())
    return true
  }
  return false
}

/** Backspace at the start of a typed block nothing is written in: the block becomes an empty paragraph. */
export const removeEmptyBlock: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const depth = blockAround($from)
  if (depth === null || !empty || $from.parentOffset > 0) return false
  const block = $from.node(depth)
  if (!isTypedBlock(block) || block.textContent !== '') return false
  const before = $from.before(depth)
  const tr = state.tr.replaceWith(before, $from.after(depth), paragraphType(state.schema).create())
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, before + 1)).scrollIntoView())
  return true
}

/**
 * An arrow from the first or last line of where the caret is to the next line of text, when the edge of a block lies
 * between: browsers stop at its controls. Out of a block that begins or ends the text, it makes room there, where
 * nothing could be written otherwise. Elsewhere the browser does it, and keeps the column.
 *
 * @param isAtEdge whether the caret is on the edge of its paragraph in this direction, as the browser lays it out
 */
export function crossBlockEdge(direction: 'up' | 'down', isAtEdge: () => boolean): Command {
  return (state, dispatch) => {
    const { $head, empty } = state.selection
    if (!empty || !$head.parent.isTextblock) return false
    const [edge, sense] = direction === 'down' ? [$head.after(), 1] : [$head.before(), -1]
    const next = Selection.findFrom(state.doc.resolve(edge), sense, true)
    const block = blockStart($head)
    if (next ? block === blockStart(next.$head) : !isTypedBlock($head.node(1))) return false
    if (!isAtEdge()) return false
    if (next) dispatch?.(state.tr.setSelection(next).scrollIntoView())
    else dispatch?.(withParagraph(state.tr, direction === 'down' ? $head.after(1) : $head.before(1)))
    return true
  }
}

/** An empty paragraph at the end of the text, with the caret; the one that is there already serves. */
export const continueAtEnd: Command = (state, dispatch) => {
  const { lastChild } = state.doc
  const serves = lastChild?.type.name === 'paragraph' && lastChild.content.size === 0
  if (serves) dispatch?.(state.tr.setSelection(Selection.atEnd(state.doc)).scrollIntoView())
  else dispatch?.(withParagraph(state.tr, state.doc.content.size))
  return true
}

/** Adds a line of reasons to the decision at this position, with the caret; the one that is there already serves. */
export function addReasons(position: number): Command {
  return (state, dispatch) => {
    const block = state.doc.nodeAt(position)
    if (block?.type.name !== 'decision') return false
    const end = position + block.nodeSize - 1
    if (block.childCount < 2) dispatch?.(withParagraph(state.tr, end))
    else dispatch?.(state.tr.setSelection(Selection.near(state.doc.resolve(end), -1)).scrollIntoView())
    return true
  }
}

/**
 * Adds the heading of an agenda item that is not in the text: before the first heading of an item that comes after it
 * in the agenda, else at the end. The caret goes under it.
 */
export function addAgendaItem(item: { id: string; title: string }, agenda: readonly { id: string }[]): Command {
  return (state, dispatch) => {
    const { heading } = state.schema.nodes
    const paragraph = paragraphType(state.schema)
    if (!heading) return false
    const following = new Set(agenda.slice(agenda.findIndex(other => other.id === item.id) + 1).map(other => other.id))
    let at = state.doc.content.size
    state.doc.forEach((node, offset) => {
      if (offset < at && following.has(node.attrs.agendaItemId)) at = offset
    })
    const title = heading.create({ level: 2, agendaItemId: item.id }, item.title ? state.schema.text(item.title) : null)
    const tr = state.tr.insert(at, [title, paragraph.create()])
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + title.nodeSize + 1)).scrollIntoView())
    return true
  }
}

/** Inserts a paragraph with the caret at its start. */
function withParagraph(tr: Transaction, position: number, content = Fragment.empty): Transaction {
  tr.insert(position, paragraphType(tr.doc.type.schema).create(null, content))
  return tr.setSelection(TextSelection.create(tr.doc, position + 1)).scrollIntoView()
}

function topLevelParagraph($pos: ResolvedPos): ProseMirrorNode | null {
  return $pos.depth === 1 && $pos.parent.type.name === 'paragraph' ? $pos.parent : null
}

/** Depth of the nearest block (typed, or « l’essentiel ») around a position. */
function blockAround($pos: ResolvedPos): number | null {
  for (let depth = $pos.depth; depth > 0; depth--) {
    const node = $pos.node(depth)
    if (isTypedBlock(node) || node.type.name === 'essential') return depth
  }
  return null
}

/** Where the block around a position starts; null outside blocks. */
function blockStart($pos: ResolvedPos): number | null {
  const depth = blockAround($pos)
  return depth === null ? null : $pos.before(depth)
}

function blockOf(type: NodeType, content: Fragment, id: string): ProseMirrorNode {
  return type.isTextblock
    ? type.create({ id }, content)
    : type.create({ id }, paragraphType(type.schema).create(null, content))
}

function caretAtEndOf(tr: Transaction, position: number): Transaction {
  const node = tr.doc.nodeAt(position)
  const end = position + (node?.nodeSize ?? 1) - 1
  return tr.setSelection(Selection.near(tr.doc.resolve(end), -1))
}

function paragraphType(schema: Schema): NodeType {
  const type = schema.nodes.paragraph
  if (!type) throw new Error('the schema has no paragraph')
  return type
}
