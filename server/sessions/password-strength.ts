import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** From 0, guessed at once, to 4; and what to change, in French. */
export type Strength = { score: number; advice: readonly string[] }

/** The time that a check takes grows with the square of the length; what follows could only make a password stronger. */
const judgedCharacters = 40

/** After the last check, in milliseconds: whoever is refused a password chooses another one soon. */
const restsAfter = 60_000

type Waiting = { resolve(strength: Strength): void; reject(error: Error): void }

let running: Judge | null = null

/**
 * How easily a password would be guessed, judged in a thread of its own: people who are writing do not wait for it.
 *
 * @param words that the person's own name, address or body would suggest
 */
export function strengthOf(password: string, words: readonly string[]): Promise<Strength> {
  running ??= new Judge()

  return running.ask(password.normalize('NFC').slice(0, judgedCharacters), words)
}

class Judge {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #rest: NodeJS.Timeout | undefined

  constructor() {
    this.#worker = new Worker(join(import.meta.dirname, 'strength-worker.ts'))
    // A process that stops does not wait for it.
    this.#worker.unref()
    this.#worker.on('message', (answer: Strength & { id: number }) => this.#answered(answer))
    this.#worker.on('error', error => this.#failed(error))
    this.#worker.on('exit', () => this.#failed(new Error('the judge of passwords stopped')))
  }

  ask(password: string, words: readonly string[]): Promise<Strength> {
    clearTimeout(this.#rest)
    this.#asked += 1
    const id = this.#asked
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, password, words })
    })
  }

  #answered({ id, score, advice }: Strength & { id: number }): void {
    this.#waiting.get(id)?.resolve({ score, advice })
    this.#waiting.delete(id)
    if (this.#waiting.size > 0) return
    this.#rest = setTimeout(() => this.#stop(), restsAfter).unref()
  }

  #stop(): void {
    running = null
    void this.#worker.terminate()
  }

  #failed(error: Error): void {
    if (this.#waiting.size > 0) running = null
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
