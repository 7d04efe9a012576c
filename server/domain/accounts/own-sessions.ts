import { and, desc, eq, gt, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { Conflict, NotFound } from '#server/errors.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import type { Context } from '../context.ts'
import type { Person } from './administering.ts'

/** One open session of somebody. */
export type OwnSession = { id: string; device: string; since: Date; isThisOne: boolean }

/** One's own open sessions: this one first, then the latest. */
export async function ownSessions(context: Context, person: Person): Promise<OwnSession[]> {
  const rows = await context.db
    .select({ id: sessions.id, device: sessions.device, since: sessions.createdAt })
    .from(sessions)
    // Sessions end by the machine's clock.
    .where(and(eq(sessions.userId, person.accountId), gt(sessions.expiresAt, new Date())))
    .orderBy(desc(sessions.createdAt), sessions.id)
  return rows
    .map(row => ({ ...row, device: row.device || 'Appareil inconnu', isThisOne: row.id === person.sessionId }))
    .toSorted((one, other) => Number(other.isThisOne) - Number(one.isThisOne))
}

/** Ends another of one's own sessions, and its open texts. @throws NotFound, Conflict (this very one: sign out instead) */
export async function endOwnSession(
  context: Context,
  person: Person,
  input: { sessionId: string; address: string },
): Promise<void> {
  if (input.sessionId === person.sessionId) {
    throw new Conflict('C’est la session où vous êtes : pour la fermer, déconnectez-vous.')
  }
  await context.db.transaction(async tx => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.id, input.sessionId.slice(0, 100)), eq(sessions.userId, person.accountId)))
      .returning({ id: sessions.id })
    if (ended.length === 0) throw new NotFound()
    await told(context, tx, person, input.address)
  })
  context.live.recheck()
}

/** Ends every session but this one. @returns how many */
export async function endOtherSessions(context: Context, person: Person, input: { address: string }): Promise<number> {
  const count = await context.db.transaction(async tx => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.userId, person.accountId), ne(sessions.id, person.sessionId)))
      .returning({ id: sessions.id })
    if (ended.length > 0) await told(context, tx, person, input.address)
    return ended.length
  })
  context.live.recheck()
  return count
}

function told(context: Context, tx: Transaction, { accountId }: Person, address: string): Promise<void> {
  return writeSecurityLog(tx, { at: context.clock.now(), event: 'session_fermee', accountId, address })
}
