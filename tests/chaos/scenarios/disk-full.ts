import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Gate } from '../gate.ts'
import { productStarter } from '../product.ts'
import { installStoreSwitch } from '../store-switch.ts'
import type { Target } from '../target.ts'
import { until } from '../until.ts'
import { Writers } from '../writers.ts'
import { check, type Scenario, type Stage } from './scenario.ts'

/**
 * No room left under `DATA_DIR`: the embedded database cannot grow, then cannot write its own log either; beside
 * PostgreSQL, a stop cannot keep what the database does not take.
 */
export const diskFull: Scenario = {
  name: 'disk-full',
  leftOut: () => (mayMount() ? null : 'a small disk takes the right to mount one (root)'),
  async play(stage) {
    const { kind, storage } = stage
    const folder = storage.env.DATA_DIR
    execFileSync('mount', ['-t', 'tmpfs', '-o', kind === 'pglite' ? 'size=200m' : 'size=1m', 'tmpfs', folder])
    try {
      cpSync(stage.demonstration.env.DATA_DIR, folder, { recursive: true })
      return kind === 'pglite' ? await playEmbedded(stage) : await playSpool(stage)
    } finally {
      // The server may still run, when the scenario failed.
      execFileSync('umount', ['-l', folder])
    }
  },
}

async function playEmbedded({ storage, own }: Stage): Promise<string> {
  const turn = await installStoreSwitch(storage.env)
  const disk = new Disk(storage.env.DATA_DIR)
  const start = await productStarter(storage.env)
  let target = own(await start())
  const writers = new Writers(target, { everyMs: 30 })
  await writers.start()
  await writers.progress('typing')

  disk.fill()
  await until(() => writers.typists.every(typist => !typist.synced), 'no room for one more row', 120_000)
  await sleep(2_000)
  disk.free()
  await writers.progress('room again')

  await turn('changes-wal')
  disk.fill()
  const code = await Promise.race([target.ended, sleep(60_000, 'still running' as const)])
  check(code === 1, `its own log cannot be written: exit code ${code}`)
  const full = await start().then(
    (started: Target) => own(started),
    () => null,
  )
  check(full === null, 'the server starts on a full disk')
  disk.free()
  await turn('none')
  target = own(await start())
  return `no room for a row, then for the log; ${await writers.verify(target)}`
}

async function playSpool({ storage, own }: Stage): Promise<string> {
  const disk = new Disk(storage.env.DATA_DIR)
  const { gate, url } = await Gate.open(storage.env.DATABASE_URL ?? '')
  const start = await productStarter({ ...storage.env, DATABASE_URL: url })
  const target = own(await start())
  const writers = new Writers(target)
  await writers.start()
  await writers.progress('typing')
  disk.fill()
  gate.freeze()
  await sleep(500)
  await target.stop()
  gate.cut()
  await gate.restore()
  disk.free()
  return `nothing kept by a stop without room; ${await writers.verify(own(await start()))}`
}

class Disk {
  readonly #filler: string

  constructor(folder: string) {
    this.#filler = join(folder, 'filler')
  }

  /** To the last block, while the server writes too. */
  fill(): void {
    for (const bytes of [1e6, 4096]) {
      try {
        for (;;) appendFileSync(this.#filler, Buffer.alloc(bytes))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  }

  free(): void {
    rmSync(this.#filler, { force: true })
  }
}

function mayMount(): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
