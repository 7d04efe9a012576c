import { awayMs } from './backoff.ts'

/**
 * Whether the server that takes mail is away: two different mails went unanswered, and none was answered since. The others
 * then rest without a try. One mail alone proves nothing: it may be what a server chokes on.
 */
export class Away {
  readonly #unanswered = new Set<string>()
  #until: Date | null = null

  /** Until when nothing is tried; null when a mail may leave. */
  until(now: Date): Date | null {
    return this.#until !== null && this.#until > now ? this.#until : null
  }

  unanswered(mailId: string, now: Date): void {
    this.#unanswered.add(mailId)
    if (this.#unanswered.size > 1) this.#until = new Date(now.getTime() + awayMs)
  }

  answered(): void {
    this.#unanswered.clear()
    this.#until = null
  }
}
