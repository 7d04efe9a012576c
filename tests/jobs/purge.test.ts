import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  accountLinks,
  attendance,
  emailChanges,
  mailCodes,
  mandates,
  minutes,
  outgoingMails,
  securityLog,
  sessions,
} from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { type Jobs, startJobs } from '#server/jobs/index.ts'
import { purge } from '#server/jobs/purge.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { newMeeting } from '../domain/acts.ts'
import { databaseKinds } from '../setup/database.ts'

const DAY = 24 * 3600 * 1000

describe.each(databaseKinds())('what is kept for long enough is deleted by a job, on %s', { timeout: 60_000 }, kind => {
  let site: CastDatabase
  let jobs: Jobs | null = null

  beforeAll(async () => {
    site = await castDatabase(kind)
  }, 60_000)
  afterAll(async () => {
    await jobs?.close()
    await site?.close()
  })

  it('the security log after twelve months, expired sessions, codes, links and changes of address, old mail that left', async () => {
    const { db } = site.handle
    const accountId = await site.accountIdOf(cast.membre)
    const now = site.clock.now()
    const ago = (days: number) => new Date(now.getTime() - days * DAY)
    const hash = () => randomBytes(32).toString('hex')
    await db.delete(securityLog)
    await db.delete(sessions)
    // The clock says 12 March 2027, 14:32 in Paris.
    await db.insert(securityLog).values([
      { at: new Date('2026-03-12T13:31:00Z'), accountId, event: 'connexion' },
      { at: new Date('2026-03-12T13:33:00Z'), accountId, event: 'connexion' },
    ])
    await db.insert(sessions).values([
      { id: hash(), userId: accountId, expiresAt: ago(1) },
      { id: 'still open', userId: accountId, expiresAt: ago(-1) },
    ])
    const code = { accountId, sessionId: 'still open', createdAt: ago(1) }
    await db.insert(mailCodes).values([
      { ...code, expiresAt: ago(1) },
      { ...code, expiresAt: ago(-1) },
    ])
    const link = { accountId, purpose: 'mot_de_passe' as const, createdAt: ago(60) }
    await db.insert(accountLinks).values([
      { ...link, id: hash(), expiresAt: ago(31) },
      { ...link, id: hash(), expiresAt: ago(29) },
    ])
    const change = { accountId, requestedAt: ago(60) }
    await db.insert(emailChanges).values([
      { ...change, newEmail: 'ancienne@tarn.test', expiresAt: ago(31) },
      { ...change, newEmail: 'nouvelle@tarn.test', expiresAt: ago(29) },
    ])
    const mail = { accountId, consortiumId: null, kind: 'mot_de_passe_change' as const }
    await db.insert(outgoingMails).values([
      { ...mail, createdAt: ago(400), state: 'envoye', sentAt: ago(400) },
      { ...mail, createdAt: ago(400) },
      { ...mail, createdAt: ago(300), state: 'envoye', sentAt: ago(300) },
    ])

    jobs = await startJobs(site.context, { queue: site.handle.queue, transport: null })
    await vi.waitUntil(() => purgedOnce(), { timeout: 20_000, interval: 20 })

    expect(await counts()).toEqual({ securityLog: 1, sessions: 1, mailCodes: 1, links: 1, changes: 1, mails: 2 })
    expect(jobs.failing()).toEqual([])
  })

  it('the reasons of absences three months after the seal, or a year after a meeting that nothing sealed', async () => {
    const { db } = site.handle
    const seat = eq(mandates.accountId, await site.accountIdOf(cast.membre))
    const [mandate] = await db.select().from(mandates).where(seat)
    const reasonAt = async (day: string, sealedOn: string | null) => {
      const typed = { day, startTime: '09:30', endTime: '11:00' }
      const { meetingId, minutesId } = await newMeeting(site, cast.copilote1, 'parcours', typed)
      const validatedAt = sealedOn === null ? null : parisInstant(sealedOn, '12:00')
      if (validatedAt) await db.update(minutes).set({ state: 'valide', validatedAt }).where(eq(minutes.id, minutesId))
      await db.insert(attendance).values({
        consortiumId: mandate?.consortiumId ?? '',
        meetingId,
        mandateId: mandate?.id ?? '',
        status: 'excuse',
        reason: `le ${day}`,
        recordedAt: parisInstant(day, '08:00'),
        recordedBy: mandate?.accountId ?? '',
      })
      return meetingId
    }
    const kept = [await reasonAt('2026-11-02', '2026-12-13'), await reasonAt('2026-03-13', null)]
    const gone = [await reasonAt('2026-11-03', '2026-12-11'), await reasonAt('2026-03-11', null)]
    await purge(site.context)
    const reasonOf = async (meetingId: string) => {
      const [row] = await db.select().from(attendance).where(eq(attendance.meetingId, meetingId))
      return row && [row.status, row.reason]
    }
    expect(await Promise.all(kept.map(reasonOf))).toEqual([
      ['excuse', 'le 2026-11-02'],
      ['excuse', 'le 2026-03-13'],
    ])
    expect(await Promise.all(gone.map(reasonOf)), 'the excuse stays, without its reason').toEqual([
      ['excuse', null],
      ['excuse', null],
    ])
  })

  it('comes back every night, and makes up for a night when the server was off', async () => {
    const [plan] = await site.handle.rows<{ cron: string; timezone: string; missed: string }>(
      sql`select cron, timezone, options->>'missed' as missed from pgboss.schedule where name = 'purge'`,
    )
    expect(plan).toEqual({ cron: '17 3 * * *', timezone: 'Europe/Paris', missed: 'once' })
  })

  async function purgedOnce(): Promise<boolean> {
    const [row] = await site.handle.rows<{ done: boolean }>(
      sql`select exists (select 1 from pgboss.job where name = 'purge' and state = 'completed') as done`,
    )
    return row?.done ?? false
  }

  async function counts() {
    const { db } = site.handle
    return {
      securityLog: await db.$count(securityLog),
      sessions: await db.$count(sessions),
      mailCodes: await db.$count(mailCodes),
      links: await db.$count(accountLinks),
      changes: await db.$count(emailChanges),
      mails: await db.$count(outgoingMails),
    }
  }
})
