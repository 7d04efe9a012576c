import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#server/log.ts'
import { type LiveAccess, type LiveSessions, reauthenticate } from './authenticate.ts'
import type { LiveSocket } from './live-socket.ts'

/** Questions asked of the database together, and the rest before the next ones: PGlite answers in the event loop. */
const AT_ONCE = 25
const REST_MS = 15

/**
 * Asks again, for every open socket, whether its session holds and what its person may do: rights also change by the
 * clock, or on another node, where nothing announces it.
 */
export class Recheck {
  readonly #sockets: () => Iterable<LiveSocket>
  readonly #doors: { sessions: LiveSessions; access: LiveAccess }
  readonly #log: Log
  readonly #timer: NodeJS.Timeout
  #running = false
  #again = false
  #stopped = false

  constructor(options: {
    sockets: () => Iterable<LiveSocket>
    doors: { sessions: LiveSessions; access: LiveAccess }
    log: Log
    everyMs: number
  }) {
    this.#sockets = options.sockets
    this.#doors = options.doors
    this.#log = options.log
    this.#timer = setInterval(() => this.now(), options.everyMs)
    this.#timer.unref()
  }

  /** Starts a round now. One that is under way may have passed somebody already: another one follows it. */
  now(): void {
    this.#again = true
    if (!this.#running) void this.#run()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#again = false
    this.#stopped = true
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#again) {
      this.#again = false
      try {
        await this.#round()
      } catch (err) {
        // Nobody is put out because the database did not answer: it would not take their edits either.
        this.#log.error({ err }, 'rights on live texts not checked')
      }
    }
    this.#running = false
  }

  /** Several tabs of one person on one text are one question. A few at a time, so that nobody's typing waits. */
  async #round(): Promise<void> {
    const groups = Map.groupBy(this.#sockets(), ({ admission, text }) =>
      [admission.sessionId, text.name, admission.mode].join(' '),
    )
    const questions = [...groups.values()].flatMap(sockets =>
      sockets[0] ? [{ sockets, asked: sockets[0].admission }] : [],
    )
    for (let from = 0; from < questions.length; from += AT_ONCE) {
      if (from > 0) await sleep(REST_MS)
      if (this.#stopped) return
      const some = questions.slice(from, from + AT_ONCE)
      const reasons = await reauthenticate(
        some.map(({ asked }) => asked),
        this.#doors,
      )
      for (const [n, { sockets }] of some.entries()) {
        const reason = reasons[n]
        if (reason) for (const socket of sockets) socket.close(reason)
      }
    }
  }
}
