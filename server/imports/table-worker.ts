import { parentPort, workerData } from 'node:worker_threads'
import { Invalid } from '#server/errors.ts'
import type { TableJob, TableReply } from './table-file.ts'
import { tableRows } from './table-rows.ts'

/** The thread that reads one file and ends. Anything but a refusal ends it, and is told as an error. */
const { bytes, mostRows } = workerData as TableJob

let reply: TableReply
try {
  reply = { rows: await tableRows(bytes, mostRows) }
} catch (error) {
  if (!(error instanceof Invalid)) throw error
  reply = { refused: error.message }
}
parentPort?.postMessage(reply)
