import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderLockedError, lockFolder } from '#db/lock.ts'

const HOLDER = join(import.meta.dirname, 'lock-holder.ts')

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'espace-lock-'))
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

describe('the lock of a data folder', () => {
  it('refuses a second process in French, naming the pid of the first, and touches nothing', async () => {
    const first = await holder()
    const before = contents()

    const refusal = await lockFolder(folder).catch((error: unknown) => error)

    expect(refusal).toBeInstanceOf(FolderLockedError)
    expect((refusal as FolderLockedError).pid).toBe(first.process.pid)
    expect((refusal as Error).message).toContain(`déjà utilisé par le processus ${first.process.pid}`)
    expect(contents()).toEqual(before)
    expect(first.process.exitCode).toBeNull()
  })

  it('refuses the same process twice', async () => {
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow('ce même processus')
    lock.release()
  })

  it('is free again once given back', async () => {
    const first = await lockFolder(folder)
    first.release()
    first.release()
    const second = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(FolderLockedError)
    second.release()
  })

  it('takes over the lock of a killed process', async () => {
    const first = await holder()
    first.process.kill('SIGKILL')
    await once(first.process, 'exit')

    const second = await lockFolder(folder)

    expect(readdirSync(folder).filter(name => name.startsWith('lock.'))).toEqual(['lock.2'])
    second.release()
  })

  it('takes over when the pid of a dead process now belongs to another program', async () => {
    const lock = await lockFolder(folder)
    const mine = JSON.parse(readFileSync(join(folder, 'lock.1'), 'utf8')) as Record<string, unknown>
    lock.release()
    writeFileSync(join(folder, 'lock.7'), JSON.stringify({ ...mine, startedAt: 'another-boot:1' }))

    const second = await lockFolder(folder)

    expect(readdirSync(folder).filter(name => name.startsWith('lock.'))).toEqual(['lock.8'])
    second.release()
  })

  it('lets exactly one of many contenders take over a dead lock, round after round', async () => {
    for (let round = 0; round < 3; round++) {
      const dead = await holder()
      dead.process.kill('SIGKILL')
      await once(dead.process, 'exit')

      const contenders = await Promise.all(Array.from({ length: 6 }, () => holder()))

      expect(contenders.map(each => each.answer.split(' ')[0]).sort()).toEqual([...Array(5).fill('refused'), 'taken'])
      const winner = contenders.find(each => each.answer.startsWith('taken'))
      expect(contenders.filter(each => each.answer === `refused ${winner?.process.pid}`)).toHaveLength(5)
      winner?.process.kill('SIGKILL')
      await once(winner?.process as ChildProcess, 'exit')
    }
  }, 60_000)

  it('tells its holder when the folder has been taken away from it', async () => {
    const lost = await holder()
    writeFileSync(join(folder, 'lock.9'), '')
    const [line] = (await once(lost.process.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
    expect(line.toString()).toContain('lost')
  }, 20_000)
})

/** Another process that tries to take the lock, and holds it until it is killed. */
async function holder(): Promise<{ process: ChildProcess; answer: string }> {
  const child = spawn(process.execPath, [HOLDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { process: child, answer: line.toString().trim() }
}

function contents(): string[] {
  return readdirSync(folder).map(name => `${name}: ${readFileSync(join(folder, name), 'utf8')}`)
}
