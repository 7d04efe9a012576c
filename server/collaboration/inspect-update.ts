import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '#server/vocabulary/editor-schema.ts'
import { contentProblem, type Host, type Place, type Refused } from './content-rules.ts'

export type Verdict =
  /** Everything in it is in the text already. */
  | { kind: 'known' }
  /** `grows`: it does more than delete. */
  | { kind: 'new'; grows: boolean }
  /** It builds on something this server has not got. */
  | { kind: 'incomplete' }
  | { kind: 'refused'; why: Refused }

/** Reads an update before it is written or applied, and says what it would do to this text. Changes nothing. */
export function inspectUpdate(doc: Y.Doc, update: Uint8Array): Verdict {
  try {
    const { structs, ds } = Y.decodeUpdate(update)
    return new Inspection(doc).judge(structs as Struct[], ds)
  } catch (error) {
    return { kind: 'refused', why: error instanceof RefusedUpdate ? error.why : 'malformed' }
  }
}

type Struct = Y.Item | Y.GC | Y.Skip
type DeleteSet = ReturnType<typeof Y.createDeleteSet>

class RefusedUpdate extends Error {
  readonly why: Refused
  constructor(why: Refused) {
    super(why)
    this.why = why
  }
}

/** An update that spans more than this was not written by people. */
const LONGEST_STRUCT = 10_000_000

class Inspection {
  readonly #doc: Y.Doc
  /** What the update brings, by client, in order. */
  readonly #fresh = new Map<number, (Y.Item | Y.GC)[]>()
  readonly #places = new Map<Y.Item, Place>()
  #incomplete = false

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  judge(structs: Struct[], ds: DeleteSet): Verdict {
    const items = this.#gather(structs)
    let grows = false
    for (const item of items) {
      const place = this.#placeOf(item)
      if (!place) continue
      this.#requireOneHost(item, place)
      const problem = contentProblem(item.content, place)
      if (problem) throw new RefusedUpdate(problem)
      grows ||= !item.deleted && !(item.content instanceof Y.ContentDeleted)
    }
    const deletes = this.#deletesSomething(ds)
    if (this.#incomplete) return { kind: 'incomplete' }
    return this.#fresh.size > 0 || deletes ? { kind: 'new', grows } : { kind: 'known' }
  }

  #gather(structs: Struct[]): Y.Item[] {
    const items: Y.Item[] = []
    for (const struct of structs) {
      const { client, clock } = struct.id
      if (struct.length > LONGEST_STRUCT) throw new RefusedUpdate('malformed')
      const next = this.#nextClock(client)
      if (struct instanceof Y.Skip || clock + struct.length <= next) continue
      if (clock > next) this.#incomplete = true
      const list = this.#fresh.get(client)
      if (list) list.push(struct)
      else this.#fresh.set(client, [struct])
      if (struct instanceof Y.Item) items.push(struct)
    }
    return items
  }

  #nextClock(client: number): number {
    const last = this.#fresh.get(client)?.at(-1)
    return last ? last.id.clock + last.length : Y.getState(this.#doc.store, client)
  }

  /** Where an item of the update stands; null when that builds on something this server has not got. */
  #placeOf(item: Y.Item): Place | null {
    // An item says its parent only when it has no neighbour: follow the neighbours, without recursion.
    const path = new Set<Y.Item>()
    let place: Place | null = null
    for (let current = item; ; ) {
      const known = this.#places.get(current)
      if (known || current.parent !== null) {
        place = known ?? this.#declaredPlace(current)
        break
      }
      if (path.has(current)) throw new RefusedUpdate('malformed')
      path.add(current)
      const anchor = this.#find(current.origin ?? current.rightOrigin)
      if (!anchor) break
      if (!(anchor instanceof Y.Item)) {
        place = { host: { kind: 'gone' }, attribute: null }
        break
      }
      if (this.#isStored(anchor.id)) {
        place = { host: this.#hostOfType(anchor.parent), attribute: anchor.parentSub }
        break
      }
      current = anchor
    }
    if (place) for (const each of [item, ...path]) this.#places.set(each, place)
    else this.#incomplete = true
    return place
  }

  #declaredPlace({ parent, parentSub }: Y.Item): Place | null {
    if (typeof parent === 'string') {
      if (parent !== EDITOR_FRAGMENT) throw new RefusedUpdate('element')
      return { host: { kind: 'node', name: 'doc', depth: 0 }, attribute: parentSub }
    }
    const holder = this.#find(parent as Y.ID)
    if (!holder) return null
    if (!(holder instanceof Y.Item) || !(holder.content instanceof Y.ContentType)) {
      return { host: { kind: 'gone' }, attribute: parentSub }
    }
    if (this.#isStored(holder.id)) return { host: this.#hostOfType(holder.content.type), attribute: parentSub }
    const { type } = holder.content
    if (!(type instanceof Y.XmlElement)) return { host: { kind: 'text' }, attribute: parentSub }
    const above = this.#placeOf(holder)
    if (!above) return null
    const depth = above.host.kind === 'node' ? above.host.depth + 1 : 1
    return { host: { kind: 'node', name: type.nodeName, depth }, attribute: parentSub }
  }

  /** A type of the stored text. */
  #hostOfType(type: unknown): Host {
    if (type === this.#doc.share.get(EDITOR_FRAGMENT)) return { kind: 'node', name: 'doc', depth: 0 }
    if (type instanceof Y.XmlElement) return { kind: 'node', name: type.nodeName, depth: depthOf(type) }
    return type instanceof Y.XmlText ? { kind: 'text' } : { kind: 'gone' }
  }

  /** Yjs takes the parent of the right neighbour: one in another place would carry the item there. */
  #requireOneHost(item: Y.Item, place: Place): void {
    if (!item.origin || !item.rightOrigin || place.host.kind === 'gone') return
    const right = this.#find(item.rightOrigin)
    if (!right) {
      this.#incomplete = true
      return
    }
    if (!(right instanceof Y.Item)) return
    const other = this.#isStored(right.id)
      ? { host: this.#hostOfType(right.parent), attribute: right.parentSub }
      : this.#placeOf(right)
    if (!other || other.host.kind === 'gone') return
    const same =
      other.attribute === place.attribute &&
      other.host.kind === place.host.kind &&
      (other.host.kind !== 'node' || place.host.kind !== 'node' || other.host.name === place.host.name)
    if (!same) throw new RefusedUpdate('malformed')
  }

  #isStored(id: Y.ID): boolean {
    return id.clock < Y.getState(this.#doc.store, id.client)
  }

  #find(id: Y.ID | null): Y.Item | Y.GC | null {
    if (!id) throw new RefusedUpdate('malformed')
    if (this.#isStored(id)) return Y.getItem(this.#doc.store, id)
    return structAt(this.#fresh.get(id.client) ?? [], id.clock)
  }

  #deletesSomething(ds: DeleteSet): boolean {
    let deletes = false
    for (const [client, ranges] of ds.clients) {
      const stored = Y.getState(this.#doc.store, client)
      const next = this.#nextClock(client)
      for (const { clock, len } of ranges) {
        if (clock + len > next) this.#incomplete = true
        deletes ||= clock + len > stored || !allDeleted(this.#doc.store.clients.get(client) ?? [], clock, len)
      }
    }
    return deletes
  }
}

/** `Y.findIndexSS` throws in a gap. */
function structAt(structs: (Y.Item | Y.GC)[], clock: number): Y.Item | Y.GC | null {
  let low = 0
  for (let high = structs.length; low < high; ) {
    const middle = (low + high) >> 1
    const struct = structs[middle]
    if (struct && struct.id.clock + struct.length <= clock) low = middle + 1
    else high = middle
  }
  const found = structs[low]
  return found && found.id.clock <= clock ? found : null
}

function depthOf(type: Y.XmlElement): number {
  let depth = 1
  for (let item = type._item; item; item = (item.parent as Y.XmlElement | null)?._item ?? null) depth++
  return depth - 1
}

function allDeleted(structs: (Y.Item | Y.GC)[], clock: number, len: number): boolean {
  if (len === 0) return true
  for (let n = Y.findIndexSS(structs, clock); ; n++) {
    const struct = structs[n]
    if (!struct || struct.id.clock >= clock + len) return true
    if (!struct.deleted) return false
  }
}
