import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseHandle, openDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { accounts, journal } from '#db/schema/index.ts'
import { createSessionStore } from '#server/sessions/lucia.ts'
import { hashPassword, passwordMatches } from '#server/sessions/passwords.ts'
import { createPostgresDatabase, databaseKinds } from '../setup/database.ts'
import { runScript } from './run-script.ts'

const SCRIPT = 'account-password.ts'
const FORMER = 'le-mot-de-passe-perdu'

describe.each(databaseKinds())('npm run account:password on %s', { timeout: 60_000 }, kind => {
  let folder: string
  let env: Record<string, string>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'espace-password-'))
    env = kind === 'pglite' ? { DATA_DIR: folder } : { DATABASE_URL: await createPostgresDatabase() }
    await withDatabase(async database => {
      if (kind === 'pglite') await migrateDatabase(database)
      const passwordHash = await hashPassword(FORMER)
      const person = { givenName: 'Nadia', familyName: 'Ferrand', passwordHash, createdAt: new Date() }
      await database.db.insert(accounts).values([
        { ...person, email: 'nadia@tarn.test' },
        { ...person, email: 'exploitation@tarn.test', isAdministrateur: true },
        { ...person, email: 'suspendue@tarn.test', suspendedAt: new Date() },
      ])
    })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('prints a strong password once, which replaces the lost one, ends the sessions and leaves a line in the journal', async () => {
    const token = await withDatabase(async ({ db }) => createSessionStore(db).create(await idOf(db, 'nadia@tarn.test')))
    const { code, stdout } = await run(['Nadia@tarn.test'])
    expect(code).toBe(0)
    const [password = '', ...others] = stdout.match(/\b[a-z2-9]{4}(?:-[a-z2-9]{4})+\b/g) ?? []
    expect(others).toEqual([])
    expect(password.length).toBeGreaterThanOrEqual(16)
    expect(await opens('nadia@tarn.test', password)).toBe(true)
    expect(await opens('nadia@tarn.test', FORMER)).toBe(false)
    await withDatabase(async ({ db }) => {
      expect(await createSessionStore(db).read(token)).toBeNull()
      const [line] = await db.select().from(journal).orderBy(desc(journal.id)).limit(1)
      const subjectId = await idOf(db, 'nadia@tarn.test')
      expect(line).toMatchObject({ verb: 'password_replaced', subjectKind: 'account', subjectId, by: null, detail: {} })
    })
  })

  it('takes the password from the standard input, and does not repeat it', async () => {
    const { code, stdout } = await run(['nadia@tarn.test', '--stdin'], 'trois fois bonjour\n')
    expect(code).toBe(0)
    expect(stdout).not.toContain('bonjour')
    expect(await opens('nadia@tarn.test', 'trois fois bonjour')).toBe(true)
  })

  it.each([
    ['nadia@tarn.test', 'court', 'au moins 12 caractères'],
    ['exploitation@tarn.test', 'quatorze signe', 'au moins 16 caractères'],
    ['nadia@tarn.test', 'aaaaaaaaaaaaaaaaaaaa', 'trop peu de caractères différents'],
    ['nadia@tarn.test', 'je suis Nadia, 2027', 'contient l’adresse'],
    ['nadia@tarn.test', '', 'au moins 12 caractères'],
  ])('refuses a weak password for %s (%s) and changes nothing', async (email, password, why) => {
    const { code, stderr } = await run([email, '--stdin'], `${password}\n`)
    expect(code).toBe(1)
    expect(stderr).toContain(why)
    expect(stderr).toContain('Rien n’a été modifié')
    expect(await opens(email, password)).toBe(false)
  })

  it('says that an account is unknown, or suspended', async () => {
    const unknown = await run(['personne@tarn.test'])
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toBe('Aucun compte n’a l’adresse « personne@tarn.test ». Rien n’a été modifié.\n')
    expect((await run(['suspendue@tarn.test'])).stdout).toContain('ce compte est suspendu')
  })

  const beside = kind === 'pglite' ? 'says to stop the server that has the folder open' : 'works beside the server'
  it(beside, async () => {
    await withDatabase(async () => {
      const { code, stderr } = await run(['nadia@tarn.test'])
      expect(code).toBe(kind === 'pglite' ? 1 : 0)
      expect(stderr).toMatch(
        kind === 'pglite' ? new RegExp(`processus ${process.pid}[\\s\\S]*arrêtez-le[\\s\\S]*PostgreSQL`) : /^$/,
      )
    })
  })

  it('refuses a database that is not one of the product, and creates none', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const empty: Record<string, string> =
      kind === 'pglite' ? { DATA_DIR: elsewhere } : { DATABASE_URL: await createPostgresDatabase('empty') }
    const { code, stderr } = await runScript(SCRIPT, ['nadia@tarn.test'], empty)
    expect(code).toBe(1)
    expect(stderr).toContain(kind === 'pglite' ? 'ne contient pas de base de données' : 'démarrez le serveur une fois')
    expect(readdirSync(folder)).not.toContain('elsewhere')
  })

  async function withDatabase<Result>(work: (database: DatabaseHandle) => Promise<Result>): Promise<Result> {
    const database = await openDatabase({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL, connections: 1 })
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }

  function opens(email: string, password: string): Promise<boolean> {
    return withDatabase(async ({ db }) => {
      const [account] = await db.select().from(accounts).where(eq(accounts.email, email))
      return passwordMatches(account?.passwordHash ?? null, password)
    })
  }

  function run(args: string[], input = '') {
    return runScript(SCRIPT, args, env, input)
  }
})

describe('npm run account:password, badly asked', () => {
  it.each([[[]], [['nadia']], [['a@b.test', 'c@d.test']], [['a@b.test', '--force']]])(
    'explains how it is used: %s',
    async args => {
      const { code, stderr } = await runScript(SCRIPT, args, {})
      expect(code).toBe(1)
      expect(stderr).toMatch(/^Usage.: npm run account:password -- adresse@exemple\.fr/)
    },
  )
})

async function idOf(db: DatabaseHandle['db'], email: string): Promise<string> {
  const [account] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
  if (!account) throw new Error(`${email} has no account`)
  return account.id
}
