/** Twice what the product has, some 260 for the shapes of rights of 600 people: what is left out is planned at each run. */
const most = 600

/**
 * Which statements are worth keeping planned on each connection: those that come back with the same text. A process keeps
 * them all the while it runs, so their number is bounded.
 */
export class RepeatedStatements {
  #once = new Set<string>()
  readonly #repeated = new Set<string>()

  /** True from the second time on. */
  note(statement: string): boolean {
    if (this.#repeated.has(statement)) return true
    if (this.#repeated.size >= most || !/^\s*\(*(select|with|insert|update|delete)\b/i.test(statement)) return false
    if (this.#once.delete(statement)) {
      this.#repeated.add(statement)
      return true
    }
    if (this.#once.size >= most) this.#once.clear()
    this.#once.add(statement)
    return false
  }
}
