/**
 * The long text of the benches: 200 pages of minutes written in 100,000 operations, one word at a time, by several people
 * who correct themselves and come back to what others wrote. The same at each run.
 */
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'

const AUTHORS = 12
/** A turn of somebody who types, in operations. */
const TURN = 60
const WORDS =
  'le la de des et à un une pour avec par sur dans son ses nous suivi parcours accueil partenaire insertion emploi territoire comité proposition orientation diagnostic bénéficiaire accompagnement calendrier convention expérimentation département opérationnel indicateur réunion mobilité logement garde formation entreprise'.split(
    ' ',
  )

/** @param operations 100,000 make some 200 pages of 2,700 characters. */
export function longText(operations = 100_000): Y.Doc {
  const doc = new Y.Doc()
  const pen = new Pen(doc)
  while (pen.operations < operations) writeSection(pen, operations)
  return doc
}

function writeSection(pen: Pen, operations: number): void {
  const rank = pen.sections++
  const write = (text: Y.XmlText, words: number) => {
    for (let word = 0; word < words && pen.operations < operations; word++) pen.word(text)
  }
  write(pen.block('heading', { level: rank % 4 === 0 ? 2 : 3 }), 5)
  for (let n = 0; n < 4; n++) write(pen.block('paragraph'), 70)
  for (const item of pen.list(3)) write(item, 12)
  if (rank % 2 === 0) {
    write(pen.block('decision', { id: blockId(rank, 1), nature: null }, 'paragraph'), 30)
    write(pen.block('action', { id: blockId(rank, 2), ownerLabel: 'Mission locale', dueOn: '2027-06-30' }), 15)
  }
  if (rank % 3 === 0) write(pen.block('vigilance', { id: blockId(rank, 3) }), 15)
}

class Pen {
  operations = 0
  sections = 0
  readonly #texts: Y.XmlText[] = []
  readonly #doc: Y.Doc
  #seed = 20270312

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** A block at the end of the text, empty. @param inside the element within it that holds the words */
  block(name: string, attributes: Attributes = {}, inside?: string): Y.XmlText {
    const text = new Y.XmlText()
    this.#append(element(name, inside ? [element(inside, [text])] : [text], attributes))
    this.#texts.push(text)
    return text
  }

  list(items: number): Y.XmlText[] {
    const texts = Array.from({ length: items }, () => new Y.XmlText())
    this.#append(
      element(
        'bulletList',
        texts.map(text => element('listItem', [element('paragraph', [text])])),
      ),
    )
    return texts
  }

  /** A word; now and then the last one written again, or one put in or taken out of what stands above. */
  word(text: Y.XmlText): void {
    const chance = this.#random(100)
    const earlier = this.#texts[this.#random(this.#texts.length)] ?? text
    if (chance < 4) this.#insertAt(earlier, this.#random(earlier.length + 1))
    else if (chance < 6 && earlier.length > 20) this.#operate(() => earlier.delete(this.#random(earlier.length - 6), 5))
    this.#insertAt(text, text.length)
    if (chance > 95) {
      this.#operate(() => text.delete(text.length - 3, 3))
      this.#insertAt(text, text.length)
    }
  }

  #insertAt(text: Y.XmlText, at: number): void {
    // Short words first in the list, and the more frequent.
    const word = WORDS[Math.min(this.#random(WORDS.length), this.#random(WORDS.length))] ?? ''
    const marks = this.#random(50) === 0 ? { bold: {} } : {}
    this.#operate(() => text.insert(at, `${word} `, marks))
  }

  #append(child: Y.XmlElement): void {
    const fragment = this.#doc.getXmlFragment(EDITOR_FRAGMENT)
    this.#operate(() => fragment.insert(fragment.length, [child]))
  }

  #operate(change: () => void): void {
    if (this.operations % TURN === 0) this.#doc.clientID = 1_000 + this.#random(AUTHORS)
    this.#doc.transact(change)
    this.operations++
  }

  #random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#seed / 2 ** 32) * below)
  }
}

type Attributes = Record<string, string | number | null>

function element(name: string, children: (Y.XmlElement | Y.XmlText)[], attributes: Attributes = {}) {
  const made = new Y.XmlElement<Record<string, string | number>>(name)
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value)
  made.insert(0, children)
  return made as Y.XmlElement
}

function blockId(section: number, rank: number): string {
  return `00000000-0000-4000-8000-${String(section * 10 + rank).padStart(12, '0')}`
}
