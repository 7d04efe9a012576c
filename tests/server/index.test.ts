import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPostgresDatabase, databaseKinds, fillFolder, migrated } from '../setup/database.ts'
import { type ServerProcess, startProcess } from './process.ts'

describe.each(databaseKinds())('the server process on %s', { timeout: 60_000 }, kind => {
  let folder: string
  let env: Record<string, string>
  const started: ServerProcess[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espace-server-'))
  })
  afterEach(async () => {
    for (const each of started.splice(0)) {
      each.process.kill('SIGKILL')
      await each.ended()
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it('migrates, says its address, answers, and stops with 0 on SIGTERM', async () => {
    await database('empty')
    const server = start()
    const health = await fetch(`${await server.ready()}/healthz`)
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({ status: 'ok', database: true, unsavedLiveTexts: 0 })

    server.process.kill('SIGTERM')
    expect(await server.ended()).toBe(0)
  })

  it('takes one Ctrl+C passed on twice for one, and a second one for an order to leave at once', async () => {
    await database('migrated')
    const patient = start()
    const held = await holdRequest(await patient.ready())
    patient.process.kill('SIGINT')
    patient.process.kill('SIGINT')
    await pause(300)
    held.end('title=Fin')
    expect(await patient.ended()).toBe(0)

    const hurried = start()
    const other = await holdRequest(await hurried.ready())
    hurried.process.kill('SIGINT')
    await pause(700)
    hurried.process.kill('SIGINT')
    expect(await hurried.ended()).toBe(130)
    other.destroy()
  })

  it('refuses to be a second process, naming the first, which goes on', async () => {
    await database('migrated')
    const first = start()
    const address = await first.ready()
    const second = start()
    expect(await second.ended()).toBe(1)
    expect(second.output()).toContain(`par le processus ${first.process.pid}`)
    expect(second.output()).not.toMatch(/\n\s+at /)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
  })

  it('starts again after kill -9', async () => {
    await database('migrated')
    const killed = start()
    await killed.ready()
    killed.process.kill('SIGKILL')
    await killed.ended()
    const next = start()
    expect((await fetch(`${await next.ready()}/healthz`)).status).toBe(200)
  })

  it('can be interrupted at any moment of its start, and starts afterwards', async () => {
    await database('empty')
    for (const delay of [20, 200, 500, 1_000]) {
      const interrupted = start()
      await pause(delay)
      interrupted.process.kill('SIGINT')
      // 0, or the signal itself before there was anything to stop.
      expect([0, null]).toContain(await interrupted.ended())
    }
    expect((await fetch(`${await start().ready()}/healthz`)).status).toBe(200)
  })

  async function database(contents: 'empty' | 'migrated'): Promise<void> {
    env = kind === 'pglite' ? { DATA_DIR: folder } : { DATABASE_URL: await createPostgresDatabase(contents) }
    if (kind === 'pglite' && contents === 'migrated') await fillFolder(folder, migrated)
  }

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
    await fillFolder(folder, migrated)
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

/** A form whose end has not been sent: the server waits for it, for a while, before it stops. */
async function holdRequest(address: string): Promise<ClientRequest> {
  const headers = {
    Origin: address,
    'Content-Type': 'application/x-www-form-urlencoded',
    'Transfer-Encoding': 'chunked',
  }
  const form = request(`${address}/connexion`, { method: 'POST', headers }).on('error', () => {})
  form.write('email=')
  await pause(200)
  return form
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
