import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts, journal, outgoingMails } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { designationMail, mailRow } from '../mail/outbox.ts'
import { databaseKinds } from '../setup/database.ts'
import { refused } from './acts.ts'

describe.each(databaseKinds())('outgoing mails, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  let chef: Actor
  let mailId: string
  beforeAll(async () => {
    demo = await castDatabase(kind)
    chef = await demo.actorOf(cast.chef)
  }, 60_000)
  beforeEach(async () => {
    set({ sendsMail: false, demonstration: false, secondFactor: 'offered' })
    await demo.handle.db.delete(outgoingMails)
    mailId = await designationMail(demo, cast.membre)
  })
  afterAll(() => demo.close())

  function set(chosen: Partial<Context['settings']>): void {
    const context = demo.context as { settings: Context['settings'] }
    context.settings = { ...context.settings, ...chosen }
  }

  it('[H36] are listed for the chef de projet, by state, kind and name, accents aside; mail about an account is not', async () => {
    const { mails } = demo.services
    const accountId = await demo.accountIdOf(cast.membre)
    await demo.handle.db
      .insert(outgoingMails)
      .values({ kind: 'mot_de_passe', accountId, consortiumId: null, createdAt: demo.clock.now() })
    const ids = async (filter: Parameters<typeof mails.outgoingMailsPage>[1]) =>
      (await mails.outgoingMailsPage(chef, filter)).lines.map(({ id }) => id)
    expect(await ids({})).toEqual([mailId])
    expect(await ids({ state: 'en_attente', kind: 'mandat', person: 'bensaid samira' })).toEqual([mailId])
    expect(await ids({ state: 'envoye' })).toEqual([])
    expect(await ids({ person: '100%' })).toEqual([])
    await refused(mails.outgoingMailsPage(await demo.actorOf(cast.copilote1)), 404)
  })

  it('[H36] are copied by hand where nothing is sent, and the journal tells by whom', async () => {
    const { mails } = demo.services
    const letter = await mails.mailToCopy(chef, mailId)
    expect(letter.to).toBe(cast.membre)
    expect(letter.subject).toMatch(/^\[Espace SPIE – /)
    expect(letter.text).toContain('http://localhost/tarn/')
    await mails.markHandedOver(chef, mailId)
    expect(await mailRow(demo, mailId)).toMatchObject({ state: 'envoye', sentBy: chef.accountId })
    await refused(mails.mailToCopy(chef, mailId), 409)
    await refused(mails.markHandedOver(chef, mailId), 409)
    const lines = await demo.handle.db.select().from(journal).where(eq(journal.subjectId, mailId))
    expect(lines.map(({ verb }) => verb)).toEqual(['mail.show', 'mail.handOver'])
  })

  it('[H36] show their words to nobody where they leave by themselves', async () => {
    const { mails } = demo.services
    set({ sendsMail: true })
    await refused(mails.mailToCopy(chef, mailId), 409)
    await refused(mails.markHandedOver(chef, mailId), 409)
    expect(Object.keys(await mails.mailPage(chef, mailId))).not.toContain('about')
  })

  it('[H36] are given up and taken up again; what has left is not', async () => {
    const { mails } = demo.services
    await mails.abandonMail(chef, mailId)
    expect(await mails.mailPage(chef, mailId)).toMatchObject({
      state: 'abandonne',
      abandonReason: 'par_une_personne',
      abandonedBy: 'Nadège Fauré',
      retriable: true,
      abandonable: false,
    })
    await refused(mails.abandonMail(chef, mailId), 409)
    await mails.retryMail(chef, mailId)
    expect(await mailRow(demo, mailId)).toMatchObject({ state: 'en_attente', abandonReason: null, refusals: 0 })
    // It is about to leave: a second job would be one too many.
    await refused(mails.retryMail(chef, mailId), 409)
    await mails.markHandedOver(chef, mailId)
    await refused(mails.retryMail(chef, mailId), 409)
  })

  it('[H36] given up then taken up again while they leave, wait for what became of that: they do not leave twice', async () => {
    const { mails } = demo.services
    set({ sendsMail: true })
    const leaseEnds = new Date(demo.clock.now().getTime() + 10 * 60_000)
    await demo.handle.db
      .update(outgoingMails)
      .set({ dueAt: leaseEnds, lastTriedAt: demo.clock.now(), tries: 1 })
      .where(eq(outgoingMails.id, mailId))
    await mails.abandonMail(chef, mailId)
    await mails.retryMail(chef, mailId)
    expect(await mailRow(demo, mailId)).toMatchObject({ state: 'en_attente', dueAt: leaseEnds })
    // Once the attempt can only be over, it may leave at once.
    await mails.abandonMail(chef, mailId)
    demo.clock.pass(11)
    chef = await demo.actorOf(cast.chef)
    await mails.retryMail(chef, mailId)
    expect(await mailRow(demo, mailId)).toMatchObject({ state: 'en_attente', dueAt: null })
  })

  it('[H36] ask for the stronger second factor', async () => {
    const { mails } = demo.services
    set({ secondFactor: 'required' })
    for (const act of [mails.mailToCopy, mails.markHandedOver, mails.retryMail, mails.abandonMail]) {
      await expect(act(chef, mailId)).rejects.toMatchObject({ strength: 'forte' })
    }
    expect(await mailRow(demo, mailId)).toMatchObject({ state: 'en_attente' })
  })

  it('are read by whoever signs in on a demonstration alone, and only those of invented people', async () => {
    const { mails } = demo.services
    await refused(mails.demonstrationMails(), 404)
    set({ demonstration: true, sendsMail: true })
    await refused(mails.demonstrationMails(), 404)
    await refused(mails.demonstrationMail(mailId), 404)
    set({ sendsMail: false })
    expect((await mails.demonstrationMails()).map(({ id }) => id)).toEqual([mailId])
    expect((await mails.demonstrationMail(mailId))?.text).toContain('/tarn/')
    const renamed = (from: string, email: string) =>
      demo.handle.db.update(accounts).set({ email }).where(eq(accounts.email, from))
    await renamed(cast.membre, 'samira@exemple.fr')
    expect(await mails.demonstrationMails()).toEqual([])
    await refused(mails.demonstrationMail(mailId), 404)
    await renamed('samira@exemple.fr', cast.membre)
  })
})
