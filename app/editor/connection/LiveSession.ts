import { yDocToProsemirrorJSON } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { type LiveTextKey, liveTextName } from '#server/vocabulary/live-texts.ts'
import { DeviceCopy } from '../device/DeviceCopy.ts'
import {
  afterEvent,
  hasUnstoredEdits,
  initialFacts,
  type LiveEvent,
  type LiveFacts,
  type LiveStatus,
  type RefusalRemedy,
  statusOf,
} from '../live-status.ts'
import type { TextNode } from '../reading/text-node.ts'
import { closeMeaning } from './close-codes.ts'
import { LiveProvider } from './LiveProvider.ts'
import { LiveSocket } from './LiveSocket.ts'
import { readServerMessage } from './server-messages.ts'

/** Milliseconds an edit may wait for its acknowledgement before this device keeps a copy. */
const PATIENCE = 400

export interface LiveSessionOptions {
  text: LiveTextKey
  accountId: string
  mode: 'write' | 'read'
  /** Address of the socket (`collaborationUrl`). */
  url: string
  WebSocketPolyfill?: typeof WebSocket
}

/** What a session tells besides its state. */
export interface LiveSessionEvents {
  /** Sealed, or not ours to read any more: the page knows which. `by` and `at` when the server said them. */
  onClosed(info: { by: string; at: string } | null): void
  /** Something of the page changed beside the text. */
  onStateChanged(): void
}

/** What the interface shows of a session; a new object at each change. */
export interface LiveSnapshot {
  facts: LiveFacts
  status: LiveStatus
  /** The text is here, from the server or from this device: it may be shown. */
  ready: boolean
}

/** One person on one live text: the document, its connection, its copy on the device, and where they stand. */
export class LiveSession {
  readonly doc = new Y.Doc()
  readonly provider: LiveProvider
  readonly device: DeviceCopy
  /** The editor's document, once there is one: its nodes never change, so that keeping one costs nothing. */
  readContent: (() => { toJSON(): TextNode }) | null = null

  private readonly options: LiveSessionOptions
  private readonly events: LiveSessionEvents
  private readonly socket: LiveSocket
  private readonly listeners = new Set<() => void>()
  private snapshot: LiveSnapshot
  private acknowledged: { toJSON(): TextNode } | null = null
  /** False from each loss of the connection to the end of the next handshake. */
  private handshakeDone = false
  private destroyed = false
  private keeping: ReturnType<typeof setTimeout> | null = null

  constructor(options: LiveSessionOptions, events: LiveSessionEvents) {
    this.options = options
    this.events = events
    const facts = initialFacts(options.mode === 'write')
    this.snapshot = { facts, status: statusOf(facts), ready: false }
    this.device = new DeviceCopy(this.doc, { ...options.text, accountId: options.accountId })
    this.socket = new LiveSocket(options.url, options.WebSocketPolyfill)
    this.provider = new LiveProvider({
      name: liveTextName(options.text),
      document: this.doc,
      websocketProvider: this.socket,
    })
    this.listen()
    void this.start()
  }

  getSnapshot = (): LiveSnapshot => this.snapshot

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Whether something written here is not stored by the server at this very instant. */
  hasUnstoredEdits(): boolean {
    return hasUnstoredEdits(this.snapshot.facts)
  }

  /** The text as the server last had it, null when nothing came from it yet. */
  acknowledgedText(): TextNode | null {
    return this.acknowledged?.toJSON() ?? null
  }

  /** The text as it stands here. */
  currentText(): TextNode {
    return yDocToProsemirrorJSON(this.doc, EDITOR_FRAGMENT) as TextNode
  }

  /** The network went away or came back: no use to wait for a timer to know it. */
  networkChanged = (): void => this.socket.reopen()

  /** Leaves the text. What is not stored stays on the device. */
  destroy(): void {
    this.destroyed = true
    if (this.keeping) clearTimeout(this.keeping)
    this.provider.destroy()
    this.socket.destroy()
    void this.device.close().then(() => this.doc.destroy())
  }

  private async start(): Promise<void> {
    const restored = await this.device.restore().catch(() => null)
    if (this.destroyed) return
    if (restored) {
      this.acknowledged = restored.acknowledged && { toJSON: () => restored.acknowledged as TextNode }
      this.dispatch({ type: 'edited', at: restored.since })
      this.becomeReady()
    }
    this.provider.attach()
    void this.socket.connect()
  }

  private listen(): void {
    const { provider } = this
    this.doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.edited()
    })
    provider.on('authenticated', ({ scope }: { scope: string }) => this.authorized(scope !== 'readonly'))
    provider.on('synced', () => {
      if (!this.hasUnstoredEdits()) this.rememberAcknowledged()
      this.dispatch({ type: 'connected', at: new Date() })
      this.becomeReady()
    })
    provider.on('unsyncedChanges', ({ number }: { number: number }) => this.acknowledge(number))
    provider.on('disconnect', ({ event }: { event: { code: number; reason: string } }) => this.disconnected(event))
    provider.on('stateless', ({ payload }: { payload: string }) => this.told(payload))
  }

  private edited(): void {
    const at = new Date()
    this.dispatch({ type: 'edited', at })
    if (this.device.isKept) return
    if (this.snapshot.facts.connection !== 'connected') this.keepOnDevice()
    else this.keeping ??= setTimeout(() => this.keepOnDevice(), PATIENCE)
  }

  /** @param unsynced what the provider counts; during the handshake the handshake itself is one of them */
  private acknowledge(unsynced: number): void {
    if (unsynced === 0) {
      this.handshakeDone = true
      if (this.keeping) clearTimeout(this.keeping)
      this.keeping = null
      this.rememberAcknowledged()
      this.dispatch({ type: 'acknowledged', pending: 0, at: new Date() })
      void this.device.forget()
    } else if (this.handshakeDone && unsynced < this.snapshot.facts.pending.length) {
      this.dispatch({ type: 'acknowledged', pending: unsynced, at: new Date() })
    }
  }

  private authorized(mayWrite: boolean): void {
    this.dispatch({ type: 'authorized', mayWrite: mayWrite && this.options.mode === 'write' })
    if (mayWrite || !this.hasUnstoredEdits()) return
    this.stop({ type: 'refused', reason: 'Vous ne pouvez plus écrire dans ce compte rendu.', remedy: 'startAgain' })
  }

  private disconnected(event: { code: number; reason: string }): void {
    this.handshakeDone = false
    this.dispatch({ type: 'disconnected', at: new Date() })
    if (this.hasUnstoredEdits()) this.keepOnDevice()
    const meaning = closeMeaning(event.code, event.reason)
    if (meaning.next === 'stop') this.refused(meaning)
    if (meaning.next === 'gone') this.closed(null)
  }

  private refused({ reason, remedy }: { reason: string; remedy: RefusalRemedy }): void {
    const waits = remedy !== 'startAgain' && this.hasUnstoredEdits()
    const reassured = waits ? `${reason} Vos modifications restent sur cet appareil.` : reason
    this.stop({ type: 'refused', reason: reassured, remedy })
  }

  private told(payload: string): void {
    const message = readServerMessage(payload)
    if (message?.type === 'changed') this.events.onStateChanged()
    if (message?.type === 'closed') this.closed({ by: message.by.name, at: message.by.at })
  }

  private closed(info: { by: string; at: string } | null): void {
    if (this.snapshot.facts.end?.state === 'closed') return
    this.stop({ type: 'closed' })
    this.events.onClosed(info)
  }

  /** Nothing more is sent. What the server has not is kept, to be shown to its author. */
  private stop(event: LiveEvent): void {
    if (this.hasUnstoredEdits()) this.keepOnDevice()
    this.dispatch(event)
    this.socket.disconnect()
  }

  private keepOnDevice(): void {
    const [since] = this.snapshot.facts.pending
    if (since && !this.destroyed) this.device.keep(since, this.acknowledgedText())
  }

  private rememberAcknowledged(): void {
    const text = this.readContent?.() ?? this.currentText()
    this.acknowledged = 'toJSON' in text ? text : { toJSON: () => text }
  }

  private becomeReady(): void {
    if (!this.snapshot.ready) this.publish({ ...this.snapshot, ready: true })
  }

  private dispatch(event: LiveEvent): void {
    const facts = afterEvent(this.snapshot.facts, event)
    if (facts !== this.snapshot.facts) this.publish({ ...this.snapshot, facts, status: statusOf(facts) })
  }

  private publish(snapshot: LiveSnapshot): void {
    this.snapshot = snapshot
    for (const listener of this.listeners) listener()
  }
}
