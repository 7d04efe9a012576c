import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import type { PreparingDatabase } from '#db/client.ts'
import type { Clock } from '#server/calendar.ts'
import { isOwnOrigin } from '#server/http/same-origin.ts'
import type { Log } from '#server/log.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { authenticate, type LiveAccess, type LiveSessions } from './authenticate.ts'
import { Engine } from './engine.ts'
import { rewriteUntouchedText } from './follow-agenda.ts'
import { gathered } from './gathered.ts'
import { Recheck } from './recheck.ts'
import type { JournalLimit } from './snapshots.ts'
import { reloadSpool, spool } from './spool.ts'
import type { ProseMirrorJSON } from './stored-text.ts'
import { Turns } from './turns.ts'

export type { LiveAccess, LiveGrant, LiveSessions } from './authenticate.ts'

export type CollaborationOptions = {
  db: PreparingDatabase
  clock: Clock
  log: Log
  /** Address of the site; without it, a socket's origin must be the host that was asked. */
  origin: string | null | undefined
  sessions: LiveSessions
  access: LiveAccess
  /** Where a stop leaves the edits that it could not write, and a start finds them. */
  spoolDir?: string | undefined
  /** How often the rights of open sockets are checked again. Below 5 s, in which a withdrawal must take effect. */
  recheckEveryMs?: number | undefined
  /** How long the journal of an open text may grow before it is merged into its snapshot. */
  journalLimit?: JournalLimit | undefined
}

/** The live texts of this process. */
export type Collaboration = {
  /** Takes a WebSocket opening at `/collab/<name>`. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Every edit received so far for this text is written or refused. Never inside a transaction. */
  drain(liveTextId: string): Promise<void>
  /** After the commit of a sealing: tells those who have the text open, then closes their sockets. */
  announceClosed(minutesId: string, by: { name: string; at: Date }): void
  /** Something beside the text has changed: open pages read their data again. */
  announceChanged(minutesId: string): void
  /** Checks the rights of everyone who has a text open, now. */
  recheck(): void
  /**
   * Makes the skeleton follow the agenda while nobody has written. Never inside a transaction.
   * @returns false once somebody has written.
   */
  followAgenda(minutesId: string, content: object): Promise<boolean>
  /** Texts with an edit received and not yet durable. */
  unsaved(): number
  /** Texts of which edits cannot be written at present. */
  failing(): number
  /** Texts in memory. */
  openTexts(): number
  /** Another process may write from now on: pages are sent away, and nothing stays in memory. */
  suspend(): void
  /** This process is the only one again. */
  resume(): void
  /** Writes what was received, closes the sockets, spools what could not be written. Bounded. */
  close(): Promise<void>
}

/** A larger frame ends its socket before it is read. */
const LARGEST_FRAME = 4 * 1024 * 1024
const RECHECK_MS = 4_000
/** People whose rights are asked of the database at the same time: a crowd's questions would hold back the edits of others. */
const ARRIVALS = 16
const DRAIN_MS = 5_000
/** Longer than an edit is tried. A stop of the process has ten seconds for everything. */
const STOP_MS = 3_000
const LEAVE_MS = 2_000

/** Opens the live texts of this process. One of them for a process: it holds the documents in memory. */
export function createCollaboration(options: CollaborationOptions): Collaboration {
  const { db, clock, log, spoolDir } = options
  const engine: Engine = new Engine({ ...options, ready: () => reloaded })
  const reloaded = spoolDir ? reloadSpool(spoolDir, edit => engine.journal.append(edit), log) : Promise.resolve()
  const everyMs = options.recheckEveryMs ?? RECHECK_MS
  const rights = new Recheck({ sockets: () => engine.sockets(), doors: options, log, everyMs })
  const server = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: LARGEST_FRAME })
  const arrivals = new Turns(ARRIVALS)
  const doors = { sessions: options.sessions, access: gathered(options.access) }
  let stopping = false
  /** How many times live texts were suspended, and whether they still are. */
  const suspension = { count: 0, under: false }

  async function welcome(ws: WebSocket, wire: Duplex, req: IncomingMessage): Promise<void> {
    // Nothing is read before it is known who sends it.
    ws.pause()
    ws.on('error', err => log.info({ err }, 'live socket error'))
    try {
      const admission = await arrivals.take(() => authenticate(asked(req), doors))
      if (ws.readyState !== ws.OPEN) return
      if ('refused' in admission) return refuse(ws, admission.refused)
      if (stopping) return refuse(ws, liveTextClose.restarting)
      if (suspension.under) return refuse(ws, liveTextClose.notWritten)
      engine.admit(ws, wire, admission)
      ws.resume()
    } catch (err) {
      log.error({ err }, 'live socket not authenticated')
      refuse(ws, liveTextClose.notWritten)
    }
  }

  return {
    handleUpgrade(req, socket, head) {
      if (stopping) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
      if (!isOwnOrigin(req.headers, options.origin ?? undefined)) {
        return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      }
      server.handleUpgrade(req, socket, head, ws => void welcome(ws, socket, req))
    },
    async drain(liveTextId) {
      await reloaded
      const concerned = engine.sockets().filter(({ text }) => text.liveTextId === liveTextId)
      await within(DRAIN_MS, Promise.all(concerned.map(socket => socket.idle())))
    },
    announceClosed(minutesId, { name, at }) {
      for (const text of engine.texts().filter(({ key }) => key.minutesId === minutesId)) {
        text.closed = true
        text.tell({ type: 'closed', by: { name, at: at.toISOString() } })
        for (const socket of text.sockets) socket.close(liveTextClose.notAvailable)
      }
    },
    announceChanged(minutesId) {
      for (const text of engine.texts()) if (text.key.minutesId === minutesId) text.tell({ type: 'changed' })
    },
    recheck: () => rights.now(),
    async followAgenda(minutesId, content) {
      const written = await rewriteUntouchedText(db, {
        minutesId,
        content: content as ProseMirrorJSON,
        now: clock.now(),
      })
      if (written?.update) await engine.applyJournalled(written, written.update)
      return written !== null
    },
    unsaved: () => engine.journal.unsaved(),
    failing: () => engine.journal.failing(),
    openTexts: () => engine.texts().filter(text => text.document).length,
    suspend() {
      suspension.under = true
      suspension.count++
      for (const socket of engine.sockets()) socket.close(liveTextClose.notWritten)
    },
    resume() {
      const { count } = suspension
      void engine.clear().then(() => {
        if (count === suspension.count) suspension.under = false
      })
    },
    async close() {
      stopping = true
      rights.stop()
      const sockets = engine.sockets()
      for (const socket of sockets) socket.stopListening()
      await within(STOP_MS, Promise.all(sockets.map(socket => socket.idle())))
      if (spoolDir) spool(spoolDir, engine.journal.pending(), log)
      for (const socket of engine.sockets()) socket.close(liveTextClose.restarting)
      await within(LEAVE_MS, engine.snapshots.stop())
      await engine.allGone(LEAVE_MS)
    },
  }
}

function asked({ url = '', headers }: IncomingMessage) {
  const [path = '', query = ''] = url.split('?')
  return { name: path.replace(/^\/collab\/?/, ''), query: new URLSearchParams(query), cookie: headers.cookie }
}

function refuse(ws: WebSocket, code: number): void {
  ws.close(code)
  // A paused socket would not see the client's answer.
  ws.resume()
  setTimeout(() => ws.terminate(), LEAVE_MS).unref()
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const giveUp = new AbortController()
  await Promise.race([work, sleep(ms, null, { signal: giveUp.signal }).catch(() => {})])
  giveUp.abort()
}
