import { and, eq, isNotNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, sessions, totpCredentials } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import type { VerificationMeans, VerificationStrength } from '#server/vocabulary/accounts.ts'
import type { Context } from '../context.ts'
import type { Person } from './administering.ts'
import { countTry, limitsOf } from './limits.ts'
import { awaitedMailCode, awaitMailCode, takeMailCode } from './mail-codes.ts'
import { recoveryCodesLeft, takeRecoveryCode } from './recovery-codes.ts'
import { takeTotp } from './totp.ts'

/** By which means somebody may give a second factor in this session. */
export type VerificationPage = {
  /** What was given already and still holds. */
  given: VerificationStrength | null
  email: string
  hasAuthenticator: boolean
  recoveryCodesLeft: number
  /** False where the product sends no mail: then only an application will do. */
  sendsMail: boolean
  /** True once a code was asked for that may still be typed. */
  awaitsMailCode: boolean
}

/** What the page that asks for a second factor needs to know. */
export async function verificationPage(context: Context, person: Person): Promise<VerificationPage> {
  const { db } = context
  const [account] = await db.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, person.accountId))
  return {
    given: person.rights.verification ?? null,
    email: account?.email ?? '',
    hasAuthenticator: await hasAuthenticator(db, person.accountId),
    recoveryCodesLeft: await recoveryCodesLeft(db, person.accountId),
    sendsMail: context.settings.sendsMail,
    awaitsMailCode: (await awaitedMailCode(db, person.sessionId, context.clock.now())) !== null,
  }
}

/** True once an application is enrolled and confirmed. */
export async function hasAuthenticator(db: Database | Transaction, accountId: string): Promise<boolean> {
  const [row] = await db
    .select({ accountId: totpCredentials.accountId })
    .from(totpCredentials)
    .where(and(eq(totpCredentials.accountId, accountId), isNotNull(totpCredentials.confirmedAt)))
  return row !== undefined
}

/** Sends a code by mail to the person, for this session alone. @throws Conflict (no mail leaves), TooManyTries */
export async function sendMailCode(context: Context, person: Person, input: { address: string }): Promise<void> {
  if (!context.settings.sendsMail) {
    throw new Conflict('Cet espace n’envoie pas de courriel : servez-vous d’une application d’authentification.')
  }
  const { accountId, sessionId } = person
  await countTry(limitsOf(context).ownMail, { account: `code ${accountId}`, address: input.address })
  await context.db.transaction(async tx => {
    const at = context.clock.now()
    const codeId = await awaitMailCode(tx, { accountId, sessionId }, at)
    await writeSecurityLog(tx, { at, event: 'code_demande', accountId, address: input.address })
    await writeMail(context, tx, { kind: 'code', accountId, consortiumId: null, about: { codeId } })
  })
}

/**
 * Gives a second factor for this session: it holds for twelve hours.
 * @throws Invalid on the field `code`, TooManyTries
 */
export async function verify(
  context: Context,
  person: Person,
  input: { means: VerificationMeans; code: string; address: string },
): Promise<void> {
  const { accountId, sessionId } = person
  const who = { account: accountId, address: input.address }
  await countTry(limitsOf(context).code, who)
  const at = context.clock.now()
  const code = input.code.replace(/\s/g, '').slice(0, 100)
  const strength: VerificationStrength = input.means === 'courriel' ? 'courriel' : 'forte'
  const good = await context.db.transaction(async tx => {
    const accepted = await takeCode(tx, person, { means: input.means, code }, at)
    const event = accepted ? 'verification' : 'verification_refusee'
    await writeSecurityLog(tx, { at, event, accountId, address: input.address })
    if (accepted && person.rights.verification !== 'forte') await markVerified(tx, sessionId, strength, at)
    return accepted
  })
  if (!good) throw new Invalid('Ce code n’est pas accepté.', { code: [wrongCode[input.means]] })
  await limitsOf(context).code.forget(who)
}

/** Uses a code of one of the three sorts. @returns false when it does not do */
export function takeCode(
  tx: Transaction,
  { accountId, sessionId }: Person,
  { means, code }: { means: VerificationMeans; code: string },
  at: Date,
): Promise<boolean> {
  if (means === 'courriel') return takeMailCode(tx, sessionId, code, at)
  return means === 'application' ? takeTotp(tx, accountId, code, at) : takeRecoveryCode(tx, accountId, code, at)
}

/** What holds in a session from now on. */
export async function markVerified(
  tx: Transaction,
  sessionId: string,
  verification: VerificationStrength,
  verifiedAt: Date,
): Promise<void> {
  await tx.update(sessions).set({ verification, verifiedAt }).where(eq(sessions.id, sessionId))
}

const wrongCode: Record<VerificationMeans, string> = {
  application:
    'Ce code n’est pas le bon, ou a déjà servi. Attendez que l’application en affiche un autre, puis vérifiez que l’heure de votre téléphone est juste.',
  secours: 'Ce code de secours n’est pas l’un des vôtres, ou a déjà servi. Essayez le suivant de votre liste.',
  courriel: 'Ce code n’est pas le dernier que vous avez reçu, ou a expiré. Vérifiez-le, ou demandez-en un autre.',
}
