import { randomBytes } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Mendable } from './mendable.ts'
import { identifySelf, isHere, type ProcessIdentity, stillRuns } from './process-identity.ts'

/** How often the holder shows that it is alive, and how long its silence must last before another machine may take over. */
const HEARTBEAT_MS = 5_000
const SILENCE_MS = 30_000

export type FolderLock = {
  /** Gives the folder back. Calling it twice is harmless. */
  release(): void
}

/** Another living process holds the folder: nothing was touched. `pid` is that process, as seen by its own machine. */
export class FolderLockedError extends Mendable {
  readonly pid: number
  constructor(folder: string, holder: Holder) {
    super(
      holder.pid === process.pid && isHere(holder)
        ? `Le dossier de données « ${folder} » est déjà ouvert par ce même processus (${process.pid}).`
        : `Le dossier de données « ${folder} » est déjà utilisé par le processus ${holder.pid}${isHere(holder) ? '' : ` de la machine « ${holder.machine} »`}, démarré le ${frenchDate(holder.since)}. ` +
            'Deux processus ne peuvent pas ouvrir le même dossier : arrêtez le premier, ou donnez un autre dossier par DATA_DIR. Rien n’a été modifié.',
    )
    this.name = 'FolderLockedError'
    this.pid = holder.pid
  }
}

/**
 * Takes the exclusive lock of a data folder. The embedded database has none of its own: two processes on one folder
 * destroy it without an error.
 *
 * The lock is the file `lock.<n>` of highest n. It is created by a hard link, so it exists with its whole content or not
 * at all, and only one process can create a given n. Taking over a dead holder's lock is creating n + 1, never removing
 * n first: of two contenders that saw the same dead process, one creates n + 1 and the other starts again and meets it.
 *
 * @param onLost called once if the lock turns out to be somebody else's: the caller must stop writing at once.
 * @throws FolderLockedError when a living process holds it.
 */
export async function lockFolder(folder: string, onLost: (why: string) => void = () => {}): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true })
  const content = JSON.stringify({ ...identifySelf(), since: new Date().toISOString() } satisfies Holder)
  for (;;) {
    const last = latest(folder)
    const holder = last > 0 ? readHolder(folder, last) : null
    if (holder === 'vanished') continue
    if (holder && (await isAlive(folder, last, holder))) throw new FolderLockedError(folder, holder)
    const mine = last + 1
    if (!createWhole(folder, mine, content)) continue
    // A listing made while others replaced their files may have missed the real last one: look again once ours exists.
    if (latest(folder) !== mine) {
      rmSync(path(folder, mine), { force: true })
      continue
    }
    for (const n of generations(folder)) if (n < mine) rmSync(path(folder, n), { force: true })
    return hold(folder, mine, onLost)
  }
}

type Holder = ProcessIdentity & { since: string }

function hold(folder: string, mine: number, onLost: (why: string) => void): FolderLock {
  let held = true
  const heartbeat = setInterval(() => {
    try {
      if (latest(folder) !== mine) throw new Error('superseded')
      const now = new Date()
      utimesSync(path(folder, mine), now, now)
    } catch {
      held = false
      clearInterval(heartbeat)
      onLost('the lock of the folder is no longer ours')
    }
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return {
    release() {
      if (!held) return
      held = false
      clearInterval(heartbeat)
      // Emptied rather than removed: a number that was seen once must never be free again.
      const draft = writeDraft(folder, '')
      renameSync(draft, path(folder, mine))
    },
  }
}

function createWhole(folder: string, n: number, content: string): boolean {
  const draft = writeDraft(folder, content)
  try {
    linkSync(draft, path(folder, n))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeDraft(folder: string, content: string): string {
  const draft = join(folder, `.lock-${process.pid}-${randomBytes(6).toString('hex')}`)
  writeFileSync(draft, content, { flag: 'wx', flush: true })
  return draft
}

/** `null`: given back by its holder, or unreadable, which a whole-or-nothing file never is while it is held. */
function readHolder(folder: string, n: number): Holder | null | 'vanished' {
  try {
    const text = readFileSync(path(folder, n), 'utf8')
    return text === '' ? null : (JSON.parse(text) as Holder)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'vanished' : null
  }
}

/** Another machine or container cannot be asked about its processes: its heartbeat is watched instead. */
async function isAlive(folder: string, n: number, holder: Holder): Promise<boolean> {
  if (isHere(holder)) return stillRuns(holder)
  const first = beat(folder, n)
  const watchUntil = Date.now() + Math.max(HEARTBEAT_MS * 2, SILENCE_MS - (Date.now() - first))
  while (Date.now() < watchUntil) {
    await sleep(500)
    if (beat(folder, n) !== first) return true
  }
  return false
}

function beat(folder: string, n: number): number {
  try {
    return statSync(path(folder, n)).mtimeMs
  } catch {
    return 0
  }
}

function latest(folder: string): number {
  return Math.max(0, ...generations(folder))
}

function generations(folder: string): number[] {
  return readdirSync(folder).flatMap(name => {
    const match = /^lock\.(\d{1,9})$/.exec(name)
    return match ? [Number(match[1])] : []
  })
}

function path(folder: string, n: number): string {
  return join(folder, `lock.${n}`)
}

function frenchDate(iso: string): string {
  return new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(
    new Date(iso),
  )
}
