import { Worker } from 'node:worker_threads'

/** A template of this folder and the data it reads, as JSON: never Typst source made from what people write. */
export interface TypstJob {
  template: `${string}.typ`
  data: string
}

export type TypstReply = TypstPdf | { failure: string }

export interface TypstPdf {
  pdf: Uint8Array<ArrayBuffer>
  pages: number
  /** Why the file is not PDF/UA-1 (a character without a glyph, mostly); null when it is. */
  problem: string | null
  milliseconds: number
}

/** The layout failed, or took longer than it may. The message quotes nothing of the document. */
export class TypstError extends Error {
  override readonly name = 'TypstError'
}

/**
 * Lays a template of this folder out with its data, in a thread of its own: as PDF/UA-1, or as a tagged PDF with a
 * `problem` where the standard refuses. One document at a time. Same template and data, same bytes.
 *
 * @throws TypstError when the layout fails or takes more than `limit` milliseconds.
 */
export function typeset(template: `${string}.typ`, data: unknown, limit = 60_000): Promise<TypstPdf> {
  const job: TypstJob = { template, data: JSON.stringify(data) }
  const result = queue.then(() => perform(job, limit))
  queue = result.then(
    () => {},
    () => {},
  )
  return result
}

let queue: Promise<void> = Promise.resolve()
/** Made for the first document and kept; replaced after a failure of the thread itself. */
let thread: Worker | null = null

async function perform(job: TypstJob, limit: number): Promise<TypstPdf> {
  const worker = thread ?? startThread()
  worker.ref()
  try {
    const reply = await answer(worker, job, limit)
    if ('failure' in reply) throw new TypstError(reply.failure)
    return reply
  } finally {
    // An idle thread does not keep the process alive.
    worker.unref()
  }
}

function startThread(): Worker {
  const worker = new Worker(new URL('./typst-worker.ts', import.meta.url), { execArgv: [], env: {} })
  worker.once('exit', () => {
    if (thread === worker) thread = null
  })
  thread = worker
  return worker
}

function answer(worker: Worker, job: TypstJob, limit: number): Promise<TypstReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => abandon(`no PDF after ${limit} ms`), limit)
    const onMessage = (reply: TypstReply) => {
      release()
      resolve(reply)
    }
    const onError = (error: Error) => abandon(error.name)
    const onExit = (code: number) => abandon(`the layout thread ended with code ${code}`)
    const release = () => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
    }
    const abandon = (reason: string) => {
      release()
      if (thread === worker) thread = null
      void worker.terminate()
      reject(new TypstError(reason))
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(job)
  })
}
