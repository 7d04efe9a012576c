import { randomUUID } from 'node:crypto'
import { and, desc, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, consortiumFunctions, journal, outgoingMails, securityLog } from '#db/schema/index.ts'
import { createAdministrateur } from '#server/domain/administration/create-administrateur.ts'
import { NotFound } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { indreEtLoire } from '../consortia/samples.ts'
import { refused } from '../domain/acts.ts'
import { databaseKinds } from '../setup/database.ts'
import { personOf } from './person.ts'

describe.each(databaseKinds())('whoever administers the deployment, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  }, 120_000)
  afterAll(() => demo.close())

  const administrateur = () => personOf(demo, cast.administrateur)
  const chefForm = {
    civilite: 'madame' as const,
    givenName: 'Rose',
    familyName: 'Albert',
    email: 'rose.albert@albi.test',
    qualite: 'cheffe de projet',
  }
  const eventsOf = async (accountId: string) => {
    const rows = await demo.handle.db.select().from(securityLog).where(eq(securityLog.accountId, accountId))
    return rows.map(({ event, by, address }) => ({ event, by, address }))
  }
  /** Another account, that administers or not, may sign in or not. */
  const account = async (values: Partial<typeof accounts.$inferInsert> = {}) => {
    const id = randomUUID()
    await demo.handle.db.insert(accounts).values({
      id,
      email: `${id}@albi.test`,
      givenName: 'Paule',
      familyName: 'Rives',
      createdAt: demo.clock.now(),
      ...values,
    })
    return id
  }

  describe('reads no content of any consortium', () => {
    it.each(['membre', 'futur', 'chef', 'invite', 'correspondantCaf'] as const)(
      'so that nobody becomes one who has a mandate or a function, or will have one: %s',
      async name => {
        const accountId = await demo.accountIdOf(cast[name])
        const named = demo.services.administration.nameAdministrateur(await administrateur(), { accountId })
        await refused(named, 409, /mandat ou une fonction.*Service public.*autre adresse/)
        const given = { givenName: '', familyName: '', password: 'cerisier horloge tambour granit' }
        await refused(
          createAdministrateur(demo.context, { ...given, email: cast[name] }),
          422,
          /mandat ou une fonction/,
        )
      },
    )

    it('and whose mandates are over may become one', async () => {
      const accountId = await demo.accountIdOf(cast.ancien)
      await demo.services.administration.nameAdministrateur(await administrateur(), { accountId })
      await demo.services.administration.withdrawAdministrateur(await administrateur(), { accountId })
    })

    it('so that no consortium receives one as chef de projet or representative', async () => {
      const text = indreEtLoire.replace(/courriel: [^\s,}]+/, `courriel: ${cast.administrateur}`)
      expect(text).not.toBe(indreEtLoire)
      const { createConsortiumOfText, designateChef } = demo.services.administration
      await refused(createConsortiumOfText(await administrateur(), text), 422, /administrer la plateforme/)
      await withoutChef(async () => {
        const form = { ...chefForm, email: cast.administrateur }
        await refused(designateChef(await administrateur(), { slug: 'var', form }), 422, /administrer la plateforme/)
      })
    })

    it('[H1] even with a function that should not be: no page, no right, no open text', async () => {
      const { consortiumId } = await demo.actorOf(cast.chef)
      const accountId = await demo.accountIdOf(cast.administrateur)
      await demo.handle.db.insert(consortiumFunctions).values({
        consortiumId,
        accountId,
        function: 'chef_de_projet',
        civilite: 'monsieur',
        qualite: 'exploitant',
        functionLabel: 'Chef de projet',
        startsOn: '2027-01-01',
        createdAt: demo.clock.now(),
      })
      expect(await demo.actorOf(cast.administrateur)).toMatchObject({ functions: [], mandateIds: [] })
      const person = await administrateur()
      expect(await demo.services.consortia.consortiaOf(person)).toEqual([])
      await expect(demo.services.consortia.enter(person, 'tarn')).rejects.toThrow(NotFound)
      const [cookie = ''] = (await demo.services.sessions.open(accountId)).split(';')
      const session = await demo.services.sessions.accountOf(cookie)
      expect(session?.isAdministrateur).toBe(true)
      expect(await demo.services.consortia.consortiaOf(session ?? person)).toEqual([])
      const [minutes] = await demo.handle.db.query.minutes.findMany()
      expect(await demo.services.liveAccess([{ accountId, minutesId: minutes?.id ?? '', epoch: 1 }])).toEqual([null])
      await demo.handle.db.delete(consortiumFunctions).where(eq(consortiumFunctions.accountId, accountId))
    })
  })

  it('leaves a line in the security log for each chef de projet given to a consortium, and mails who has a password nothing', async () => {
    const { administration } = demo.services
    const person = await administrateur()
    await administration.createConsortiumOfText(person, indreEtLoire, '10.0.0.7')
    const [first] = await demo.handle.db
      .select()
      .from(consortiumFunctions)
      .orderBy(desc(consortiumFunctions.createdAt), desc(consortiumFunctions.id))
      .limit(1)
    expect(await eventsOf(first?.accountId ?? '')).toEqual([
      { event: 'chef_designe', by: person.accountId, address: '10.0.0.7' },
    ])
    await withoutChef(async () => {
      const form = { ...chefForm, email: cast.membre }
      await administration.designateChef(person, { slug: 'var', form, address: '10.0.0.8' })
      const accountId = await demo.accountIdOf(cast.membre)
      expect(await eventsOf(accountId)).toContainEqual({
        event: 'chef_designe',
        by: person.accountId,
        address: '10.0.0.8',
      })
      expect(await demo.handle.db.$count(outgoingMails, eq(outgoingMails.accountId, accountId))).toBe(0)
    })
  })

  describe('hands over the invitation of the first chef de projet, where nothing is sent', () => {
    it('shows its words, says in both logs that they were seen, and that it was handed over', async () => {
      const { administration } = demo.services
      const person = await administrateur()
      const accountId = await chefOfIndre()
      expect(await administration.accountPage(person, accountId)).toMatchObject({ sendsMail: false, state: 'invite' })
      const letter = await administration.invitationToCopy(person, { accountId, address: '10.0.0.9' })
      expect(letter.text).toMatch(/d’Indre-et-Loire/)
      const token = /\/invitation\/([\w-]+)/.exec(letter.text)?.[1] ?? ''
      expect(await demo.services.accounts.invitationPage(token)).not.toBeNull()
      await administration.markInvitationHandedOver(person, { accountId, address: '10.0.0.9' })
      expect(await invitationsOf(accountId)).toMatchObject([{ state: 'envoye', sentBy: person.accountId }])
      await refused(administration.markInvitationHandedOver(person, { accountId }), 409)
      const lines = await demo.handle.db
        .select()
        .from(journal)
        .where(and(eq(journal.subjectId, accountId), like(journal.verb, 'account.%')))
        .orderBy(journal.at)
      expect(lines.map(({ verb, by }) => [verb, by])).toEqual([
        ['account.showInvitation', person.accountId],
        ['account.handOverInvitation', person.accountId],
      ])
      const events = (await eventsOf(accountId)).filter(({ address }) => address === '10.0.0.9')
      expect(events.map(({ event }) => event)).toEqual(['invitation_affichee', 'invitation_remise'])
      // Lost on its way: another one may be shown.
      await administration.invitationToCopy(person, { accountId })
      expect(await invitationsOf(accountId)).toHaveLength(2)
    })

    it('for nobody who signs in, is suspended, or has nothing to join; nor where mail leaves by itself', async () => {
      const { administration } = demo.services
      const person = await administrateur()
      const asked = [
        await demo.accountIdOf(cast.membre),
        await account({ suspendedAt: demo.clock.now() }),
        await account(),
      ]
      for (const accountId of asked) await refused(administration.invitationToCopy(person, { accountId }), 409)
      const accountId = await chefOfIndre()
      Object.assign(demo.context.settings, { sendsMail: true })
      await refused(administration.invitationToCopy(person, { accountId }), 409, /part d’elle-même/)
      await refused(administration.markInvitationHandedOver(person, { accountId }), 409)
      Object.assign(demo.context.settings, { sendsMail: false })
    })

    it('with a strong second factor, and is alone to do so', async () => {
      const { administration } = demo.services
      const accountId = await chefOfIndre()
      await refused(administration.invitationToCopy(await personOf(demo, cast.chef), { accountId }), 404)
      await refused(administration.markInvitationHandedOver(await personOf(demo, cast.chef), { accountId }), 404)
      Object.assign(demo.context.settings, { secondFactor: 'required' })
      const byMail = await personOf(demo, cast.administrateur, 'courriel')
      for (const act of [administration.invitationToCopy, administration.markInvitationHandedOver]) {
        await expect(act(byMail, { accountId })).rejects.toMatchObject({ strength: 'forte' })
      }
      Object.assign(demo.context.settings, { secondFactor: 'offered' })
    })
  })

  describe('is never the last to be able to', () => {
    it('suspends no account of their own, however its identifier is written', async () => {
      const person = await administrateur()
      const accountId = person.accountId.toUpperCase()
      await refused(demo.services.accounts.suspendAccount(person, { accountId }), 409, /propre compte/)
    })

    it('leaves one who can sign in: an invited, a suspended or an erased one does not count', async () => {
      const { administration, accounts: services } = demo.services
      const person = await administrateur()
      const at = demo.clock.now()
      const others = [
        await account({ isAdministrateur: true }),
        await account({ isAdministrateur: true, passwordHash: 'x', suspendedAt: at }),
        await account({ isAdministrateur: true, passwordHash: 'x', suspendedAt: at, erasedAt: at }),
      ]
      await refused(administration.withdrawAdministrateur(person, { accountId: person.accountId }), 409, /dernier/)
      // Who was an administrateur a moment ago suspends the last one.
      const former = { ...person, accountId: others[0] ?? '' }
      await refused(services.suspendAccount(former, { accountId: person.accountId }), 409, /dernier/)
      const usable = await account({ isAdministrateur: true, passwordHash: 'x' })
      await services.suspendAccount(person, { accountId: usable })
      await services.restoreAccount(person, { accountId: usable })
      await administration.withdrawAdministrateur(person, { accountId: usable })
      for (const id of [...others, usable])
        await demo.handle.db.update(accounts).set({ isAdministrateur: false }).where(eq(accounts.id, id))
    })
  })

  /** The Var while its chef de projet is suspended. */
  async function withoutChef(work: () => Promise<void>): Promise<void> {
    const accountId = await demo.accountIdOf(cast.chefVar)
    await demo.services.accounts.suspendAccount(await administrateur(), { accountId })
    await work()
    await demo.services.accounts.restoreAccount(await administrateur(), { accountId })
  }

  async function chefOfIndre(): Promise<string> {
    const email = /courriel: ([^\s,}]+)/.exec(indreEtLoire)?.[1] ?? ''
    return demo.accountIdOf(email)
  }

  async function invitationsOf(accountId: string) {
    return demo.handle.db
      .select()
      .from(outgoingMails)
      .where(and(eq(outgoingMails.accountId, accountId), eq(outgoingMails.kind, 'invitation')))
  }
})
