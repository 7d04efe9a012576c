import type { Transaction } from '#db/client.ts'
import { minutesApprovals } from '#db/schema/index.ts'
import { readLiveText, type StoredText, sameText, type TextFingerprint } from '#server/collaboration/stored-text.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { changeMinutes, type MinutesRow } from './change-minutes.ts'
import { approvalsOf, validatorsOf } from './validators.ts'

/**
 * Records a validator's agreement on the text as seen.
 * @throws NotFound, Forbidden, Conflict (H20; or the text moved since it was seen)
 */
export async function approveMinutes(
  context: Context,
  actor: Actor,
  input: { minutesId: string; seen: TextFingerprint },
): Promise<void> {
  const lockText = (tx: Transaction, row: MinutesRow) =>
    readLiveText(tx, keyOf(row), { lock: 'share', log: context.log })
  await changeMinutes(context, actor, input.minutesId, 'approve', lockText, async (tx, author, row, facts, text) => {
    checkSeen(text, input.seen)
    const validators = await validatorsOf(tx, facts, author.today)
    const mine = validators.find(validator => validator.accountId === author.accountId)
    await insertApproval(tx, author, row.id, text, mine?.mandateId ?? null)
  })
}

/** Writes an agreement on a text; does nothing when the person already agreed to that very text. */
export async function insertApproval(
  tx: Transaction,
  author: Actor,
  minutesId: string,
  text: StoredText,
  mandateId: string | null,
): Promise<void> {
  const previous = (await approvalsOf(tx, minutesId, text)).find(each => each.accountId === author.accountId)
  if (previous?.current) return
  await tx.insert(minutesApprovals).values({
    consortiumId: author.consortiumId,
    minutesId,
    accountId: author.accountId,
    mandateId,
    stateVector: text.stateVector,
    deleteSetHash: text.deleteSetHash,
    seenContent: text.content,
    approvedAt: author.now,
    maintained: previous !== undefined,
  })
}

/** Checks that the text is the one that the person saw. @throws Conflict */
export function checkSeen(text: TextFingerprint, seen: TextFingerprint): void {
  if (!sameText(text, seen)) {
    throw new Conflict(
      'Le texte a changé depuis que vous l’avez affiché. Rechargez la page : les changements y sont montrés, puis donnez votre accord.',
    )
  }
}

/** The live text of minutes that opens for writing. */
export function keyOf(row: { id: string; epoch: number }) {
  return { minutesId: row.id, epoch: row.epoch }
}
