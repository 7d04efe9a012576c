import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accounts } from '#db/schema/index.ts'
import { createEmptyDeployment } from '#server/domain/administration/empty-deployment.ts'
import { startProcess } from '../server/process.ts'
import { createPostgresDatabase, databaseKinds, testDatabase } from '../setup/database.ts'

describe.each(databaseKinds())('a deployment where nobody has an account, on %s', { timeout: 120_000 }, kind => {
  it('says so at every address, with how to begin, and that the process is well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'espace-empty-'))
    const env: Record<string, string> =
      kind === 'pglite' ? { DATA_DIR: folder } : { DATABASE_URL: await createPostgresDatabase('empty') }
    const server = startProcess(env)
    try {
      const address = await server.ready()
      for (const path of ['/', '/connexion', '/tarn/accueil', '/accessibilite', '/administration', '/quelque/part']) {
        const answer = await fetch(address + path, { redirect: 'manual' })
        const body = await answer.text()
        expect([path, answer.status]).toEqual([path, 503])
        expect(body).toContain('<h1>Cet espace est vide</h1>')
        expect(body).toContain('npm run administrateur:create')
        expect(body).toContain('npm run consortium:create')
        expect(body).toContain('<html lang="fr">')
      }
      const posted = await fetch(`${address}/connexion`, { method: 'POST', headers: { origin: address }, body: '' })
      expect(posted.status).toBe(503)
      expect((await fetch(`${address}/healthz`)).status).toBe(200)
    } finally {
      server.process.kill('SIGTERM')
      await server.ended()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('begins with the first account, and is not asked again', async () => {
    const handle = await testDatabase(kind)
    const isEmpty = createEmptyDeployment(handle)
    expect(await isEmpty()).toBe(true)
    await handle.db
      .insert(accounts)
      .values({ email: 'a@b.test', givenName: 'A', familyName: 'B', createdAt: new Date('2027-03-12') })
    expect(await isEmpty()).toBe(false)
    await handle.close()
    expect(await isEmpty()).toBe(false)
  })
})
