import { useEffect, useRef, useState } from 'react'
import { NBSP, quoted } from '#app/formats.ts'
import { type AgendaRow, blankRow, initialRows, moveRow, nextKey } from './agenda-rows.ts'
import type { AgendaValues } from './meeting-values.ts'

/** What a row's button did: where the focus goes once the page shows it. */
type Focus = { key: number; on: 'title' | 'up' | 'down' } | { key: null }

/** Adding, moving, removing points, with the focus kept near and what was done said aloud. */
export function useAgendaRows(items: readonly AgendaValues[]) {
  const editor = useRef<HTMLDivElement>(null)
  const [rows, setRows] = useState(() => initialRows(items))
  const [removed, setRemoved] = useState<{ row: AgendaRow; index: number } | null>(null)
  const [said, setSaid] = useState('')
  const focus = useRef<Focus | null>(null)

  useEffect(() => setRows(current => current.filter(row => !row.spare)), [])
  useEffect(() => {
    if (focus.current && rows) moveFocus(editor.current, focus.current)
    focus.current = null
  }, [rows])

  function change(next: AgendaRow[], sentence: string, then: Focus) {
    focus.current = then
    setRows(next)
    setSaid(sentence)
  }

  return {
    editor,
    rows,
    removed,
    said,
    add() {
      const row = blankRow(nextKey(rows))
      setRemoved(null)
      change([...rows, row], `Point ${rows.length + 1} ajouté.`, { key: row.key, on: 'title' })
    },
    move(index: number, to: number) {
      const row = rows[index]
      if (!row || to < 0 || to >= rows.length) return
      const sentence = `Point déplacé en position ${to + 1} sur ${rows.length}.`
      change(moveRow(rows, index, to), sentence, { key: row.key, on: to < index ? 'up' : 'down' })
    },
    remove(index: number) {
      const row = rows[index]
      if (!row) return
      const typed = { ...row, ...typedIn(editor.current, row) }
      const neighbour = rows[index + 1] ?? rows[index - 1]
      setRemoved({ row: typed, index })
      const name = typed.title ? `Point ${quoted(typed.title)}` : `Point ${index + 1}`
      const then: Focus = neighbour ? { key: neighbour.key, on: 'title' } : { key: null }
      change(rows.toSpliced(index, 1), `${name} retiré${NBSP}; il peut être rétabli.`, then)
    },
    restore() {
      if (!removed) return
      const row = { ...removed.row, key: nextKey(rows) }
      setRemoved(null)
      change(rows.toSpliced(removed.index, 0, row), 'Point rétabli.', { key: row.key, on: 'title' })
    },
  }
}

function moveFocus(editor: HTMLElement | null, focus: Focus): void {
  const row = focus.key === null ? editor : rowElement(editor, focus.key)
  row?.querySelector<HTMLElement>(`[data-part="${focus.key === null ? 'add' : focus.on}"]`)?.focus()
}

/** What the fields of a row hold at this moment: React does not follow them. */
function typedIn(editor: HTMLElement | null, row: AgendaRow): Partial<AgendaValues> {
  const fields = rowElement(editor, row.key)?.querySelectorAll<HTMLInputElement>('input[data-part]') ?? []
  return Object.fromEntries([...fields].map(field => [field.dataset.part ?? '', field.value]))
}

function rowElement(editor: HTMLElement | null, key: number): HTMLElement | null {
  return editor?.querySelector<HTMLElement>(`[data-row="${key}"]`) ?? null
}
