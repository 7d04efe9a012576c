import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '#db/client.ts'
import {
  accountLinks,
  accounts,
  emailChanges,
  journal,
  mandateProposals,
  mandates,
  minutesVersions,
  outgoingMails,
  recoveryCodes,
  securityLog,
  sessions,
  totpCredentials,
} from '#db/schema/index.ts'
import { verifySeal } from '#server/domain/minutes/seal.ts'
import { Conflict, Invalid, NotFound } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase, castNames } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { personOf } from './person.ts'

/**
 * What keeps the names that people wrote in it: sealed texts, which are public archives, and what was written before them.
 * Nothing else may.
 */
const archives = [
  'action_items.owner_label',
  'agenda_items.reporter',
  'attendance.represented_by',
  'minutes_approvals.seen_content',
  'minutes_versions.content',
  'minutes_versions.sealed_statement',
]

describe.each(databaseKinds())('erasing a person, on %s', kind => {
  let world: CastDatabase
  let id: string
  beforeAll(async () => {
    world = await castDatabase(kind)
    id = await world.accountIdOf(cast.ancien)
    await leaveTraces()
  })
  afterAll(() => world.close())

  const erase = async (who: string, accountId: string, confirmation: string) =>
    world.services.administration.eraseAccount(await personOf(world, who), { accountId, confirmation })

  it('is for an administrateur alone', async () => {
    for (const who of castNames.filter(name => name !== 'administrateur')) {
      await expect(erase(cast[who], id, cast.ancien), who).rejects.toThrow(NotFound)
    }
  })

  it('is refused while a mandate or a function holds, or is to come, and says where', async () => {
    for (const who of ['membre', 'chef', 'futur', 'copiloteVar'] as const) {
      const act = erase(cast.administrateur, await world.accountIdOf(cast[who]), cast[who])
      await expect(act, who).rejects.toThrow(/encore un mandat ou une fonction.*Service public/)
      await expect(act, who).rejects.toThrow(Conflict)
    }
    await expect(
      erase(cast.administrateur, await world.accountIdOf(cast.administrateur), cast.administrateur),
    ).rejects.toThrow(Conflict)
  })

  it('asks for the address again', async () => {
    await expect(erase(cast.administrateur, id, cast.membre)).rejects.toThrow(Invalid)
    expect((await row()).erasedAt).toBeNull()
  })

  it('leaves the name nowhere but in the archives that hold it, whose seals still verify', async () => {
    const before = await seals()
    const found = await columnsHolding(['alquier', cast.ancien])
    expect(found).toEqual(expect.arrayContaining(['accounts.family_name', 'accounts.email', 'mandate_proposals.email']))
    const line = (await row()).createdAt
    await erase(cast.administrateur, id, cast.ancien)

    expect((await columnsHolding(['alquier', cast.ancien])).filter(column => !archives.includes(column))).toEqual([])
    expect(await row()).toMatchObject({
      givenName: 'Personne',
      familyName: 'effacée',
      phone: null,
      passwordHash: null,
      suspendedAt: world.clock.now(),
      erasedAt: world.clock.now(),
      createdAt: line,
    })
    expect(await seals()).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
    expect(before.every(Boolean)).toBe(true)
  })

  it('leaves neither session, link, factor nor mail to leave; the mandates and the journal stay, with numbers', async () => {
    const { db } = world.handle
    for (const [table, column] of [
      [sessions, sessions.userId],
      [accountLinks, accountLinks.accountId],
      [emailChanges, emailChanges.accountId],
      [totpCredentials, totpCredentials.accountId],
      [recoveryCodes, recoveryCodes.accountId],
    ] as const) {
      expect(await db.$count(table, eq(column, id))).toBe(0)
    }
    expect(await db.select().from(outgoingMails).where(eq(outgoingMails.accountId, id))).toMatchObject([
      { state: 'abandonne', abandonReason: 'compte_efface', lastError: null },
    ])
    expect(await db.$count(mandates, eq(mandates.accountId, id))).toBe(1)
    const lines = await db.select().from(journal).where(eq(journal.subjectId, id))
    expect(lines).toMatchObject([
      { verb: 'account.erase', by: await world.accountIdOf(cast.administrateur), detail: {} },
    ])
    const addresses = await db.select().from(securityLog).where(eq(securityLog.accountId, id))
    expect(addresses.map(({ address }) => address)).toEqual(addresses.map(() => null))
  })

  it('cannot be undone, and lets nothing more be done to the account', async () => {
    const person = await personOf(world, cast.administrateur)
    const { administration, accounts: services } = world.services
    await expect(services.restoreAccount(person, { accountId: id })).rejects.toThrow(Conflict)
    for (const act of [
      administration.nameAdministrateur,
      administration.resendAccountInvitation,
      administration.endAccountSessions,
    ]) {
      await expect(act(person, { accountId: id })).rejects.toThrow(Conflict)
    }
    await expect(erase(cast.administrateur, id, `${id}@efface.invalid`)).rejects.toThrow(Conflict)
  })

  async function row() {
    const [found] = await world.handle.db.select().from(accounts).where(eq(accounts.id, id))
    if (!found) throw new Error('the account stays')
    return found
  }

  async function seals() {
    const versions = await world.handle.db.select().from(minutesVersions).orderBy(minutesVersions.id)
    return versions.map(version => {
      const { sealHolds, brokenBlocks } = verifySeal(version as Parameters<typeof verifySeal>[0])
      return sealHolds && brokenBlocks.length === 0
    })
  }

  /** Every column of the database whose text holds one of these. */
  async function columnsHolding(needles: readonly string[]): Promise<string[]> {
    const { db } = world.handle
    const columns = await rowsOf<{ table: string; column: string }>(
      db,
      sql`select c.table_name as table, c.column_name as column from information_schema.columns c
        join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
          and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'USER-DEFINED')`,
    )
    expect(columns.length).toBeGreaterThan(80)
    const found: string[] = []
    for (const { table, column } of columns) {
      const text = sql`${sql.identifier(column)}::text`
      const where = sql.join(
        needles.map(needle => sql`${text} ilike ${`%${needle}%`}`),
        sql` or `,
      )
      const [hit] = await rowsOf<{ hits: number }>(
        db,
        sql`select count(*)::int as hits from ${sql.identifier(table)} where ${where}`,
      )
      if (hit && hit.hits > 0) found.push(`${table}.${column}`)
    }
    return found.sort()
  }

  async function leaveTraces() {
    const { db } = world.handle
    const at = world.clock.now()
    const expiresAt = new Date(at.getTime() + 3600_000)
    await db.insert(sessions).values({ id: 'trace', userId: id, expiresAt, createdAt: at, device: 'Firefox' })
    await db.insert(totpCredentials).values({ accountId: id, secret: 'AAAA', createdAt: at })
    await db.insert(recoveryCodes).values({ accountId: id, codeHash: 'x', createdAt: at })
    await db
      .insert(accountLinks)
      .values({ id: 'trace', accountId: id, purpose: 'mot_de_passe', createdAt: at, expiresAt })
    await db
      .insert(emailChanges)
      .values({ accountId: id, newEmail: 'bernard.alquier@ailleurs.test', requestedAt: at, expiresAt })
    await db.insert(securityLog).values({ at, event: 'connexion', accountId: id, address: '192.0.2.1' })
    await db.insert(outgoingMails).values({ kind: 'mandat', accountId: id, createdAt: at, lastError: null })
    const { consortiumId } = await world.actorOf(cast.chef)
    const [mandate] = await db.select().from(mandates).where(eq(mandates.accountId, id))
    if (!mandate) throw new Error('the former member has had a mandate')
    await db.insert(mandateProposals).values({
      consortiumId,
      organisationId: mandate.organisationId,
      instanceId: mandate.instanceId,
      function: 'membre',
      functionLabel: 'Membre',
      civilite: 'monsieur',
      givenName: 'Bernard',
      familyName: 'Alquier',
      email: cast.ancien,
      qualite: 'conseiller',
      startsOn: '2027-04-01',
      message: 'Bernard Alquier est prêt à revenir.',
      state: 'retiree',
      proposedAt: at,
      proposedBy: await world.accountIdOf(cast.correspondantCaf),
      answeredAt: at,
    })
  }
})
