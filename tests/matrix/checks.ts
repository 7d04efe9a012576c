import { expect } from 'vitest'
import { everyone, type Person } from './people.ts'
import type { Answer, Asked, Site } from './site.ts'

/** What must come back: a status, or a redirection to an address that begins so; `done`: and says what has been done. */
export type Outcome = number | { to: string; done?: true }

/** One person, one request, one answer. */
export type Check = {
  rule: string
  who: Person
  asked: Asked
  expected: Outcome
  /** The address with the names of what varies: `reunions/:id/annonce`. */
  route: string
  /** What is asked for, by its key. */
  thing: string
  /** The part of the address that names the thing. With it, a 404 must read as that of any other thing, existing or not. */
  own?: string
}

/** The identifier of nothing. */
export const unknownId = 'd4f3a1de-0000-4000-8000-00000000abcd'

/** The same page as data, as the browser asks for it when it moves from page to page. */
export function asData(path: string): string {
  const [pathname = '', query] = path.split('?', 2)
  return `${pathname === '/' ? '/_root' : pathname}.data${query === undefined ? '' : `?${query}`}`
}

/** What somebody without a session gets: the way in, which leads back to a page that was asked for. */
export function signInFirst(path: string, method: 'GET' | 'POST'): Outcome {
  return { to: method === 'GET' ? `/connexion?retour=${encodeURIComponent(path)}` : '/connexion' }
}

/** True for a check that changes the database. */
export const isDone = ({ expected }: Check): boolean => typeof expected !== 'number' && expected.done === true

/** The same request, as data. */
export const data = (check: Check): Check => ({ ...check, asked: { ...check.asked, path: asData(check.asked.path) } })

/** Asks, compares, counts. One matrix for a test file. */
export class Matrix {
  readonly #site: Site
  /** By person and route, what is answered when there is nothing to read. */
  readonly #nothing = new Map<string, { thing: string; answer: string; others: number }>()
  count = 0

  constructor(site: Site) {
    this.#site = site
  }

  /** Runs checks that change nothing, and proves that they did not. */
  async refuse(checks: readonly Check[]): Promise<void> {
    const before = await this.#site.checksum()
    const failures = await this.#run(checks, check => this.#site.ask(check.who, check.asked))
    expect(failures).toEqual([])
    expect(await this.#site.checksum()).toEqual(before)
    expect(this.#site.errors, 'a refusal is not an error of the server').toEqual([])
  }

  /** Runs checks that change the database, each on the same state. */
  async allow(checks: readonly Check[]): Promise<void> {
    const failures = await this.#run(checks, check => this.#site.undone(() => this.#site.ask(check.who, check.asked)))
    expect(failures).toEqual([])
    expect(this.#site.errors).toEqual([])
  }

  /** How many times something that is not for a person was refused to them exactly as something else was. */
  get comparedNothing(): number {
    return [...this.#nothing.values()].reduce((total, { others }) => total + others, 0)
  }

  async #run(checks: readonly Check[], ask: (check: Check) => Promise<Answer>): Promise<string[]> {
    const failures: string[] = []
    for (const check of checks) {
      const answer = await ask(check)
      const received = outcomeOf(answer)
      this.count += 1
      if (!matches(check.expected, received)) failures.push(sentence(check, received))
      else if (check.expected === 404) this.#compare(check, answer, failures)
    }
    return failures
  }

  #compare(check: Check, answer: Answer, failures: string[]): void {
    const { who, asked, route, thing, own } = check
    if (own === undefined) return
    const key = [who, asked.method ?? (asked.form ? 'POST' : 'GET'), route, isData(asked.path) ? 'data' : 'page'].join(
      ' ',
    )
    const shown = withoutItsOwn(answer, own)
    const first = this.#nothing.get(key)
    if (!first) this.#nothing.set(key, { thing, answer: shown, others: 0 })
    else if (first.answer === shown) first.others += 1
    else
      failures.push(
        `[H0] ${key}: ${thing} is refused otherwise than ${first.thing}: ${difference(shown, first.answer)}`,
      )
  }
}

function sentence({ rule, who, asked, route, thing, expected }: Check, received: Outcome): string {
  const method = asked.method ?? (asked.form ? 'POST' : 'GET')
  const kind = isData(asked.path) ? ' as data' : ''
  return `[${rule}] ${who} ${method} ${route}${kind} on ${thing}: expected ${say(expected)}, got ${say(received)}`
}

const say = (outcome: Outcome) => (typeof outcome === 'number' ? String(outcome) : `→ ${outcome.to}`)

function matches(expected: Outcome, received: Outcome): boolean {
  if (typeof expected === 'number' || typeof received === 'number') return expected === received
  return received.to.startsWith(expected.to) && (!expected.done || /[?&]fait=/.test(received.to))
}

function outcomeOf({ status, headers, body }: Answer): Outcome {
  if (status === 302) return { to: headers.get('location') ?? '' }
  // As data, a redirection is a message: ["SingleFetchRedirect",1],{…},"redirect","/…".
  const to = status === 202 ? /"redirect","([^"]*)"/.exec(body)?.[1] : undefined
  return to === undefined ? status : { to }
}

function isData(path: string): boolean {
  return /\.data(\?|$)/.test(path)
}

/** The answer without what is particular to one request: its address, its reference, its nonce. */
function withoutItsOwn({ status, headers, body }: Answer, own: string): string {
  const csp = headers.get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(csp)?.[1] ?? ''
  const secrets = [headers.get('x-reference') ?? '', nonce, own].filter(Boolean)
  const hide = (text: string) => secrets.reduce((shown, secret, n) => shown.replaceAll(secret, `<${n}>`), text)
  const kept = [...headers].filter(([name]) => name !== 'date')
  return [status, ...kept.map(([name, value]) => `${name}: ${hide(value)}`), hide(body)].join('\n')
}

function difference(one: string, other: string): string {
  const at = [...one].findIndex((character, n) => character !== other[n])
  return `« ${one.slice(at, at + 80)} » / « ${other.slice(at, at + 80)} »`
}

/** How many answers were checked, in the test's output. */
export function announceCount(what: string, matrix: Matrix | undefined): void {
  process.stdout.write(
    `Matrice, ${what} : ${matrix?.count ?? 0} réponses vérifiées pour ${everyone.length} personnes.\n`,
  )
}
