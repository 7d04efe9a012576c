import { createServer } from 'node:http'
import { pino } from 'pino'
import type { DatabaseHandle } from '#db/client.ts'
import { type Collaboration, type CollaborationOptions, createCollaboration } from '#server/collaboration/index.ts'
import { listen } from '#server/http/listen.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import { type Editor, type EditorOptions, openEditor } from './client.ts'
import type { LiveMinutes } from './fixture.ts'

/** A server with nothing but live texts; who may do what is what the test says. */
export type Live = {
  collaboration: Collaboration
  port: number
  /** What the log said, as pino writes it. */
  logged: Record<string, unknown>[]
  /** Gives or withdraws a right. */
  allow(account: string, text: LiveMinutes, mode: 'write' | 'read' | null): void
  signOut(account: string): void
  /** Opens a page; closed with the server. */
  open(account: string, text: LiveTextKey, options?: Partial<EditorOptions>): Editor
  stop(): Promise<void>
}

export async function startLive(handle: DatabaseHandle, options: Partial<CollaborationOptions> = {}): Promise<Live> {
  const rights = new Map<string, { text: LiveMinutes; mode: 'write' | 'read' }>()
  const signedOut = new Set<string>()
  const editors: Editor[] = []
  const logged: Live['logged'] = []
  const collaboration = createCollaboration({
    db: handle.db,
    clock: { now: () => new Date() },
    log: pino({ level: 'debug' }, { write: line => void logged.push(JSON.parse(line) as Record<string, unknown>) }),
    origin: null,
    sessions: {
      async accountOf(cookie) {
        const accountId = /session=([0-9a-f-]+)/.exec(cookie ?? '')?.[1]
        return accountId && !signedOut.has(accountId) ? { accountId, sessionId: `of ${accountId}` } : null
      },
      async stillOpen(sessionIds) {
        return new Set(sessionIds.filter(id => !signedOut.has(id.slice('of '.length))))
      },
    },
    async access(questions) {
      return questions.map(({ accountId, minutesId, epoch }) => {
        const right = rights.get(`${accountId} ${minutesId}.${epoch}`)
        if (!right) return null
        const { liveTextId, consortiumId } = right.text
        const person = { name: `Personne ${accountId.slice(0, 4)}`, organisation: 'CAF du Tarn' }
        return { mode: right.mode, liveTextId, consortiumId, person }
      })
    },
    ...options,
  })
  const server = createServer()
  server.on('upgrade', (req, socket, head) => collaboration.handleUpgrade(req, socket, head))
  const port = await listen(server, { port: 0, host: '127.0.0.1' })
  return {
    collaboration,
    port,
    logged,
    allow(account, text, mode) {
      const key = `${account} ${text.minutesId}.${text.epoch}`
      if (mode) rights.set(key, { text, mode })
      else rights.delete(key)
    },
    signOut: account => void signedOut.add(account),
    open(account, text, more) {
      const editor = openEditor({ port, account, text, ...more })
      editors.push(editor)
      return editor
    },
    async stop() {
      for (const editor of editors) editor.leave()
      await collaboration.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
