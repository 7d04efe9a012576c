import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'
import type { TextNode } from '../reading/text-node.ts'
import {
  databaseName,
  forgetUnsentText,
  isCurrentAccount,
  noteUnsentText,
  type UnsentText,
  unsentTexts,
} from './registry.ts'

/** Milliseconds given to the browser to read what it keeps; without an answer the text comes from the server alone. */
const READING_TIME = 4000

/** What came back from the device: since when it waits, and the text as the server had it before. */
export interface RestoredText {
  since: Date
  acknowledged: TextNode | null
}

/**
 * The copy on this device of one text that the server has not stored whole. It exists only as long as something is
 * unsent: kept from the first edit that waits, deleted with the last acknowledgement.
 */
export class DeviceCopy {
  private readonly doc: Y.Doc
  private readonly text: Omit<UnsentText, 'since'>
  private persistence: IndexeddbPersistence | null = null
  private wanted: UnsentText | null = null
  /** Opening, closing and deleting follow one another: the browser would mix them. */
  private queue: Promise<unknown> = Promise.resolve()

  constructor(doc: Y.Doc, text: Omit<UnsentText, 'since'>) {
    this.doc = doc
    this.text = text
  }

  get isKept(): boolean {
    return this.wanted !== null
  }

  /** Brings back into the document what was kept of it; null when nothing was. */
  async restore(): Promise<RestoredText | null> {
    const entry = unsentTexts(this.text.accountId).find(other => databaseName(other) === databaseName(this.text))
    if (!entry || !hasIndexedDB()) return null
    this.wanted = entry
    const persistence = this.open()
    await Promise.race([persistence.whenSynced, new Promise(resolve => setTimeout(resolve, READING_TIME))])
    if (!persistence.synced) return null
    return { since: entry.since, acknowledged: readStored(await persistence.get(ACKNOWLEDGED)) }
  }

  /**
   * Keeps the document, and what is written in it from now on.
   *
   * @param acknowledged the text as the server has it: what differs from it is what would be lost
   */
  keep(since: Date, acknowledged: TextNode | null): void {
    if (this.wanted || !hasIndexedDB() || !isCurrentAccount(this.text.accountId)) return
    this.wanted = { ...this.text, since }
    noteUnsentText(this.wanted)
    this.next(async () => {
      if (!this.wanted || this.persistence) return
      // Noted again: a deletion that came before may have taken the entry with it.
      noteUnsentText(this.wanted)
      await this.open().set(ACKNOWLEDGED, JSON.stringify(acknowledged))
      // A device that cannot keep anything is no reason to stop writing: leaving the page warns all the same.
    }).catch(() => undefined)
  }

  /** Deletes the copy: the server has everything. */
  forget(): Promise<void> {
    if (!this.wanted) return Promise.resolve()
    this.wanted = null
    return this.next(async () => {
      if (this.wanted) return
      await this.closeDatabase()
      await forgetUnsentText(this.text)
    })
  }

  /** Stops writing; what was kept stays. */
  close(): Promise<void> {
    return this.next(() => this.closeDatabase())
  }

  private next(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work, work)
    this.queue = done.catch(() => undefined)
    return done
  }

  private async closeDatabase(): Promise<void> {
    const persistence = this.persistence
    this.persistence = null
    await persistence?.destroy()
  }

  private open(): IndexeddbPersistence {
    const persistence = new IndexeddbPersistence(databaseName(this.text), this.doc)
    this.persistence = persistence
    void persistence.whenSynced.then(() => this.leaveToOthers(persistence))
    return persistence
  }

  /** Another tab deletes the copy when *its* edits are stored: let it, then keep ours again. */
  private leaveToOthers(persistence: IndexeddbPersistence): void {
    if (!persistence.db) return
    persistence.db.onversionchange = async () => {
      const kept = this.persistence === persistence ? this.wanted : null
      if (!kept) return
      const acknowledged = readStored(await persistence.get(ACKNOWLEDGED))
      await this.close()
      this.wanted = null
      this.keep(kept.since, acknowledged)
    }
  }
}

const ACKNOWLEDGED = 'acknowledged'

function readStored(value: unknown): TextNode | null {
  return typeof value === 'string' ? (JSON.parse(value) as TextNode | null) : null
}

function hasIndexedDB(): boolean {
  return globalThis.indexedDB !== undefined
}
