import { HocuspocusProvider } from '@hocuspocus/provider'
import type * as Y from 'yjs'
import type { LiveSocket } from './LiveSocket.ts'

/** Carets cost more than the text itself when every key moves one: five times a second is enough for the eye. */
const CARET_INTERVAL = 200

type AwarenessChanges = { added: number[]; updated: number[]; removed: number[] }

/** Exchanges one live text over its own socket, carets throttled. The identity is the session's cookie. */
export class LiveProvider extends HocuspocusProvider {
  private pause: ReturnType<typeof setTimeout> | null = null
  private waiting: AwarenessChanges | null = null

  constructor(options: { name: string; document: Y.Doc; websocketProvider: LiveSocket }) {
    super({ ...options, token: null })
  }

  override awarenessUpdateHandler(changes: AwarenessChanges, origin: unknown): void {
    if (origin !== 'local' || changes.removed.length > 0) {
      super.awarenessUpdateHandler(changes, origin)
      return
    }
    if (this.pause) {
      this.waiting = changes
      return
    }
    super.awarenessUpdateHandler(changes, origin)
    this.pause = setTimeout(() => {
      this.pause = null
      const latest = this.waiting
      this.waiting = null
      if (latest) this.awarenessUpdateHandler(latest, 'local')
    }, CARET_INTERVAL)
  }

  override destroy(): void {
    if (this.pause) clearTimeout(this.pause)
    super.destroy()
  }
}
