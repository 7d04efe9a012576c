import { and, eq, isNull, lte, ne, or, sql } from 'drizzle-orm'
import { outgoingMails } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import type { AbandonReason, MailFailure } from '#server/vocabulary/mail.ts'
import type { Away } from './away.ts'
import { awayMs, leaseMs, restAfter } from './backoff.ts'
import { dress, type Letter } from './layout.ts'
import { recipientOf } from './recipient.ts'
import type { MailTransport, Outcome } from './transport.ts'
import { mailWriters } from './writers.ts'

export type MailRow = typeof outgoingMails.$inferSelect

/** What mail leaves through, and what is known of it. */
export type Delivery = { transport: MailTransport; away: Away }

/**
 * Sends one mail, if it is due and nobody else is at it: its recipient's rights and its words are those of this instant.
 * Between the server's acceptance and the mark, a death of the process lets it leave once more, under the same Message-ID;
 * otherwise it leaves once.
 */
export async function deliverMail(context: Context, { transport, away }: Delivery, mailId: string): Promise<void> {
  const now = context.clock.now()
  const until = away.until(now)
  if (until) return rest(context, mailId, { until, failure: 'injoignable' })
  const mail = await claim(context, mailId)
  if (!mail) return
  const letter = await letterFor(context, mail).catch(error => {
    context.log.error({ err: error, mailId, kind: mail.kind }, 'mail could not be written')
    return null
  })
  if (letter === null) {
    return rest(context, mailId, { until: later(now, leaseMs * 6), failure: 'ecriture' })
  }
  if ('gone' in letter) return giveUp(context, mailId, letter.gone)
  const outcome = await transport.send({
    messageId: messageIdOf(mailId, context.settings.origin),
    to: letter.to,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
  })
  if (outcome.sent) {
    away.answered()
    return markSent(context, mailId)
  }
  await refused(context, away, mail, outcome)
}

/** The letter that a mail has become, or why it may not leave. */
export async function letterFor(
  context: Context,
  mail: Pick<MailRow, 'id' | 'kind' | 'accountId' | 'consortiumId' | 'about'>,
): Promise<(Letter & { to: { name: string; address: string } }) | { gone: AbandonReason }> {
  const recipient = await recipientOf(context, mail)
  if ('gone' in recipient) return recipient
  const content = await mailWriters[mail.kind](context, mail)
  if (!content) return { gone: 'cause_disparue' }
  const { name, consortium } = recipient
  return {
    to: { name, address: content.to ?? recipient.email },
    ...dress(content, { name, consortium, origin: context.settings.origin }),
  }
}

/** The same at each try, whatever the words have become. */
export function messageIdOf(mailId: string, origin: string): string {
  return `<${mailId}@${new URL(origin).hostname}>`
}

/** Takes a mail that is due, for as long as an attempt may last; null when there is nothing to do. */
async function claim({ db, clock }: Context, mailId: string): Promise<MailRow | null> {
  const now = clock.now()
  const [mail] = await db
    .update(outgoingMails)
    .set({
      dueAt: later(now, leaseMs),
      lastTriedAt: now,
      lastError: null,
      lastAnswer: null,
      tries: sql`${outgoingMails.tries} + 1`,
    })
    .where(and(waiting(mailId), or(isNull(outgoingMails.dueAt), lte(outgoingMails.dueAt, now))))
    .returning()
  return mail ?? null
}

/** A server took it. That is so even if somebody gave it up meanwhile. */
async function markSent({ db, clock }: Context, mailId: string): Promise<void> {
  await insisting(() =>
    db
      .update(outgoingMails)
      .set({
        state: 'envoye',
        sentAt: clock.now(),
        dueAt: null,
        lastError: null,
        abandonedAt: null,
        abandonedBy: null,
        abandonReason: null,
      })
      .where(and(eq(outgoingMails.id, mailId), ne(outgoingMails.state, 'envoye'))),
  )
}

async function refused(
  context: Context,
  away: Away,
  mail: MailRow,
  { failure, answer, forGood }: Extract<Outcome, { sent: false }>,
): Promise<void> {
  const now = context.clock.now()
  context.log.warn({ mailId: mail.id, failure, answer }, 'mail did not leave')
  if (failure !== 'refus') {
    away.unanswered(mail.id, now)
    return rest(context, mail.id, { until: later(now, awayMs), failure, answer })
  }
  away.answered()
  const refusals = mail.refusals + 1
  const pause = forGood ? null : restAfter(refusals)
  if (pause === null) {
    return giveUp(context, mail.id, forGood ? 'adresse_refusee' : 'trop_de_refus', { answer, refusals })
  }
  await rest(context, mail.id, { until: later(now, pause), failure, answer, refusals })
}

type Resting = { until: Date; failure: MailFailure; answer?: string | null; refusals?: number }

/** Puts a mail off, with the job that will take it again, in one transaction. */
async function rest(context: Context, mailId: string, { until, failure, answer, refusals }: Resting): Promise<void> {
  await insisting(() =>
    context.db.transaction(async tx => {
      const rested = await tx
        .update(outgoingMails)
        .set({ dueAt: until, lastError: failure, lastAnswer: answer ?? null, ...(refusals ? { refusals } : {}) })
        .where(waiting(mailId))
        .returning({ id: outgoingMails.id })
      if (rested.length > 0) await context.jobs.mailWritten(tx, mailId, until)
    }),
  )
}

async function giveUp(
  { db, clock }: Context,
  mailId: string,
  reason: AbandonReason,
  why: { answer?: string | null; refusals?: number } = {},
): Promise<void> {
  await insisting(() =>
    db
      .update(outgoingMails)
      .set({
        state: 'abandonne',
        abandonedAt: clock.now(),
        abandonReason: reason,
        dueAt: null,
        lastAnswer: why.answer ?? null,
        ...(why.refusals ? { refusals: why.refusals } : {}),
      })
      .where(waiting(mailId)),
  )
}

function waiting(mailId: string) {
  return and(eq(outgoingMails.id, mailId), eq(outgoingMails.state, 'en_attente'))
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms)
}

/** A database that stumbles must not make a mail leave twice: what was done is written again and again, for ten seconds. */
async function insisting(write: () => Promise<unknown>): Promise<void> {
  for (const pause of [100, 500, 2000, 7000]) {
    try {
      await write()
      return
    } catch {
      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
  await write()
}
