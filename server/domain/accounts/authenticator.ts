import { and, eq, isNull } from 'drizzle-orm'
import { renderSVG } from 'uqr'
import type { Transaction } from '#db/client.ts'
import { recoveryCodes, sessions, totpCredentials } from '#db/schema/index.ts'
import { Conflict, Invalid, VerificationNeeded } from '#server/errors.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { changeAccount } from '../administration/change-account.ts'
import type { Context } from '../context.ts'
import type { Person } from './administering.ts'
import { requirePassword } from './change-password.ts'
import { countTry, limitsOf } from './limits.ts'
import { recoveryCodesLeft, renewRecoveryCodes } from './recovery-codes.ts'
import { lockedAccount } from './suspend-account.ts'
import { newSecret, otpauthUri, stepOf } from './totp.ts'
import { hasAuthenticator, markVerified, takeCode } from './verification.ts'

/** What the page of one's second factor shows. */
export type AuthenticatorPage = {
  /** When the application was confirmed; null without one. */
  since: Date | null
  recoveryCodesLeft: number
  /** True when a code by mail is to be given before an application is added. */
  asksMailCode: boolean
}

/** What is shown once, to be read by an authenticator application. */
export type Enrolment = { secret: string; uri: string; qrCode: string }

export async function authenticatorPage(context: Context, person: Person): Promise<AuthenticatorPage> {
  const [credential] = await context.db
    .select({ since: totpCredentials.confirmedAt })
    .from(totpCredentials)
    .where(eq(totpCredentials.accountId, person.accountId))
  return {
    since: credential?.since ?? null,
    recoveryCodesLeft: await recoveryCodesLeft(context.db, person.accountId),
    asksMailCode: asksMailCode(context, person),
  }
}

/** Who only holds an open session adds no application: the password, and where mail leaves a code, come first. */
function asksMailCode(context: Context, { rights }: Person): boolean {
  return context.settings.sendsMail && !rights.verification
}

/**
 * Begins to add an authenticator application: its secret is shown now, and waits for a first code.
 * @throws VerificationNeeded (a code by mail first), Invalid (the password), Conflict (there is one already), TooManyTries
 */
export async function startEnrolment(
  context: Context,
  person: Person,
  input: { current: string; address: string },
): Promise<Enrolment> {
  if (asksMailCode(context, person)) throw new VerificationNeeded('courriel')
  const account = await requirePassword(context, person, { password: input.current, address: input.address })
  const secret = newSecret()
  const createdAt = context.clock.now()
  await context.db.transaction(async tx => {
    await lockedAccount(tx, account.id)
    const begun = await tx
      .insert(totpCredentials)
      .values({ accountId: account.id, secret, createdAt })
      .onConflictDoUpdate({
        target: totpCredentials.accountId,
        set: { secret, createdAt, lastStep: null },
        setWhere: isNull(totpCredentials.confirmedAt),
      })
      .returning({ accountId: totpCredentials.accountId })
    if (begun.length === 0) throw alreadyThere()
  })
  return enrolmentOf(secret, account.email)
}

/**
 * Adds the application, once it gives a right code.
 * @param input.secret as it was shown: who has not seen it learns nothing here
 * @returns the recovery codes, shown once; or the same enrolment again when the code is not right
 * @throws Conflict (begin again), TooManyTries
 */
export async function confirmEnrolment(
  context: Context,
  person: Person,
  input: { secret: string; code: string; address: string },
): Promise<{ recoveryCodes: string[] } | { enrolment: Enrolment }> {
  const { accountId, sessionId } = person
  const who = { account: accountId, address: input.address }
  await countTry(limitsOf(context).code, who)
  const at = context.clock.now()
  const outcome = await context.db.transaction(async tx => {
    const account = await lockedAccount(tx, accountId)
    const [waiting] = await tx
      .select()
      .from(totpCredentials)
      .where(and(eq(totpCredentials.accountId, accountId), isNull(totpCredentials.confirmedAt)))
    if (!waiting || waiting.secret !== input.secret) throw startAgain()
    const step = stepOf(waiting.secret, input.code.replace(/\s/g, ''), at)
    if (step === null) {
      await writeSecurityLog(tx, { at, event: 'verification_refusee', accountId, address: input.address })
      return { enrolment: enrolmentOf(waiting.secret, account.email) }
    }
    await tx
      .update(totpCredentials)
      .set({ confirmedAt: at, lastStep: step })
      .where(eq(totpCredentials.accountId, accountId))
    await markVerified(tx, sessionId, 'forte', at)
    await writeSecurityLog(tx, { at, event: 'application_ajoutee', accountId, address: input.address })
    return { recoveryCodes: await renewRecoveryCodes(tx, accountId, at) }
  })
  if ('recoveryCodes' in outcome) await limitsOf(context).code.forget(who)
  return outcome
}

/**
 * Makes ten other recovery codes; the former ones serve no more.
 * @throws Invalid (the password, the code), TooManyTries
 */
export async function replaceRecoveryCodes(
  context: Context,
  person: Person,
  input: { current: string; code: string; address: string },
): Promise<string[]> {
  const at = context.clock.now()
  return afterStrongCode(context, person, input, async tx => {
    const { accountId } = person
    await writeSecurityLog(tx, { at, event: 'codes_de_secours', accountId, address: input.address })
    return renewRecoveryCodes(tx, accountId, at)
  })
}

/**
 * Removes one's application and its recovery codes; what it gave in open sessions ends.
 * @throws Invalid (the password, the code), TooManyTries
 */
export async function removeAuthenticator(
  context: Context,
  person: Person,
  input: { current: string; code: string; address: string },
): Promise<void> {
  const { accountId } = person
  await afterStrongCode(context, person, input, async tx => {
    await forgetAuthenticator(tx, accountId)
    const at = context.clock.now()
    await writeSecurityLog(tx, { at, event: 'application_retiree', accountId, address: input.address })
  })
}

/**
 * Removes somebody's application, whose telephone and recovery codes are lost: they enrol another one.
 * @throws NotFound (not an administrateur, no such account), VerificationNeeded, Conflict (there is none, erased)
 */
export async function removeAuthenticatorFor(
  context: Context,
  person: Person,
  act: { accountId: string; address?: string },
): Promise<void> {
  const told = { verb: 'account.removeAuthenticator', event: 'application_retiree' } as const
  await changeAccount(context, person, act, told, async (tx, { id }) => {
    if (!(await hasAuthenticator(tx, id))) throw new Conflict('Ce compte n’a pas d’application d’authentification.')
    await forgetAuthenticator(tx, id)
  })
}

async function forgetAuthenticator(tx: Transaction, accountId: string): Promise<void> {
  await tx.delete(totpCredentials).where(eq(totpCredentials.accountId, accountId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await tx.update(sessions).set({ verification: null, verifiedAt: null }).where(eq(sessions.userId, accountId))
}

/** Something grave about the application itself: the password again, then a code of it or a recovery code. */
async function afterStrongCode<Result>(
  context: Context,
  person: Person,
  input: { current: string; code: string; address: string },
  act: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  await requirePassword(context, person, { password: input.current, address: input.address })
  const who = { account: person.accountId, address: input.address }
  await countTry(limitsOf(context).code, who)
  const at = context.clock.now()
  const code = input.code.replace(/\s/g, '').slice(0, 100)
  const means = /^\d{6}$/.test(code) ? 'application' : 'secours'
  const done = await context.db.transaction(async tx => {
    if (await takeCode(tx, person, { means, code }, at)) return { result: await act(tx) }
    const { accountId } = person
    await writeSecurityLog(tx, { at, event: 'verification_refusee', accountId, address: input.address })
    return null
  })
  if (!done) {
    const wrong = 'Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant, ou prenez un code de secours.'
    throw new Invalid('Ce code n’est pas accepté.', { code: [wrong] })
  }
  await limitsOf(context).code.forget(who)
  return done.result
}

function enrolmentOf(secret: string, email: string): Enrolment {
  const uri = otpauthUri(secret, email)
  return { secret, uri, qrCode: renderSVG(uri, { border: 2 }) }
}

function alreadyThere(): Conflict {
  return new Conflict('Une application est déjà enregistrée : retirez-la avant d’en ajouter une autre.')
}

function startAgain(): Conflict {
  return new Conflict('Cet ajout a été recommencé ailleurs, ou est déjà terminé. Reprenez-le depuis le début.')
}
