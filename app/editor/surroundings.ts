import type { ActionOwnerKind } from '#server/vocabulary/actions.ts'
import type { Competence } from './competence.ts'

/** Someone or something that may own an action. */
export interface ActionOwner {
  kind: ActionOwnerKind
  id: string
  label: string
}

/** Someone whom one may mention: who may read these minutes. */
export interface Mentionable {
  id: string
  label: string
  /** « Département » */
  detail: string
}

/** What the blocks inside the text need to know of the page around it. */
export interface EditorSurroundings {
  competences: readonly Competence[]
  owners: readonly ActionOwner[]
  people: readonly Mentionable[]
  /** False for a reader, and as soon as the text is sealed. */
  mayWrite: boolean
  /** Says something to screen readers, once. */
  announce: (sentence: string) => void
}

const NOTHING: EditorSurroundings = {
  competences: [],
  owners: [],
  people: [],
  mayWrite: false,
  announce: () => undefined,
}

/** Where blocks read it: they are no components, a long text has hundreds of them. */
export class SurroundingsStore {
  private known: EditorSurroundings
  private readonly listeners = new Set<() => void>()

  constructor(first: EditorSurroundings = NOTHING) {
    this.known = first
  }

  get current(): EditorSurroundings {
    return this.known
  }

  /** The same facts read again change nothing for the blocks. */
  set(next: EditorSurroundings): void {
    if (JSON.stringify(next) === JSON.stringify(this.known)) return
    this.known = next
    for (const listener of this.listeners) listener()
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
