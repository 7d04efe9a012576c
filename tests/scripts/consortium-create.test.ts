import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseHandle, openDatabase, rowsOf } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import {
  accounts,
  consortiumFunctions,
  instances,
  journal,
  mandates,
  organisationNames,
  outgoingMails,
} from '#db/schema/index.ts'
import { tarnEtGaronne } from '../consortia/samples.ts'
import { createPostgresDatabase, databaseKinds } from '../setup/database.ts'
import { runScript } from './run-script.ts'

describe.each(databaseKinds())(
  'npm run consortium:create and administrateur:create on %s',
  { timeout: 60_000 },
  kind => {
    let folder: string
    let env: Record<string, string>

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'espace-consortium-'))
      env = kind === 'pglite' ? { DATA_DIR: folder } : { DATABASE_URL: await createPostgresDatabase() }
      if (kind === 'pglite') await withDatabase(migrateDatabase)
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it('writes nothing of a file that holds a mistake, and says each with its line', async () => {
      const before = await counts()
      const { code, stderr } = await create(
        tarnEtGaronne.replace('code: SUIVI', 'code: suivi').replace('prénom: Lucien', 'prenon: Lucien'),
      )
      expect(code).toBe(1)
      expect(stderr).toMatch(/^3.erreurs sont à corriger/)
      expect(stderr).toMatch(/ligne 12.: Le code «.suivi.» ne convient pas/)
      expect(stderr).toContain('Rien n’a été modifié')
      expect(await counts()).toEqual(before)
    })

    it('checks a file without a database', async () => {
      const { code, stdout } = await create(tarnEtGaronne, ['--verifier'], { DATA_DIR: join(folder, 'nowhere') })
      expect([code, stdout]).toEqual([0, expect.stringContaining('Le fichier convient')])
    })

    it('creates the consortium whole: structures, bodies, rules, mandates, and one invitation for each person', async () => {
      const { code, stdout } = await create(tarnEtGaronne)
      expect(code).toBe(0)
      expect(stdout).toContain('/tarn-et-garonne')
      expect(stdout).toMatch(/4.invitations à envoyer/)
      await withDatabase(async ({ db }) => {
        expect(await db.$count(instances)).toBe(3)
        expect(await db.$count(organisationNames)).toBe(3)
        expect(await db.$count(mandates)).toBe(2)
        expect((await db.select().from(outgoingMails)).map(({ kind: sort }) => sort)).toEqual(
          Array(4).fill('invitation'),
        )
        const [chef] = await db
          .select({ email: accounts.email, passwordHash: accounts.passwordHash })
          .from(accounts)
          .innerJoin(consortiumFunctions, eq(consortiumFunctions.accountId, accounts.id))
          .where(eq(consortiumFunctions.function, 'chef_de_projet'))
        expect(chef).toEqual({ email: 'lucien.delmas@tarn-et-garonne.test', passwordHash: null })
        expect(await db.select().from(journal)).toMatchObject([{ verb: 'consortium.create', by: null }])
      })
    })

    it('refuses an address that is taken', async () => {
      const before = await counts()
      const { code, stderr } = await create(tarnEtGaronne)
      expect([code, stderr]).toEqual([1, expect.stringMatching(/a déjà le repère[\s\S]*Rien n’a été modifié/)])
      expect(await counts()).toEqual(before)
    })

    it('makes an administrateur, once, whose password is printed once', async () => {
      const first = await runScript(
        'administrateur-create.ts',
        ['Olivier@exploitation.test', 'Olivier', 'Garrigue'],
        env,
      )
      expect(first.code).toBe(0)
      expect(first.stdout).toMatch(/[a-z2-9]{4}(-[a-z2-9]{4}){4}/)
      const again = await runScript(
        'administrateur-create.ts',
        ['olivier@exploitation.test', 'Olivier', 'Garrigue'],
        env,
      )
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('déjà administrateur')])
      // Who is chef de projet reads content, and an administrateur reads none.
      const chef = await runScript('administrateur-create.ts', ['lucien.delmas@tarn-et-garonne.test', 'L', 'D'], env)
      expect([chef.code, chef.stderr]).toEqual([1, expect.stringContaining('a un mandat ou une fonction')])
      await withDatabase(async ({ db }) => {
        const rows = await db.select().from(accounts).where(eq(accounts.isAdministrateur, true))
        expect(rows.map(({ email, givenName }) => [email, givenName])).toEqual([
          ['olivier@exploitation.test', 'Olivier'],
        ])
      })
    })

    const beside = kind === 'pglite' ? 'says to stop the server that has the folder open' : 'works beside the server'
    it(beside, async () => {
      const other = tarnEtGaronne.replace('repère: tarn-et-garonne', 'repère: lot')
      await withDatabase(async () => {
        const { code, stderr } = await create(other)
        expect(code).toBe(kind === 'pglite' ? 1 : 0)
        expect(stderr).toMatch(kind === 'pglite' ? /arrêtez-le[\s\S]*PostgreSQL/ : /^$/)
      })
    })

    function create(text: string, options: string[] = [], where = env) {
      const file = join(folder, 'consortium.yaml')
      writeFileSync(file, text)
      return runScript('consortium-create.ts', [file, ...options], where)
    }

    async function withDatabase<Result>(work: (database: DatabaseHandle) => Promise<Result>): Promise<Result> {
      const database = await openDatabase({
        dataDir: env.DATA_DIR,
        databaseUrl: env.DATABASE_URL,
        connections: 1,
        besideServer: true,
      })
      try {
        return await work(database)
      } finally {
        await database.close()
      }
    }

    function counts() {
      return withDatabase(({ db }) =>
        rowsOf(
          db,
          sql`select (select count(*) from consortia) as c, (select count(*) from accounts) as a, (select count(*) from journal) as j`,
        ),
      )
    }
  },
)
