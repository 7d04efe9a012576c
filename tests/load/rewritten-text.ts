/**
 * A long text that has been rewritten many times without growing: ten times the history, the same size. Kept from one run
 * to the next, because a million edits through the product's compaction take a minute.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import * as Y from 'yjs'
import { type Database, openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { liveTexts, liveTextUpdates } from '#db/schema/live-texts.ts'
import { compactLiveText } from '#server/collaboration/snapshots.ts'
import { checkAgainstSchema, contentOf } from '#server/collaboration/text-content.ts'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { newMinutes } from '../collaboration/fixture.ts'
import { longText } from './long-text.ts'

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/espace-spie')
/** Edits between two compactions; what they leave does not depend on it. */
const ROWS = 30_000
const AUTHORS = 12

/** @returns the file of a text of `operations`, whose state the product's compaction has written. */
export async function textFile(operations: number, rewrites = 0): Promise<string> {
  const sources = ['long-text.ts', 'rewritten-text.ts'].map(name => readFileSync(join(import.meta.dirname, name)))
  const hash = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 12)
  const file = join(CACHE, `text-${operations}-${rewrites}-${hash}.bin`)
  if (existsSync(file)) return file
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(file, await rewritten(operations, rewrites))
  return file
}

async function rewritten(operations: number, rewrites: number): Promise<Uint8Array> {
  const handle = await openDatabase({})
  try {
    await migrateDatabase(handle)
    const text = await newMinutes(handle.db)
    const doc = longText(operations)
    // What `longText` made stands in for the seed.
    await handle.db
      .update(liveTexts)
      .set({ state: Y.encodeStateAsUpdate(doc) })
      .where(eq(liveTexts.id, text.liveTextId))
    let rows: Uint8Array[] = []
    doc.on('update', update => void rows.push(update))
    const editor = new Editor(doc)
    while (editor.operations < rewrites) {
      while (rows.length < ROWS) editor.rewriteSomething()
      await journal(handle.db, text.liveTextId, rows)
      rows = []
      await compactLiveText(handle.db, text, pino({ level: 'silent' }))
    }
    const [row] = await handle.db.select().from(liveTexts).where(eq(liveTexts.id, text.liveTextId))
    if (!row) throw new Error('the text is missing')
    const stored = new Y.Doc()
    Y.applyUpdate(stored, row.state)
    checkAgainstSchema(contentOf(stored))
    if (JSON.stringify(contentOf(stored)) !== JSON.stringify(contentOf(doc))) throw new Error('an edit was lost')
    return row.state
  } finally {
    await handle.close()
  }
}

async function journal(db: Database, liveTextId: string, rows: Uint8Array[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 1_000) {
    const values = rows.slice(from, from + 1_000).map(update => ({ liveTextId, update, receivedAt: new Date() }))
    await db.insert(liveTextUpdates).values(values)
  }
}

/** Somebody who changes what others wrote, and leaves it as long as it was. */
class Editor {
  operations = 0
  readonly #doc: Y.Doc
  readonly #texts: Y.XmlText[]
  #seed = 7

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#texts = [
      ...doc.getXmlFragment(EDITOR_FRAGMENT).createTreeWalker(node => node instanceof Y.XmlText),
    ] as Y.XmlText[]
  }

  /** One turn of one person, at one place: some words in the place of others, or a block in the place of another. */
  rewriteSomething(): void {
    this.#doc.clientID = 2_000 + this.#random(AUTHORS)
    const place = this.#random(this.#texts.length)
    const text = this.#texts[place]
    if (!text) return
    const from = this.#random(text.length)
    const chance = this.#random(10)
    if (chance < 5) this.#replace(text, from, Math.min(text.length - from, 30 + this.#random(90)))
    else if (chance < 8) this.#backspace(text, from)
    else this.#beginAgain(place, text)
  }

  /** Selects a passage and writes another over it, word after word. */
  #replace(text: Y.XmlText, from: number, length: number): void {
    if (length > 0) this.#operate(() => text.delete(from, length))
    this.#write(text, from, length)
  }

  /** Takes the last letters back, one at a time, and writes others. */
  #backspace(text: Y.XmlText, from: number): void {
    const letters = Math.min(from, 3 + this.#random(12))
    for (let left = letters; left > 0; left--) this.#operate(() => text.delete(from - letters + left - 1, 1))
    for (let n = 0; n < letters; n++)
      this.#operate(() => text.insert(from - letters + n, LETTERS[this.#random(26)] ?? 'x'))
  }

  /** Deletes a paragraph and writes another in its place. */
  #beginAgain(place: number, text: Y.XmlText): void {
    const block = text.parent as Y.XmlElement
    if (block.nodeName !== 'paragraph' || block.parent !== this.#doc.getXmlFragment(EDITOR_FRAGMENT)) return
    const parent = block.parent as Y.XmlFragment
    const length = text.length
    const next = new Y.XmlText()
    this.#operate(() => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [next])
      parent.insertAfter(block, [paragraph])
    })
    this.#operate(() => {
      // `block` knows its rank only by walking there.
      const index = parent.toArray().indexOf(block)
      parent.delete(index, 1)
    })
    this.#texts[place] = next
    this.#write(next, 0, length)
  }

  #write(text: Y.XmlText, from: number, length: number): void {
    for (let written = 0; written < length; ) {
      const word = LETTERS.slice(this.#random(20), 26).slice(0, 1 + this.#random(9))
      const piece = `${word} `.slice(0, length - written)
      const at = from + written
      this.#operate(() => text.insert(at, piece))
      written += piece.length
    }
  }

  #operate(change: () => void): void {
    this.#doc.transact(change)
    this.operations++
  }

  #random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#seed / 2 ** 32) * below)
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
