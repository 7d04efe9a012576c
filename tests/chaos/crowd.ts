import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from './target.ts'
import { Typist } from './typist.ts'
import { until } from './until.ts'

const KEYS_PER_SECOND = 5
/** A person's paragraph never grows above this, so that the text keeps its size. */
const MOST_TOKENS = 60
const departures = ['leave', 'vanish', 'reload'] as const

type Seat = { typist: Typist; session: number; keys: number; erased: Set<string>; away: boolean }

/**
 * People who type 5 keys a second with carets in one text, and come and go: some leave, some vanish without a word, some
 * reload their page. A key is a numbered token, in a paragraph of one's own that each keeps short.
 */
export class Crowd {
  readonly lost: string[] = []
  readonly doubled: string[] = []
  keys = 0
  /** Keys that should have been typed by now. */
  due = 0
  departures = 0
  readonly #target: Target
  readonly #seats: Seat[]
  #delays: number[] = []
  #typing = true
  #working: Promise<unknown> = Promise.resolve()

  constructor(target: Target) {
    this.#target = target
    this.#seats = target.cookies.map(cookie => ({
      typist: this.#open(cookie),
      session: 0,
      keys: 0,
      erased: new Set(),
      away: true,
    }))
  }

  /** Everybody opens the text, then types until `settle`. */
  async start(): Promise<void> {
    await until(() => this.#seats.every(({ typist }) => typist.synced), 'pages opened')
    const typing = this.#seats.map((seat, place) => this.#type(seat, place))
    for (const seat of this.#seats) seat.away = false
    this.#working = Promise.all([...typing, this.#comeAndGo()])
    // Told by `settle`.
    this.#working.catch(() => {})
  }

  /** Milliseconds between keys and their acknowledgements, since the last call. */
  takeDelays(): number[] {
    for (const { typist } of this.#seats) this.#delays.push(...typist.delays.splice(0))
    const delays = this.#delays
    this.#delays = []
    return delays
  }

  /** How many bytes the text weighs. */
  get textBytes(): number {
    return this.#seats[0]?.typist.stateBytes ?? 0
  }

  /** Stops typing, and compares all pages with a fresh one. @returns how many different texts there are. */
  async settle(): Promise<number> {
    this.#typing = false
    await this.#working
    const typists = this.#seats.map(({ typist }) => typist)
    await until(() => typists.every(typist => typist.settled), 'everything stored')
    const reader = this.#open(this.#target.cookies[0] ?? '')
    await until(() => reader.synced, 'a fresh reader')
    const texts = () => new Set([reader, ...typists].map(typist => typist.words)).size
    await until(() => texts() === 1, 'convergence').catch(() => {})
    for (const seat of this.#seats) this.#check(seat, reader.found())
    const different = texts()
    for (const typist of [reader, ...typists]) typist.leave()
    return different
  }

  async #type(seat: Seat, place: number): Promise<void> {
    const every = 1000 / KEYS_PER_SECOND
    let next = performance.now() + Math.random() * every
    while (this.#typing) {
      await sleep(Math.max(0, next - performance.now()))
      next += every
      if (seat.away) continue
      this.#key(seat, place)
      this.due++
      // Late by more than a second: those keys are never typed, and count as missing.
      const missed = Math.floor((performance.now() - next) / every)
      if (missed < KEYS_PER_SECOND) continue
      this.due += missed
      next += missed * every
    }
  }

  #key(seat: Seat, place: number): void {
    const { typist } = seat
    typist.type(`[${place}.${seat.session}.${seat.keys++}]`, 'own')
    typist.moveCaret()
    this.keys++
    if (seat.keys % (MOST_TOKENS / 2) === 0) {
      for (const token of typist.eraseOldest(MOST_TOKENS / 2)) seat.erased.add(token)
    }
  }

  async #comeAndGo(): Promise<void> {
    for (let n = 0; this.#typing; n++) {
      await sleep(2_000 + Math.random() * 4_000)
      const seat = this.#seats[Math.floor(Math.random() * this.#seats.length)]
      const how = departures[n % departures.length]
      if (!seat || !how || !this.#typing) continue
      await this.#replace(seat, how)
    }
  }

  /** Somebody goes; whoever comes back finds all that had been acknowledged, and takes their paragraph away. */
  async #replace(seat: Seat, how: (typeof departures)[number]): Promise<void> {
    const before = seat.typist
    seat.away = true
    if (how === 'vanish') before.vanish()
    else before.leave()
    this.#delays.push(...before.delays)
    if (how !== 'reload') await sleep(500 + Math.random() * 3_000)
    seat.typist = this.#open(before.cookie)
    await until(() => seat.typist.synced, 'a page opened again')
    const found = seat.typist.found()
    this.#check({ ...seat, typist: before }, found)
    const left = before.tokens.findLast(token => found.has(token))
    if (left) seat.typist.eraseParagraphOf(left)
    Object.assign(seat, { session: seat.session + 1, keys: 0, erased: new Set(), away: false })
    this.departures++
  }

  #check({ typist, erased }: Seat, found: Map<string, number>): void {
    this.lost.push(...[...typist.acknowledged].filter(token => !erased.has(token) && !found.has(token)))
    this.doubled.push(...typist.tokens.filter(token => (found.get(token) ?? 0) > 1))
  }

  #open(cookie: string): Typist {
    return new Typist({ port: this.#target.port, text: this.#target.text, cookie })
  }
}
