/** What one socket may send for long, and at once. A person who types sends 10 to 20 frames a second. */
const FRAMES = { perSecond: 150, atOnce: 600 }
const BYTES = { perSecond: 256 * 1024, atOnce: 1024 * 1024 }
/** Frames received and not yet handled. */
const MOST_WAITING = 64

/** Slows the reading of a socket that sends more than can be handled. Nothing is dropped: TCP makes the sender wait. */
export class Flow {
  readonly #source: { pause(): void; resume(): void }
  #waiting = 0
  #frames = FRAMES.atOnce
  #bytes = BYTES.atOnce
  #countedAt = performance.now()
  #resting: NodeJS.Timeout | null = null
  #paused = false

  constructor(source: { pause(): void; resume(): void }) {
    this.#source = source
  }

  /** A frame came. */
  received(bytes: number): void {
    this.#waiting += 1
    this.#frames -= 1
    this.#bytes -= bytes
    if (!this.#resting) this.#restIfNeeded()
    this.#settle()
  }

  /** A frame has been handled. */
  handled(): void {
    this.#waiting -= 1
    this.#settle()
  }

  /** The socket has closed. */
  end(): void {
    if (this.#resting) clearTimeout(this.#resting)
  }

  /** Frames that were read already still come while the socket rests: it then rests again. */
  #restIfNeeded(): void {
    this.#refill()
    const rest = Math.max(-this.#frames / FRAMES.perSecond, -this.#bytes / BYTES.perSecond) * 1000
    this.#resting = rest > 0 ? setTimeout(() => this.#endOfRest(), rest) : null
  }

  #endOfRest(): void {
    this.#restIfNeeded()
    this.#settle()
  }

  #refill(): void {
    const now = performance.now()
    const seconds = (now - this.#countedAt) / 1000
    this.#countedAt = now
    this.#frames = Math.min(FRAMES.atOnce, this.#frames + seconds * FRAMES.perSecond)
    this.#bytes = Math.min(BYTES.atOnce, this.#bytes + seconds * BYTES.perSecond)
  }

  #settle(): void {
    const paused = this.#resting !== null || this.#waiting > MOST_WAITING
    if (paused === this.#paused) return
    this.#paused = paused
    if (paused) this.#source.pause()
    else this.#source.resume()
  }
}
