import { Worker } from 'node:worker_threads'
import { Invalid } from '#server/errors.ts'

/** Rows of a file as text, the first one being the names of the columns. */
export type TableRows = string[][]

export type TableJob = { bytes: Uint8Array; mostRows: number }
export type TableReply = { rows: TableRows } | { refused: string }

const LARGEST_FILE_BYTES = 900 * 1024
/** What the thread that reads a file may take: hundreds of lines need a tenth of it. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }

/**
 * Reads a CSV (`;`, `,` or tabs; UTF-8, BOM or not, or Windows-1252) or XLSX file that somebody sent, in a thread of its own,
 * one file at a time: one made to harm takes neither the memory nor the time of those who are working. Dates come as
 * `YYYY-MM-DD`. The contents say what it is, whatever its name.
 *
 * @param limit milliseconds after which a file is given up
 * @throws Invalid, on the field `file`, for what is too large, of another kind, packed to harm, or holds formulas
 */
export async function readTableFile(bytes: Uint8Array, mostRows: number, limit = 10_000): Promise<TableRows> {
  if (bytes.length === 0) throw refused('Ce fichier est vide. Choisissez le fichier rempli.')
  if (bytes.length > LARGEST_FILE_BYTES) throw refused('Ce fichier dépasse 900 Ko. Partagez-le en plusieurs fichiers.')
  const reading = queue.then(() => readApart({ bytes, mostRows }, limit))
  queue = reading.then(
    () => {},
    () => {},
  )
  const reply = await reading
  if ('refused' in reply) throw refused(reply.refused)
  return reply.rows
}

let queue: Promise<void> = Promise.resolve()

const tooLong =
  'Ce fichier est trop long à lire. Copiez ses lignes dans le modèle à télécharger, ou enregistrez-le en CSV.'

/** Answers whatever happens to the thread: out of time and out of memory are answers too. */
function readApart(job: TableJob, limit: number): Promise<TableReply> {
  return new Promise(resolve => {
    const options = { workerData: job, execArgv: [], env: {}, resourceLimits }
    const worker = new Worker(new URL('./table-worker.ts', import.meta.url), options)
    const answer = (reply: TableReply) => {
      clearTimeout(timer)
      void worker.terminate()
      resolve(reply)
    }
    const timer = setTimeout(() => answer({ refused: tooLong }), limit)
    worker.once('message', answer)
    worker.once('error', () => answer({ refused: tooLong }))
    worker.once('exit', () => answer({ refused: tooLong }))
  })
}

function refused(message: string): Invalid {
  return new Invalid(message, { file: [message] })
}
