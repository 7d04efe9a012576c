import { and, eq, sql } from 'drizzle-orm'
import { vi } from 'vitest'
import { mandates, outgoingMails } from '#db/schema/index.ts'
import { type Jobs, startJobs } from '#server/jobs/index.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { readSmtpUrl } from '#server/mail/smtp-url.ts'
import { type MailTransport, smtpTransport } from '#server/mail/transport.ts'
import type { CastDatabase } from '../cast.ts'

export type MailRow = typeof outgoingMails.$inferSelect

/** The transport that `SMTP_URL` would give. */
export function transportTo(url: string): MailTransport {
  const settings = readSmtpUrl(url)
  if (!settings) throw new Error(`not an SMTP_URL: ${url}`)
  return smtpTransport(settings, { host: 'spie.test' })
}

/** The jobs of a server that sends its mail there. */
export function jobsSendingTo(site: CastDatabase, url: string): Promise<Jobs> {
  const context = site.context as { settings: CastDatabase['context']['settings'] }
  context.settings = { ...context.settings, origin: 'https://spie.test', sendsMail: true }
  return startJobs(site.context, { queue: site.handle.queue, transport: transportTo(url) })
}

/** Writes the mail of a designation, as a command does. @returns its id */
export async function designationMail(site: CastDatabase, email: string): Promise<string> {
  const accountId = await site.accountIdOf(email)
  const mandate = await mandateOf(site, accountId)
  return site.handle.db.transaction(tx =>
    writeMail(site.context, tx, {
      kind: 'mandat',
      accountId,
      consortiumId: mandate.consortiumId,
      about: { mandateId: mandate.id },
    }),
  )
}

export async function mandateOf(site: CastDatabase, accountId: string) {
  const [mandate] = await site.handle.db
    .select()
    .from(mandates)
    .where(and(eq(mandates.accountId, accountId)))
  if (!mandate) throw new Error('the person has a mandate')
  return mandate
}

export async function mailRow(site: CastDatabase, mailId: string): Promise<MailRow> {
  const [row] = await site.handle.db.select().from(outgoingMails).where(eq(outgoingMails.id, mailId))
  if (!row) throw new Error('the mail is there')
  return row
}

/** The mail once its try is over, whatever came of it. */
export async function tried(site: CastDatabase, mailId: string, times = 1): Promise<MailRow> {
  return vi.waitUntil(
    async () => {
      const row = await mailRow(site, mailId)
      const over = row.state !== 'en_attente' || row.lastError !== null
      return over && row.tries >= times ? row : null
    },
    { timeout: 20_000, interval: 20 },
  ) as Promise<MailRow>
}

/** The mail once it has the state. */
export async function inState(site: CastDatabase, mailId: string, state: MailRow['state']): Promise<MailRow> {
  return vi.waitUntil(
    async () => {
      const row = await mailRow(site, mailId)
      return row.state === state ? row : null
    },
    { timeout: 20_000, interval: 20 },
  ) as Promise<MailRow>
}

/** Minutes pass, once the jobs under way are over; then comes the round that looks for what is due. */
export async function later(site: CastDatabase, jobs: Jobs, minutes: number): Promise<void> {
  await vi.waitUntil(
    async () => {
      const [row] = await site.handle.rows<{ active: boolean }>(
        sql`select exists (select 1 from pgboss.job where state = 'active') as active`,
      )
      return row?.active === false
    },
    { timeout: 20_000, interval: 10 },
  )
  site.clock.pass(minutes)
  await jobs.sweep()
}
