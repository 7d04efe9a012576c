import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPostgresDatabase, databaseKinds } from '../setup/database.ts'
import { type ServerProcess, startProcess } from './process.ts'

describe.each(databaseKinds())('the server process on %s', { timeout: 60_000 }, kind => {
  let folder: string
  let env: Record<string, string>
  const started: ServerProcess[] = []

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'espace-server-'))
    env = kind === 'pglite' ? { DATA_DIR: folder } : { DATABASE_URL: await createPostgresDatabase('empty') }
  })
  afterEach(async () => {
    for (const each of started.splice(0)) {
      each.process.kill('SIGKILL')
      await each.ended()
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it('migrates, says its address, answers, and stops with 0 on SIGTERM', async () => {
    const server = start()
    const health = await fetch(`${await server.ready()}/healthz`)
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({ status: 'ok', database: true, unsavedLiveTexts: 0 })

    server.process.kill('SIGTERM')
    expect(await server.ended()).toBe(0)
  })

  it('refuses to be a second process, naming the first, which goes on', async () => {
    const first = start()
    const address = await first.ready()
    const second = start()
    expect(await second.ended()).toBe(1)
    expect(second.output()).toContain(`par le processus ${first.process.pid}`)
    expect(second.output()).not.toMatch(/\n\s+at /)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
  })

  it('starts again after kill -9', async () => {
    const killed = start()
    await killed.ready()
    killed.process.kill('SIGKILL')
    await killed.ended()
    const next = start()
    expect((await fetch(`${await next.ready()}/healthz`)).status).toBe(200)
  })

  it('can be interrupted at any moment of its start, and starts afterwards', async () => {
    for (const delay of [20, 200, 500, 1_000]) {
      const interrupted = start()
      await new Promise(resolve => setTimeout(resolve, delay))
      interrupted.process.kill('SIGINT')
      // 0, or the signal itself before there was anything to stop.
      expect([0, null]).toContain(await interrupted.ended())
    }
    expect((await fetch(`${await start().ready()}/healthz`)).status).toBe(200)
  })

  function start(): ServerProcess {
    const server = startProcess(env)
    started.push(server)
    return server
  }
})

describe('a start that cannot succeed', { timeout: 60_000 }, () => {
  it('says in French that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const folder = mkdtempSync(join(tmpdir(), 'espace-server-'))
    const server = startProcess({ DATA_DIR: folder, PORT: String(port) })
    expect(await server.ended()).toBe(1)
    expect(server.output()).toContain(`Le port ${port} est déjà utilisé`)
    expect(server.output()).not.toMatch(/\n\s+at /)
    other.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('says in French what is wrong in the configuration, and opens nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'espace-server-'))
    const server = startProcess({ DATA_DIR: folder, PORT: 'trois mille' })
    expect(await server.ended()).toBe(1)
    expect(server.output()).toContain('PORT')
    expect(server.output()).toContain('nombre entier')
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true, force: true })
  })
})
