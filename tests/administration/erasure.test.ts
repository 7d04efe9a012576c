import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '#db/client.ts'
import {
  accountLinks,
  accounts,
  attendance,
  emailChanges,
  itemProposals,
  journal,
  mandateProposals,
  mandates,
  minutesVersions,
  organisations,
  outgoingMails,
  recoveryCodes,
  securityLog,
  sessions,
  totpCredentials,
} from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { verifySeal } from '#server/domain/minutes/seal.ts'
import { Conflict, Invalid, NotFound } from '#server/errors.ts'
import { itemAnswerForm } from '#server/vocabulary/meeting-forms.ts'
import { proposalForm } from '#server/vocabulary/proposal-forms.ts'
import { type CastDatabase, cast, castDatabase, castNames } from '../cast.ts'
import { instanceIdOf, newMeeting } from '../domain/acts.ts'
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

  it('finds the person under an address given up since, and what they wrote that is no archive', async () => {
    const { db } = world.handle
    const odile = await leavingMember()
    const before = await db.select().from(mandateProposals).where(eq(mandateProposals.instanceId, odile.instanceId))
    expect(before.map(({ state }) => state).sort()).toEqual(['acceptee', 'proposee', 'proposee', 'retournee'])
    expect(before.filter(({ mandateId }) => mandateId !== null)).toHaveLength(1)
    expect(await columnsHolding(odile.words)).toEqual(
      expect.arrayContaining([
        'accounts.email',
        'agenda_items.title',
        'attendance.reason',
        'item_proposals.reason',
        'item_proposals.title',
        'mandate_proposals.email',
        'mandate_proposals.message',
        'mandate_proposals.reason',
      ]),
    )
    await erase(cast.administrateur, odile.accountId, 'odile.ferrand@ailleurs.test')

    // What was placed on an agenda is a part of the meeting's archive, worded by who placed it.
    expect((await columnsHolding(odile.words)).filter(column => !archives.includes(column))).toEqual([
      'agenda_items.title',
      'item_proposals.title',
    ])
    const after = await db.select().from(mandateProposals).where(eq(mandateProposals.instanceId, odile.instanceId))
    const by = await world.accountIdOf(cast.administrateur)
    expect(after.map(({ state }) => state).sort()).toEqual(['acceptee', 'retiree', 'retiree', 'retournee'])
    expect(after.filter(({ state }) => state === 'retiree')).toMatchObject([
      { answeredAt: world.clock.now(), answeredBy: by },
      { answeredAt: world.clock.now(), answeredBy: by },
    ])
    expect(await db.$count(journal, and(eq(journal.verb, 'proposal.withdraw'), eq(journal.by, by)))).toBe(2)
    const items = await db.select().from(itemProposals).where(eq(itemProposals.proposedBy, odile.accountId))
    expect(items).toMatchObject([{ title: 'La fatigue des équipes, vue par Ferrand', state: 'inscrite', reason: '' }])
    const [presence] = await db.select().from(attendance).where(eq(attendance.mandateId, odile.mandateId))
    expect(presence).toMatchObject({ status: 'excuse', reason: null })
  })

  it('[H34] lets nobody designate again a person who was erased', async () => {
    for (const person of [
      { accountId: id },
      { email: (await row()).email, givenName: 'Bernard', familyName: 'Alquier' },
    ]) {
      const again = world.services.mandates.createMandate(await world.actorOf(cast.chef), {
        person,
        instanceId: await instanceIdOf(world, 'offre'),
        organisationId: (await cafOf()) ?? '',
        function: 'membre',
        functionLabel: 'Membre',
        civilite: 'monsieur',
        qualite: 'conseiller',
        carriesVoice: false,
        titulaireMandateId: null,
        readsDossier: false,
        replacesMandateId: null,
        startsOn: '2027-03-12',
        endsOn: null,
      })
      await expect(again).rejects.toThrow(/a été effacée/)
    }
  })

  /** The institution of the former member. */
  async function cafOf() {
    const [mandate] = await world.handle.db.select().from(mandates).where(eq(mandates.accountId, id))
    return mandate?.organisationId
  }

  /**
   * A former member of the group « numérique » who gave up her address meanwhile: proposed under the former one (typed, then
   * chosen in the list), returned once, accepted once; who excused herself, and proposed items for an agenda.
   */
  async function leavingMember() {
    const { db } = world.handle
    const { mandates: people, meetings, proposals, accounts: services } = world.services
    const chef = () => world.actorOf(cast.chef)
    const former = 'odile.ferrand@caf.test'
    const instanceId = await instanceIdOf(world, 'numerique')
    const [caf] = await db
      .select({ id: organisations.id })
      .from(organisations)
      .where(and(eq(organisations.slug, 'caf'), eq(organisations.consortiumId, (await chef()).consortiumId)))
    const propose = async (change: object) => {
      const { proposalId } = await proposals.proposeRepresentative(await world.actorOf(cast.correspondantCaf), {
        form: proposalForm.parse({
          organisationId: caf?.id,
          instanceId,
          civilite: 'madame',
          givenName: 'Odile',
          familyName: 'Ferrand',
          email: former,
          qualite: 'chargée d’études',
          function: 'membre',
          startsOn: '2027-03-12',
          message: 'Odile Ferrand remplace tout le monde.',
          ...change,
        }),
      })
      return proposalId
    }
    const returned = await propose({})
    await proposals.returnProposal(await chef(), { proposalId: returned, reason: 'Mme Ferrand est-elle d’accord ?' })
    await proposals.acceptProposal(await chef(), {
      proposalId: await propose({}),
      functionLabel: 'Membre',
      startsOn: '2027-03-12',
      carriesVoice: false,
    })
    const accountId = await world.accountIdOf(former)
    const [mandate] = await db.select().from(mandates).where(eq(mandates.accountId, accountId))
    if (!mandate) throw new Error('the accepted proposal became a mandate')

    const { meetingId } = await newMeeting(world, cast.copiloteNumerique, 'numerique', { day: '2027-06-02' })
    const copilote = () => world.actorOf(cast.copiloteNumerique)
    await meetings.announceMeeting(await copilote(), meetingId)
    await meetings.answerPresence(await world.actorOf(former), {
      meetingId,
      form: {
        mandateId: mandate.id,
        status: 'excuse',
        mode: '',
        representedBy: '',
        reason: 'Sciatique de Mme Ferrand.',
      },
    })
    for (const title of ['La fatigue des équipes, vue par Ferrand', 'La cantine', 'La sciatique']) {
      const reason = 'Odile Ferrand en souffre.'
      await meetings.proposeItem(await world.actorOf(former), { meetingId, title, reason })
    }
    const answer = async (title: string, given: object) => {
      const [item] = await db.select().from(itemProposals).where(eq(itemProposals.title, title))
      const form = itemAnswerForm.parse({ proposal: item?.id, ...given })
      await meetings.answerItem(await copilote(), { meetingId, form })
    }
    const placed = 'La fatigue des équipes, vue par Ferrand'
    await answer(placed, { answer: 'inscrite', title: placed })
    await answer('La cantine', { answer: 'ecartee', reason: 'Mme Ferrand en parlera ailleurs.' })

    await people.endMandate(await chef(), { mandateId: mandate.id, when: 'jour', lastDay: '2027-03-31' })
    world.clock.set(parisInstant('2027-04-01', '09:00'))
    await propose({ startsOn: '2027-05-01' })
    await services.changeEmailFor(await personOf(world, cast.administrateur), {
      accountId,
      email: 'odile.ferrand@ailleurs.test',
    })
    await propose({ accountId, givenName: '', familyName: '', email: '', startsOn: '2027-05-02' })
    return { accountId, instanceId, mandateId: mandate.id, words: ['ferrand', 'sciatique', 'cantine'] }
  }

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
