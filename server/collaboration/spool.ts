import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '#server/log.ts'
import type { Edit, Outcome } from './append.ts'

const PREFIX = 'live-edits-'

/** Keeps, in a file, the edits that a stop could not write: they were not acknowledged, and their authors may be gone. */
export function spool(folder: string, edits: Edit[], log: Log): void {
  if (edits.length === 0) return
  try {
    writeSpool(folder, edits)
    log.warn({ edits: edits.length }, 'live edits spooled')
  } catch (err) {
    log.error({ err, edits: edits.length }, 'live edits not spooled')
  }
}

function writeSpool(folder: string, edits: Edit[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = join(folder, `${PREFIX}${process.pid}-${process.hrtime.bigint()}.jsonl`)
  const lines = edits.map(({ update, ...edit }) =>
    JSON.stringify({ ...edit, update: Buffer.from(update).toString('base64') }),
  )
  // Whole or not at all: a file of half a line would be read at the next start.
  writeFileSync(`${name}.part`, `${lines.join('\n')}\n`, { mode: 0o600, flush: true })
  renameSync(`${name}.part`, name)
}

/**
 * Writes the edits that a previous stop had spooled. Those of a text sealed since are refused, as they would have been
 * from their author. A file stays until all that it holds has been dealt with.
 */
export async function reloadSpool(folder: string, append: (edit: Edit) => Promise<Outcome>, log: Log): Promise<void> {
  for (const name of spooled(folder, log)) {
    try {
      const edits = readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean).map(readEdit)
      const outcomes = await Promise.all(edits.map(append))
      if (outcomes.includes('failed')) throw new Error('the database does not take them')
      rmSync(join(folder, name))
      const refused = outcomes.filter(outcome => outcome === 'closed').length
      log.info({ edits: outcomes.length, refused }, 'spooled live edits reloaded')
    } catch (err) {
      log.error({ err, file: name }, 'spooled live edits not reloaded')
    }
  }
}

function spooled(folder: string, log: Log): string[] {
  try {
    return readdirSync(folder).filter(name => name.startsWith(PREFIX) && name.endsWith('.jsonl'))
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ENOENT') log.error({ err }, 'spooled live edits not reloaded')
    return []
  }
}

function readEdit(line: string): Edit {
  const { liveTextId, accountId, update } = JSON.parse(line) as { [Key in keyof Edit]: string }
  return { liveTextId, accountId, update: Buffer.from(update, 'base64') }
}
