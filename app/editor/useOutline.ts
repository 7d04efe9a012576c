import type { Editor } from '@tiptap/core'
import { useEffect, useRef } from 'react'
import { type OutlineEntry, outlineOf } from './reading/outline.ts'
import type { TextNode } from './reading/text-node.ts'

/** Milliseconds after which a change of the titles is told: one letter in a title is no new outline. */
const DELAY = 400

/** Tells the outline of the text, at first and when it changed. */
export function useOutline(editor: Editor | null, onOutline: (outline: OutlineEntry[]) => void): void {
  const latest = useRef(onOutline)
  latest.current = onOutline
  useEffect(() => (editor ? tellOutline(editor, outline => latest.current(outline)) : undefined), [editor])
}

/** @returns what stops it */
function tellOutline(editor: Editor, onOutline: (outline: OutlineEntry[]) => void): () => void {
  let told = ''
  let timer: ReturnType<typeof setTimeout> | null = null
  function tell() {
    timer = null
    const outline = outlineOf(headingsOf(editor))
    const summary = JSON.stringify(outline)
    if (summary === told) return
    told = summary
    onOutline(outline)
  }
  function later() {
    timer ??= setTimeout(tell, DELAY)
  }
  tell()
  editor.on('update', later)
  return () => {
    editor.off('update', later)
    if (timer) clearTimeout(timer)
  }
}

/** The headings alone, as a text: writing the whole of it in JSON would be work for nothing. */
function headingsOf(editor: Editor): TextNode {
  const headings: TextNode[] = []
  editor.state.doc.descendants(node => {
    if (node.type.name === 'heading') headings.push(node.toJSON())
    return !node.isTextblock
  })
  return { type: 'doc', content: headings }
}
