import { type Command, EditorState, TextSelection } from '@tiptap/pm/state'
import type { TextNode } from '#app/editor/reading/text-node.ts'
import { minutesSchema } from '#server/vocabulary/editor-schema.ts'

/** The state of an editor whose text has its caret at `|`; with two of them, what is between is selected. */
export function written(content: TextNode): EditorState {
  let state = EditorState.create({ doc: minutesSchema.nodeFromJSON(content) })
  const marks: number[] = []
  for (let at = nextMark(state); at !== null; at = nextMark(state)) {
    state = state.apply(state.tr.delete(at, at + 1))
    marks.push(at)
  }
  const [anchor = 1, head = anchor] = marks
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, anchor, head)))
}

/** The text after a command, with `|` at the caret; null when the command does not apply. */
export function textAfter(state: EditorState, command: Command): TextNode | null {
  let next: EditorState | null = null
  const applies = command(state, tr => {
    next = state.apply(tr)
  })
  return applies && next ? shown(next) : null
}

/** The text as JSON without the attributes that are null, with `|` at the caret. */
export function shown(state: EditorState): TextNode {
  const marked = state.apply(state.tr.insertText('|', state.selection.head))
  return withoutNulls(marked.doc.toJSON())
}

export function withoutNulls(node: TextNode): TextNode {
  const attrs = Object.fromEntries(Object.entries(node.attrs ?? {}).filter(([, value]) => value !== null))
  const { attrs: _attrs, content, ...rest } = node
  return {
    ...rest,
    ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
    ...(content && content.length > 0 ? { content: content.map(withoutNulls) } : {}),
  }
}

function nextMark(state: EditorState): number | null {
  let found: number | null = null
  state.doc.descendants((node, position) => {
    const index = node.isText ? (node.text ?? '').indexOf('|') : -1
    if (index >= 0) found ??= position + index
  })
  return found
}
