import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../load/statistics.ts'
import type { Target } from './target.ts'
import { Typist } from './typist.ts'
import { until } from './until.ts'

/** Pages come back by themselves, and bring what was written meanwhile. */
const BOUND_MS = 120_000

/** Pages that go on typing whatever happens to the server, and what they may expect of it in the end. */
export class Writers {
  readonly typists: Typist[]
  readonly #everyMs: number
  readonly #group: number
  #typing = false

  constructor(target: Target, options: { pages?: number; everyMs?: number; group?: number } = {}) {
    this.typists = target.cookies.slice(0, options.pages).map(cookie => new Typist({ ...target, cookie }))
    this.#everyMs = options.everyMs ?? 60
    this.#group = options.group ?? 0
  }

  /** Everybody opens the text, and begins to type. */
  async start(): Promise<void> {
    await until(() => this.typists.every(typist => typist.synced), 'pages opened')
    this.#typing = true
    for (const [who, typist] of this.typists.entries()) void this.#type(who, typist)
  }

  /** Tokens whose acknowledgement has come. */
  get acknowledged(): number {
    return this.typists.reduce((total, typist) => total + typist.acknowledged.size, 0)
  }

  /** An acknowledgement comes. */
  async progress(what: string): Promise<void> {
    const before = this.acknowledged
    await until(() => this.acknowledged > before, what, BOUND_MS)
  }

  /** Milliseconds to an acknowledgement, p95, while something else lasts. */
  async p95During(work: Promise<unknown>): Promise<number> {
    for (const typist of this.typists) typist.delays.length = 0
    await work
    const delays = this.typists.flatMap(typist => typist.delays)
    return percentile(delays, 95)
  }

  /** All pages are lost at once, without a word. */
  vanish(): void {
    this.#typing = false
    for (const typist of this.typists) typist.vanish()
  }

  /**
   * Stops typing, waits until everything is stored, and reads with a fresh page.
   * @throws when something acknowledged is lost or doubled, or pages differ.
   */
  async verify(target: Target, others: Typist[] = []): Promise<string> {
    this.#typing = false
    const all = [...this.typists, ...others]
    await until(() => all.every(typist => typist.settled), 'everything stored', BOUND_MS)
    const reader = await readFresh(target)
    const texts = () => new Set([...all, reader].map(typist => typist.words)).size
    await until(() => texts() === 1, 'pages that say the same')
    for (const typist of [...all, reader]) typist.leave()
    return requireEveryToken(all, reader)
  }

  async #type(who: number, typist: Typist): Promise<void> {
    for (let n = 0; this.#typing; n++) {
      typist.type(`[${this.#group}.${who}.${n}]`, n % 2 === 0 ? 'own' : 'shared')
      if (n % 3 === 0) typist.moveCaret()
      await sleep(this.#everyMs * (0.5 + Math.random()))
    }
  }
}

/**
 * What pages that are gone may expect.
 * @throws when something acknowledged is lost or doubled.
 */
export function requireEveryToken(typists: Typist[], reader: Typist): string {
  const found = reader.found()
  const acknowledged = typists.flatMap(typist => [...typist.acknowledged])
  const lost = acknowledged.filter(token => !found.has(token))
  const doubled = typists.flatMap(typist => typist.tokens).filter(token => (found.get(token) ?? 0) > 1)
  const told = `${acknowledged.length} acknowledged, ${lost.length} lost, ${doubled.length} doubled`
  if (lost.length + doubled.length > 0) throw new Error(`${told}: ${[...lost, ...doubled].slice(0, 20).join(' ')}`)
  return told
}

/** Somebody who opens the text for the first time. */
export async function readFresh(target: Target): Promise<Typist> {
  const reader = new Typist({ ...target, cookie: target.cookies[0] ?? '' })
  await until(() => reader.synced, 'a fresh reader')
  return reader
}
