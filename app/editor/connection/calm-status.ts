import { delayBefore, type LiveStatus, sameStatus } from '../live-status.ts'

/**
 * Passes on the status of a session when it is worth showing: an edit that is acknowledged within the time of a blink, or
 * a reconnection, changes nothing for the eye.
 */
export class CalmStatus {
  private shown: LiveStatus
  private readonly show: (status: LiveStatus) => void
  private waiting: LiveStatus | null = null
  private timer: ReturnType<typeof setTimeout> | null = null

  /** Shows the first status at once. */
  constructor(first: LiveStatus, show: (status: LiveStatus) => void) {
    this.shown = first
    this.show = show
    show(first)
  }

  next(status: LiveStatus): void {
    const delay = delayBefore(this.shown, status)
    if (delay === 0) {
      this.cancel()
      if (!sameStatus(this.shown, status)) this.pass(status)
      return
    }
    this.waiting = status
    this.timer ??= setTimeout(() => {
      this.timer = null
      if (this.waiting) this.pass(this.waiting)
    }, delay)
  }

  stop(): void {
    this.cancel()
  }

  private pass(status: LiveStatus): void {
    this.waiting = null
    this.shown = status
    this.show(status)
  }

  private cancel(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.waiting = null
  }
}
