import { eq, getTableName, is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '#db/schema/index.ts'
import {
  accountLinks,
  accounts,
  actionItems,
  decisionAnswersSeen,
  decisions,
  emailChanges,
  itemProposals,
  liveTexts,
  liveTextUpdates,
  mailCodes,
  mandateProposals,
  mandates,
  meetings,
  outgoingMails,
  recoveryCodes,
  securityLog,
  sessions,
  totpCredentials,
} from '#db/schema/index.ts'
import { exported, leftOut } from '#server/domain/personal-data/held.ts'
import { noLongerRead } from '#server/domain/personal-data/own-work.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { personOf } from './person.ts'

describe.each(databaseKinds())('everything held about oneself, on %s', kind => {
  let world: CastDatabase
  beforeAll(async () => {
    world = await castDatabase(kind)
  })
  afterAll(() => world.close())

  const dataOf = async (email: string) => world.services.personalData.ownData(await personOf(world, email))

  it('holds the account, the mandates, the presences, the agreements, what was received and what was done', async () => {
    const parts = new Map((await dataOf(cast.copilote1)).map(({ title, rows }) => [title, rows]))
    expect(parts.get('Compte')?.[0]).toMatchObject({
      Prénom: 'Hélène',
      Nom: 'Castagné',
      'Adresse électronique': cast.copilote1,
    })
    expect(parts.get('Mandats')?.[0]).toMatchObject({ Fonction: 'Copilote', Civilité: 'Mme', 'Porte la voix': true })
    for (const title of [
      'Présences',
      'Accords sur des comptes rendus',
      'Comptes rendus reçus',
      'Invitations à des réunions',
      'Vos actes au journal',
      'Vos actes au registre des décisions',
    ]) {
      expect(parts.get(title)?.length, title).toBeGreaterThan(0)
    }
  })

  it('tells of every reference to an account: in a part, or in a list that says why not', async () => {
    const references = Object.values(schema)
      .filter(table => is(table, PgTable))
      .flatMap(table =>
        getTableConfig(table)
          .foreignKeys.map(key => key.reference())
          .filter(({ foreignTable }) => foreignTable === accounts)
          .flatMap(({ columns }) => columns.map(column => ({ table, column }))),
      )
      .map(({ table, column }) => ({ table, column, name: `${getTableName(table)}.${column.name}` }))
    const told = { ...exported, ...leftOut }
    expect(references.map(({ name }) => name).sort()).toEqual(Object.keys(told).sort())
    expect(Object.keys(exported).filter(name => name in leftOut)).toEqual([])

    await leaveTraces()
    const found = new Set<string>()
    for (const email of Object.values(cast)) {
      const id = await world.accountIdOf(email)
      const parts = new Map((await dataOf(email)).map(({ title, rows }) => [title, rows.length]))
      for (const { table, column, name } of references) {
        const title = exported[name]
        if (!title) continue
        expect(parts.has(title), title).toBe(true)
        if ((await world.handle.db.$count(table, eq(column, id))) === 0) continue
        found.add(name)
        expect(parts.get(title), `${name} of ${email}`).toBeGreaterThan(0)
      }
    }
    expect([...found].sort(), 'each part is tried on somebody').toEqual(Object.keys(exported).sort())
  })

  it('tells of the attachments of a prestataire, of who serves whom, without names, and of proposals under any address', async () => {
    const rowsOf = async (email: string, title: string) =>
      (await dataOf(email)).find(part => part.title === title)?.rows ?? []
    expect(await rowsOf(cast.prestataire, 'Rattachements comme prestataire')).toMatchObject([
      { Instance: 'Groupe opérationnel Parcours' },
      { Instance: 'Groupe opérationnel Offre de services' },
    ])
    expect(await rowsOf(cast.suppleant, 'Mandats')).toMatchObject([
      { 'Supplée ou assiste': expect.stringMatching(/^Membre, /), 'Lit le dossier comme assistant': false },
    ])
    expect(await rowsOf(cast.assistantDossier, 'Mandats')).toMatchObject([{ 'Lit le dossier comme assistant': true }])
    expect(await rowsOf(cast.membre, 'Suppléants et assistants de vos mandats')).toMatchObject([
      { Instance: 'Groupe opérationnel Parcours' },
    ])
    expect(await rowsOf(cast.ancien, 'Propositions vous concernant')).toMatchObject([
      { Nom: 'Alquier', 'Adresse électronique': 'ancienne.adresse@tarn.test', État: 'À examiner' },
    ])
  })

  it('[H25] [H27] gives the words of actions and decisions as long as they are read, then bodies and dates alone', async () => {
    const { db } = world.handle
    const wordsOf = async (email: string) => {
      const parts = new Map((await dataOf(email)).map(({ title, rows }) => [title, rows]))
      const actions = parts.get('Actions dont vous êtes chargé')?.map(row => row.Action) ?? []
      const decided = parts.get('Vos actes au registre des décisions')?.map(row => row.Décision) ?? []
      return [...actions, ...decided]
    }
    const [held] = await db
      .select()
      .from(mandates)
      .where(eq(mandates.accountId, await world.accountIdOf(cast.copilote2)))
    await db
      .update(actionItems)
      .set({ ownerKind: 'personne', ownerMandateId: held?.id, ownerOrganisationId: null, ownerInstanceId: null })
      .where(eq(actionItems.consortiumId, held?.consortiumId ?? ''))
    const before = await wordsOf(cast.copilote2)
    expect(before.length).toBeGreaterThan(2)
    expect(before).not.toContain(noLongerRead)
    const ended = { startsOn: '2026-01-01', endsOn: '2027-03-11' }
    await db
      .update(mandates)
      .set(ended)
      .where(eq(mandates.id, held?.id ?? ''))
    const after = await wordsOf(cast.copilote2)
    expect(after).toEqual(before.map(() => noLongerRead))
  })

  it('names nobody else, whoever asks, and shows no secret', async () => {
    const everybody = await world.handle.db.select().from(accounts)
    for (const email of [cast.copilote1, cast.chef, cast.membre, cast.administrateur, cast.ancien]) {
      // What an action says is what somebody wrote: it stands in minutes that they read.
      const parts = (await dataOf(email)).filter(({ title }) => title !== 'Actions dont vous êtes chargé')
      const text = JSON.stringify(parts)
      for (const other of everybody.filter(account => account.email !== email)) {
        expect(text, `${email} / ${other.email}`).not.toContain(other.email)
        expect(text, `${email} / ${other.id}`).not.toContain(other.id)
        // A short name may be a part of a word.
        if (other.familyName.length > 5) expect(text, `${email} / ${other.familyName}`).not.toContain(other.familyName)
      }
      const own = everybody.find(account => account.email === email)
      if (own?.passwordHash) expect(text).not.toContain(own.passwordHash)
      expect(text).not.toMatch(/argon2/i)
    }
  })

  /** One row of each sort about the former member, whom the demonstration does little with. */
  async function leaveTraces() {
    const { db } = world.handle
    const at = world.clock.now()
    const accountId = await world.accountIdOf(cast.ancien)
    const key = { accountId, createdAt: at, expiresAt: at }
    await db.insert(sessions).values({ id: 'trace', userId: accountId, expiresAt: at, createdAt: at })
    await db.insert(totpCredentials).values({ accountId, secret: 'AAAA', createdAt: at })
    await db.insert(recoveryCodes).values({ accountId, codeHash: 'x', createdAt: at })
    await db.insert(mailCodes).values({ ...key, sessionId: 'trace' })
    await db.insert(accountLinks).values({ ...key, id: 'trace', purpose: 'mot_de_passe' })
    await db.insert(emailChanges).values({ accountId, newEmail: cast.ancien, requestedAt: at, expiresAt: at })
    await db.insert(securityLog).values([
      { at, event: 'connexion', accountId },
      { at, event: 'compte_suspendu', by: accountId },
    ])
    await db.insert(outgoingMails).values({ kind: 'mandat', accountId, createdAt: at })
    const [mandate] = await db.select().from(mandates).where(eq(mandates.accountId, accountId))
    const [meeting] = await db.select().from(meetings)
    const [decision] = await db.select().from(decisions)
    const [liveText] = await db.select().from(liveTexts)
    if (!mandate || !meeting || !decision || !liveText) throw new Error('the demonstration has one of each')
    const { consortiumId, instanceId, organisationId } = mandate
    await db.insert(itemProposals).values({
      consortiumId: meeting.consortiumId,
      meetingId: meeting.id,
      title: 'La mobilité',
      proposedAt: at,
      proposedBy: accountId,
    })
    await db.insert(decisionAnswersSeen).values({
      consortiumId: decision.consortiumId,
      decisionId: decision.id,
      accountId,
      seenAt: at,
    })
    const update = new Uint8Array([0, 0])
    await db.insert(liveTextUpdates).values({ liveTextId: liveText.id, update, accountId, receivedAt: at })
    await db.insert(mandateProposals).values({
      consortiumId,
      organisationId,
      instanceId,
      function: 'membre',
      functionLabel: 'Membre',
      civilite: 'monsieur',
      accountId,
      givenName: 'Bernard',
      familyName: 'Alquier',
      email: 'ancienne.adresse@tarn.test',
      qualite: 'conseiller',
      startsOn: '2027-04-01',
      proposedAt: at,
      proposedBy: await world.accountIdOf(cast.correspondantCaf),
    })
  }
})
