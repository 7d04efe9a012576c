import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountLinks, accounts, mandates } from '#db/schema/index.ts'
import type { Jobs } from '#server/jobs/index.ts'
import { letterFor } from '#server/mail/deliver.ts'
import { lateMails } from '#server/mail/late-mails.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { designationMail, inState, jobsSendingTo, later, mailRow, mandateOf, tried } from './outbox.ts'
import { TestSmtp } from './smtp-server.ts'

const DAY = 24 * 60

describe.each(databaseKinds())('mail that leaves, on %s', { timeout: 60_000 }, kind => {
  const smtp = new TestSmtp()
  let site: CastDatabase
  let jobs: Jobs

  beforeAll(async () => {
    await smtp.start()
    site = await castDatabase(kind)
    jobs = await jobsSendingTo(site, smtp.url)
  }, 60_000)
  afterEach(() => {
    smtp.behaviour = 'accepts'
    smtp.only = null
    smtp.received.length = 0
  })
  afterAll(async () => {
    await jobs?.close()
    await site?.close()
    await smtp.stop()
  })

  it('leaves as soon as its transaction is over: text and HTML, one link, marked as automatic', async () => {
    const mailId = await designationMail(site, cast.membre)
    const [mail] = await smtp.has(1)
    expect((await inState(site, mailId, 'envoye')).tries).toBe(1)
    expect(mail?.to).toEqual([cast.membre])
    expect(mail?.messageId).toBe(`<${mailId}@spie.test>`)
    expect(mail?.headers).toMatch(/^From: Espace SPIE <espace@spie\.test>$/m)
    expect(mail?.headers).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(mail?.raw).toContain('Content-Type: text/plain')
    expect(mail?.raw).toContain('Content-Type: text/html')
    expect(mail?.raw).not.toMatch(/<img|<script|url\(/i)
  })

  it('makes its secret link when it leaves, a new one at each try, and keeps only what recognizes it', async () => {
    smtp.behaviour = 'drops after acceptance'
    const accountId = await site.accountIdOf(cast.membre)
    const mailId = await site.handle.db.transaction(tx =>
      writeMail(site.context, tx, { kind: 'mot_de_passe', accountId, consortiumId: null }),
    )
    await tried(site, mailId)
    smtp.behaviour = 'accepts'
    await later(site, jobs, 5)
    await inState(site, mailId, 'envoye')
    const tokens = smtp.received.map(({ raw }) => linkIn(raw))
    expect(new Set(tokens).size).toBe(2)
    const links = await site.handle.db.select().from(accountLinks).where(eq(accountLinks.accountId, accountId))
    const known = links.map(({ id }) => id)
    for (const token of tokens) {
      expect(known).toContain(createHash('sha256').update(token).digest('hex'))
      expect(known).not.toContain(token)
    }
    expect(JSON.stringify(await mailRow(site, mailId))).not.toContain(tokens[0])
  })

  it('does not leave when the transaction of its cause is given up', async () => {
    const accountId = await site.accountIdOf(cast.membre)
    const { id: mandateId, consortiumId } = await mandateOf(site, accountId)
    const given = site.handle.db.transaction(async tx => {
      await writeMail(site.context, tx, { kind: 'mandat', accountId, consortiumId, about: { mandateId } })
      throw new Error('given up')
    })
    await expect(given).rejects.toThrow('given up')
    // What is written next leaves, alone.
    await designationMail(site, cast.copilote1)
    await smtp.has(1)
    expect(await jobs.sweep()).toBe(0)
    expect(smtp.received.map(({ to }) => to[0])).toEqual([cast.copilote1])
  })

  it('leaves once, however many jobs ask for it', async () => {
    const accountId = await site.accountIdOf(cast.membre)
    const { id: mandateId, consortiumId } = await mandateOf(site, accountId)
    const mailId = await site.handle.db.transaction(async tx => {
      const id = await writeMail(site.context, tx, { kind: 'mandat', accountId, consortiumId, about: { mandateId } })
      for (let more = 0; more < 5; more++) await site.context.jobs.mailWritten(tx, id)
      return id
    })
    await inState(site, mailId, 'envoye')
    // The jobs are taken in their order: those are over once this one is.
    await inState(site, await designationMail(site, cast.copilote1), 'envoye')
    expect(smtp.received.filter(({ messageId }) => messageId.includes(mailId))).toHaveLength(1)
  })

  it('refused for now: waits longer and longer, then leaves', async () => {
    smtp.behaviour = 'refuses for now'
    const mailId = await designationMail(site, cast.membre)
    const first = await tried(site, mailId)
    expect(first).toMatchObject({ state: 'en_attente', lastError: 'refus', lastAnswer: '451 4.7.1', refusals: 1 })
    expect(minutesUntilDue(first.dueAt)).toBe(1)
    await later(site, jobs, 1)
    expect(minutesUntilDue((await tried(site, mailId, 2)).dueAt)).toBe(5)
    smtp.behaviour = 'accepts'
    await later(site, jobs, 5)
    expect(await inState(site, mailId, 'envoye')).toMatchObject({ tries: 3, lastError: null })
    expect(smtp.received).toHaveLength(1)
  })

  it('refused for good by its address: given up, and says so', async () => {
    smtp.behaviour = 'refuses for good'
    const mailId = await designationMail(site, cast.membre)
    expect(await inState(site, mailId, 'abandonne')).toMatchObject({
      abandonReason: 'adresse_refusee',
      abandonedBy: null,
      lastAnswer: '550 5.1.1',
    })
  })

  it('refused because of the servers themselves: waits for somebody to mend them', async () => {
    smtp.behaviour = 'denies relay'
    const mailId = await designationMail(site, cast.membre)
    expect(await tried(site, mailId)).toMatchObject({ state: 'en_attente', lastAnswer: '554 5.7.1' })
    smtp.behaviour = 'accepts'
    await later(site, jobs, 1)
    await inState(site, mailId, 'envoye')
  })

  it('the server cuts before it has the message: leaves once', async () => {
    smtp.behaviour = 'drops before acceptance'
    const mailId = await designationMail(site, cast.membre)
    expect(await tried(site, mailId)).toMatchObject({ state: 'en_attente', lastError: 'injoignable', refusals: 0 })
    smtp.behaviour = 'accepts'
    await later(site, jobs, 5)
    await inState(site, mailId, 'envoye')
    expect(smtp.received).toHaveLength(1)
  })

  it('the server takes it and cuts before it says so: leaves again, under the same Message-ID', async () => {
    smtp.behaviour = 'drops after acceptance'
    const mailId = await designationMail(site, cast.membre)
    await tried(site, mailId)
    smtp.behaviour = 'accepts'
    await later(site, jobs, 5)
    await inState(site, mailId, 'envoye')
    expect(smtp.received.map(({ messageId }) => messageId)).toEqual([`<${mailId}@spie.test>`, `<${mailId}@spie.test>`])
  })

  it('one mail that the server chokes on does not hold the others', async () => {
    smtp.behaviour = 'drops before acceptance'
    smtp.only = cast.membre
    const choking = await designationMail(site, cast.membre)
    await tried(site, choking)
    await inState(site, await designationMail(site, cast.copilote1), 'envoye')
    await later(site, jobs, 5)
    await tried(site, choking, 2)
    await inState(site, await designationMail(site, cast.copilote1), 'envoye')
    smtp.behaviour = 'accepts'
    await later(site, jobs, 5)
    await inState(site, choking, 'envoye')
  })

  it('the server is away for two days: nothing is lost, nothing leaves twice, and the health tells', async () => {
    await smtp.stop()
    const written = [
      await designationMail(site, cast.membre),
      await designationMail(site, cast.copilote1),
      await designationMail(site, cast.copilote2),
    ]
    for (const mailId of written) expect((await tried(site, mailId, 0)).lastError).toBe('injoignable')
    for (let hours = 0; hours < 48; hours += 6) await later(site, jobs, 6 * 60)
    for (const mailId of written) expect((await mailRow(site, mailId)).state).toBe('en_attente')
    expect(await lateMails(site.context)).toBe(3)
    await smtp.start()
    await later(site, jobs, 5)
    for (const mailId of written) await inState(site, mailId, 'envoye')
    expect(smtp.received.map(({ to }) => to[0]).toSorted()).toEqual(
      [cast.membre, cast.copilote1, cast.copilote2].toSorted(),
    )
    expect(await lateMails(site.context)).toBe(0)
  })

  it('nobody loses a mail by ten days of refusals before it is given up', async () => {
    smtp.behaviour = 'refuses for now'
    const mailId = await designationMail(site, cast.membre)
    const began = site.clock.now().getTime()
    let row = await tried(site, mailId)
    while (row.state === 'en_attente') {
      await later(site, jobs, minutesUntilDue(row.dueAt))
      row = await tried(site, mailId, row.tries + 1)
    }
    expect(row.abandonReason).toBe('trop_de_refus')
    const days = (site.clock.now().getTime() - began) / 60_000 / DAY
    expect(days).toBeGreaterThan(7)
    expect(days).toBeLessThan(11)
  })

  it.each([
    ['suspended', { suspendedAt: new Date() }, 'compte_suspendu'],
    ['erased', { erasedAt: new Date() }, 'compte_efface'],
  ] as const)('dies with the account that was %s while it waited', async (_how, change, reason) => {
    const mailId = await waiting(cast.membre)
    const accountId = await site.accountIdOf(cast.membre)
    await site.handle.db.update(accounts).set(change).where(eq(accounts.id, accountId))
    await later(site, jobs, 5)
    expect((await inState(site, mailId, 'abandonne')).abandonReason).toBe(reason)
    await site.handle.db.update(accounts).set({ suspendedAt: null, erasedAt: null }).where(eq(accounts.id, accountId))
  })

  it('dies with the mandate that ended while it waited', async () => {
    const mailId = await waiting(cast.membre)
    const accountId = await site.accountIdOf(cast.membre)
    const { id, endsOn } = await mandateOf(site, accountId)
    await site.handle.db.update(mandates).set({ endsOn: '2027-03-13' }).where(eq(mandates.accountId, accountId))
    await later(site, jobs, 5)
    expect((await inState(site, mailId, 'abandonne')).abandonReason).toBe('plus_de_droit')
    expect(smtp.received).toHaveLength(0)
    await site.handle.db.update(mandates).set({ endsOn }).where(eq(mandates.id, id))
  })

  it('dies with its cause', async () => {
    const accountId = await site.accountIdOf(cast.membre)
    const { consortiumId } = await mandateOf(site, accountId)
    const mailId = await site.handle.db.transaction(tx =>
      writeMail(site.context, tx, { kind: 'mandat', accountId, consortiumId, about: { mandateId: accountId } }),
    )
    expect((await inState(site, mailId, 'abandonne')).abandonReason).toBe('cause_disparue')
  })

  it('an address corrected while its invitation leaves is invited, and what left to the former one opens nothing', async () => {
    const chef = await site.actorOf(cast.chef)
    smtp.behaviour = 'keeps silent'
    const { accountId } = await site.services.mandates.giveFunction(chef, {
      person: { email: 'faute@albi.test', givenName: 'Prune', familyName: 'Astruc' },
      function: 'observateur',
      functionLabel: '',
      civilite: 'madame',
      qualite: 'chargée de mission',
      organisationId: null,
      startsOn: '2027-03-12',
      endsOn: null,
    })
    await smtp.has(1)
    const corrected = { givenName: 'Prune', familyName: 'Astruc', phone: '' }
    await site.services.people.correctPerson(chef, { accountId, ...corrected, email: 'prune.astruc@albi.test' })
    smtp.behaviour = 'accepts'
    smtp.answer()
    await smtp.has(2)
    expect(smtp.received.map(({ to }) => to[0])).toEqual(['faute@albi.test', 'prune.astruc@albi.test'])
    const [lost, good] = smtp.received.map(({ raw }) => linkIn(raw, 'invitation'))
    expect(await site.services.accounts.invitationPage(lost ?? '')).toBeNull()
    expect(await site.services.accounts.invitationPage(good ?? '')).not.toBeNull()
  })

  it('the link of a mail is made for the address of that instant, and goes there', async () => {
    const accountId = await site.accountIdOf(cast.membre)
    const mail = { id: accountId, kind: 'mot_de_passe' as const, accountId, consortiumId: null, about: {} }
    let read = 0
    // The address changes between the recipient and the link.
    const db = new Proxy(site.handle.db, {
      get(target, key) {
        if (key === 'transaction' && read++ === 0) {
          return async (...args: Parameters<typeof target.transaction>) => {
            await target.update(accounts).set({ email: 'nouvelle@albi.test' }).where(eq(accounts.id, accountId))
            return target.transaction(...args)
          }
        }
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const letter = await letterFor({ ...site.context, db }, mail)
    expect(letter).toMatchObject({ to: { address: 'nouvelle@albi.test' } })
    await site.handle.db.update(accounts).set({ email: cast.membre }).where(eq(accounts.id, accountId))
  })

  /** The token of the link of a mail, whose lines quoted-printable cuts. */
  function linkIn(raw: string, page = 'mot-de-passe'): string {
    return new RegExp(`/${page}/([\\w-]+)`).exec(raw.replaceAll('=\r\n', ''))?.[1] ?? ''
  }

  /** A mail that waits, while the server takes nothing. */
  async function waiting(email: string): Promise<string> {
    smtp.behaviour = 'drops before acceptance'
    const mailId = await designationMail(site, email)
    await tried(site, mailId)
    smtp.behaviour = 'accepts'
    return mailId
  }

  function minutesUntilDue(dueAt: Date | null): number {
    if (!dueAt) throw new Error('the mail is due at once')
    return (dueAt.getTime() - site.clock.now().getTime()) / 60_000
  }
})
