import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, consortia, outgoingMails } from '#db/schema/index.ts'
import { Conflict, Forbidden, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { writeJournal } from '#server/journal.ts'
import { letterFor, type MailRow } from '#server/mail/deliver.ts'
import { personName } from '#server/vocabulary/french.ts'
import { abandonReasonLabels } from '#server/vocabulary/mail.ts'
import { lockedAccount } from '../accounts/suspend-account.ts'
import type { Context } from '../context.ts'
import { knownHereAlone } from '../governance/manage-person.ts'
import { nameOf } from '../governance/people.ts'
import { lineFrom, type MailLine } from './outgoing-mails.ts'

export type MailPage = MailLine & {
  sendsMail: boolean
  accountId: string
  tries: number
  lastTriedAt: Date | null
  /** The code of the server's last answer: `452 4.2.2`. */
  lastAnswer: string | null
  abandonedAt: Date | null
  abandonedBy: string
  sentBy: string
  /** Waiting again, or at once. */
  retriable: boolean
  abandonable: boolean
  /** Without `SMTP_URL`, while it waits: its words may be copied, and it may be said to have been handed over. */
  copiable: boolean
  /** An invitation that only an administrateur may hand over, since its link would open more than this consortium. */
  reserved: boolean
}

/** One mail of the consortium, without its words. @throws NotFound (H36) */
export async function mailPage(context: Context, actor: Actor, mailId: string): Promise<MailPage> {
  const { db, settings } = context
  authorize(actor, 'consortium', 'readMails', { consortiumId: actor.consortiumId })
  const [row] = await db
    .select({
      mail: outgoingMails,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      knownHereAlone: knownHereAlone(actor.consortiumId),
    })
    .from(outgoingMails)
    .innerJoin(accounts, eq(accounts.id, outgoingMails.accountId))
    .innerJoin(consortia, eq(consortia.id, outgoingMails.consortiumId))
    .where(and(visibleTo(actor, 'consortium', 'readMails'), eq(outgoingMails.id, uuidOrNone(mailId))))
  if (!row) throw new NotFound()
  const { mail } = row
  const waiting = mail.state === 'en_attente'
  const byHand = waiting && !settings.sendsMail
  const reserved = byHand && mail.kind === 'invitation' && !row.knownHereAlone
  return {
    ...lineFrom(mail, personName(row)),
    sendsMail: settings.sendsMail,
    accountId: mail.accountId,
    tries: mail.tries,
    lastTriedAt: mail.lastTriedAt,
    lastAnswer: mail.lastAnswer,
    abandonedAt: mail.abandonedAt,
    abandonedBy: await nameOf(db, mail.abandonedBy),
    sentBy: await nameOf(db, mail.sentBy),
    retriable: mail.state === 'abandonne' || (settings.sendsMail && waiting && mail.lastError !== null),
    abandonable: waiting,
    copiable: byHand && !reserved,
    reserved,
  }
}

/** The words of a mail that nothing sends, to be handed over by whoever may see it. */
export type MailToCopy = { to: string; subject: string; text: string }

/**
 * Writes a mail for who will hand it over, where nothing sends mail; a secret link in it is a new one, and the journal
 * tells who has seen it. With `SMTP_URL`, nobody sees the words of a mail.
 * @throws NotFound, VerificationNeeded (H36), Conflict (mail leaves by itself, or does not wait), Forbidden (an
 * invitation that would open more than this consortium)
 */
export async function mailToCopy(context: Context, actor: Actor, mailId: string): Promise<MailToCopy> {
  return changeMail(context, actor, mailId, 'mail.show', async (tx, mail) => {
    if (context.settings.sendsMail) throw new Conflict('Ce courriel part de lui-même : son texte ne se montre pas.')
    if (mail.state !== 'en_attente') throw new Conflict('Ce courriel n’attend plus.')
    await mayHandOver(tx, actor, mail)
    return toCopy(context, tx, mail)
  })
}

/** The words of a mail, made in the transaction that checks who may see them. @throws Conflict when its cause is gone */
export async function toCopy(context: Context, tx: Transaction, mail: MailRow): Promise<MailToCopy> {
  const letter = await letterFor({ ...context, db: tx }, mail)
  if ('gone' in letter) throw new Conflict(`Ce courriel n’a plus lieu d’être. ${abandonReasonLabels[letter.gone]}`)
  return { to: letter.to.address, subject: letter.subject, text: letter.text }
}

/**
 * The link of an invitation opens the whole account to whoever reads it first: a chef de projet hands over those of people
 * whom this consortium alone knows. The account is locked, so that nobody designates it elsewhere meanwhile.
 * @throws Forbidden
 */
async function mayHandOver(tx: Transaction, { consortiumId }: Actor, mail: MailRow): Promise<void> {
  if (mail.kind !== 'invitation') return
  const [account] = await tx
    .select({ alone: knownHereAlone(consortiumId) })
    .from(accounts)
    .where(eq(accounts.id, mail.accountId))
  if (account?.alone) return
  throw new Forbidden(
    'Cette personne est connue d’un autre consortium, ou administre l’espace : le lien de cette invitation ouvrirait tout son compte. Seul un administrateur de l’espace peut la remettre, depuis la page du compte.',
  )
}

/**
 * Says that a mail was handed over: it will not leave again.
 * @throws NotFound, VerificationNeeded (H36), Conflict, Forbidden (as `mailToCopy`)
 */
export async function markHandedOver(context: Context, actor: Actor, mailId: string): Promise<void> {
  await changeMail(context, actor, mailId, 'mail.handOver', async (tx, mail) => {
    if (context.settings.sendsMail) throw new Conflict('Ce courriel part de lui-même.')
    if (mail.state !== 'en_attente') throw new Conflict('Ce courriel n’attend plus.')
    await mayHandOver(tx, actor, mail)
    await tx
      .update(outgoingMails)
      .set({ state: 'envoye', sentAt: actor.now, sentBy: actor.accountId, lastError: null })
      .where(eq(outgoingMails.id, mail.id))
  })
}

/** Lets a mail leave again, as if it had just been written; after the attempt under way, if there is one. @throws NotFound, VerificationNeeded (H36), Conflict */
export async function retryMail(context: Context, actor: Actor, mailId: string): Promise<void> {
  await changeMail(context, actor, mailId, 'mail.retry', async (tx, mail) => {
    if (mail.state === 'envoye') throw new Conflict('Ce courriel est déjà parti.')
    if (mail.state === 'en_attente' && mail.lastError === null)
      throw new Conflict('Ce courriel est déjà en train de partir.')
    const dueAt = endOfAttempt(mail, actor.now)
    await tx
      .update(outgoingMails)
      .set({ state: 'en_attente', dueAt, refusals: 0, abandonedAt: null, abandonedBy: null, abandonReason: null })
      .where(eq(outgoingMails.id, mail.id))
    await context.jobs.mailWritten(tx, mail.id, dueAt ?? undefined)
  })
}

/** Gives a waiting mail up. @throws NotFound, VerificationNeeded (H36), Conflict */
export async function abandonMail(context: Context, actor: Actor, mailId: string): Promise<void> {
  await changeMail(context, actor, mailId, 'mail.abandon', async (tx, mail) => {
    if (mail.state !== 'en_attente') throw new Conflict('Ce courriel n’attend plus.')
    await tx
      .update(outgoingMails)
      .set({
        state: 'abandonne',
        abandonedAt: actor.now,
        abandonedBy: actor.accountId,
        abandonReason: 'par_une_personne',
        dueAt: endOfAttempt(mail, actor.now),
      })
      .where(eq(outgoingMails.id, mail.id))
  })
}

/** Until when an attempt to send a mail may still be under way; null when none is. */
function endOfAttempt({ lastTriedAt, lastError, dueAt }: MailRow, now: Date): Date | null {
  const underWay = lastTriedAt !== null && lastError === null && dueAt !== null && dueAt > now
  return underWay ? dueAt : null
}

/**
 * What every verb on a mail shares: it is locked, of the actor's consortium, and the journal tells. Its account is locked
 * first, as by whoever suspends it or corrects its address.
 */
async function changeMail<Result>(
  context: Context,
  actor: Actor,
  mailId: string,
  verb: string,
  work: (tx: Transaction, mail: MailRow) => Promise<Result>,
): Promise<Result> {
  const { consortiumId } = actor
  authorize(actor, 'consortium', 'readMails', { consortiumId })
  requireVerification(context, actor, 'forte')
  return context.db.transaction(async tx => {
    const asked = and(eq(outgoingMails.id, uuidOrNone(mailId)), eq(outgoingMails.consortiumId, consortiumId))
    const [its] = await tx.select({ accountId: outgoingMails.accountId }).from(outgoingMails).where(asked)
    if (!its) throw new NotFound()
    await lockedAccount(tx, its.accountId)
    const [mail] = await tx.select().from(outgoingMails).where(asked).for('update')
    if (!mail) throw new NotFound()
    const result = await work(tx, mail)
    await writeJournal(tx, {
      consortiumId,
      at: actor.now,
      by: actor.accountId,
      verb,
      subjectKind: 'mail',
      subjectId: mail.id,
    })
    return result
  })
}
