import type { Transaction } from '#db/client.ts'
import type { accounts } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import { writeJournal } from '#server/journal.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import type { JournalVerb } from '#server/vocabulary/journal.ts'
import type { SecurityEvent } from '#server/vocabulary/security.ts'
import { lockAdministrateurs, type Person, requireAdministrateur } from '../accounts/administering.ts'
import { lockedAccount } from '../accounts/suspend-account.ts'
import type { Context } from '../context.ts'

export type AccountRow = typeof accounts.$inferSelect

/** What an administrateur asks for an account, and the network address it is asked from. */
export type AccountAct = { accountId: string; address?: string }

/**
 * The frame of an administrateur's act on an account: right and second factor, the account locked and not erased, the act,
 * one line of the journal and one of the security log, and live texts asked again.
 * @throws NotFound, VerificationNeeded, Conflict
 */
export async function changeAccount<Result>(
  context: Context,
  person: Person,
  { accountId, address = undefined }: AccountAct,
  told: { verb: JournalVerb; event: SecurityEvent },
  work: (tx: Transaction, account: AccountRow, at: Date) => Promise<Result>,
): Promise<Result> {
  requireAdministrateur(context, person)
  const at = context.clock.now()
  const result = await context.db.transaction(async tx => {
    await lockAdministrateurs(tx)
    const account = await lockedAccount(tx, accountId)
    if (account.erasedAt)
      throw new Conflict('Cette personne a été effacée : rien ne peut plus être changé à son compte.')
    const done = await work(tx, account, at)
    const by = person.accountId
    await writeSecurityLog(tx, { at, event: told.event, accountId: account.id, by, address: address ?? null })
    await writeJournal(tx, {
      consortiumId: null,
      at,
      by,
      verb: told.verb,
      subjectKind: 'account',
      subjectId: account.id,
    })
    return done
  })
  context.live.recheck()
  return result
}
