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
    const delay = delayBefore(this.shown, status, new Date())
    if (sameStatus(this.shown, status)) this.cancel()
    else if (delay === 0) this.pass(status)
    else {
      this.waiting = status
      this.timer ??= setTimeout(() => this.lookAgain(), delay)
    }
  }

  stop(): void {
    this.cancel()
  }

  private lookAgain(): void {
    const status = this.waiting
    this.cancel()
    if (!status) return
    // Acknowledgements came meanwhile: what waits now is younger than what started the wait.
    const isYoung = status.state === 'unsaved' && this.shown.state === 'saved'
    if (isYoung && delayBefore(this.shown, status, new Date()) > 0) this.next(status)
    else this.pass(status)
  }

  private pass(status: LiveStatus): void {
    this.cancel()
    this.shown = status
    this.show(status)
  }

  private cancel(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.waiting = null
  }
}
