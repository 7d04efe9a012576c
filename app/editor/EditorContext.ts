import { createContext, useContext } from 'react'
import type { ActionOwnerKind } from '#server/vocabulary/actions.ts'
import type { Competence } from './competence.ts'

/** Someone or something that may own an action. */
export interface ActionOwner {
  kind: ActionOwnerKind
  id: string
  label: string
}

/** What the blocks inside the text need to know of the page around it. */
export interface EditorSurroundings {
  competences: readonly Competence[]
  owners: readonly ActionOwner[]
  /** False for a reader, and as soon as the text is sealed. */
  mayWrite: boolean
  /** Says something to screen readers, once. */
  announce: (sentence: string) => void
}

/** Filled by `LiveEditor`; blocks are rendered far inside the text, out of reach of properties. */
export const EditorContext = createContext<EditorSurroundings>({
  competences: [],
  owners: [],
  mayWrite: false,
  announce: () => undefined,
})

export function useEditorSurroundings(): EditorSurroundings {
  return useContext(EditorContext)
}
