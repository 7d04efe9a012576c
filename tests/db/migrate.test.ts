import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { IncompatibleDatabaseError, migrateDatabase } from '#db/migrate.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../db/migrations')

describe.each(databaseKinds())('migrations on %s', kind => {
  let handle: DatabaseHandle
  let folder: string

  beforeAll(async () => {
    handle = await testDatabase(kind)
  })
  afterAll(() => handle.close())
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espace-migrations-'))
    cpSync(MIGRATIONS, folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('change nothing the second time', async () => {
    const before = await applied()
    await migrateDatabase(handle)
    expect(await applied()).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
  })

  it('apply what is new, once, and refuse the older version afterwards', async () => {
    addMigration('9999_probe', 'create table probe (id int)', 1)
    await migrateDatabase(handle, folder)
    await migrateDatabase(handle, folder)
    expect(await handle.rows(sql`select * from probe`)).toEqual([])

    await expect(migrateDatabase(handle)).rejects.toThrow('version plus récente')
    await handle.rows(sql`delete from drizzle.__drizzle_migrations
      where id = (select max(id) from drizzle.__drizzle_migrations)`)
    await handle.rows(sql`drop table probe`)
  })

  it('refuse a landed migration that was edited', async () => {
    const [first] = journal().entries
    const file = join(folder, `${first?.tag}.sql`)
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n-- edited`)
    await expect(migrateDatabase(handle, folder)).rejects.toThrow('a été modifiée')
  })

  it('refuse a migration dated before the last one, which would be skipped in silence', async () => {
    addMigration('9999_late', 'create table late (id int)', -1)
    await expect(migrateDatabase(handle, folder)).rejects.toBeInstanceOf(IncompatibleDatabaseError)
  })

  function applied() {
    return handle.rows(sql`select hash, created_at from drizzle.__drizzle_migrations order by id`)
  }

  /** @param days after the last one */
  function addMigration(tag: string, statement: string, days: number): void {
    const all = journal()
    const last = all.entries.at(-1)
    const entry = { ...last, idx: all.entries.length, tag, when: (last?.when ?? 0) + days * 86_400_000 }
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...all, entries: [...all.entries, entry] }))
    writeFileSync(join(folder, `${tag}.sql`), statement)
  }

  function journal(): { entries: { idx: number; tag: string; when: number }[] } {
    return JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'))
  }
})
