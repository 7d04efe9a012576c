import { eq } from 'drizzle-orm'
import { minutes } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Context } from '../context.ts'
import { changeMinutes, checkMinutesTransition, withoutText } from './change-minutes.ts'
import { validatorsOf } from './validators.ts'

/**
 * Asks the validators to proofread and agree.
 * @throws NotFound, Forbidden, Conflict (H18; or the instance has nobody who may validate)
 */
export async function startProofreading(context: Context, actor: Actor, minutesId: string): Promise<void> {
  await changeMinutes(context, actor, minutesId, 'startProofreading', withoutText, async (tx, author, row, facts) => {
    checkMinutesTransition(row, 'en_relecture')
    if ((await validatorsOf(tx, facts, author.today)).length === 0) throw new Conflict(nobodyMayValidate)
    await tx
      .update(minutes)
      .set({ state: 'en_relecture', proofreadingAt: author.now, proofreadingBy: author.accountId })
      .where(eq(minutes.id, row.id))
  })
}

/** Takes minutes back to the draft; approvals on an unchanged text still stand. @throws NotFound, Forbidden, Conflict (H19) */
export async function resumeDrafting(context: Context, actor: Actor, minutesId: string): Promise<void> {
  await changeMinutes(context, actor, minutesId, 'resumeDrafting', withoutText, async (tx, _author, row) => {
    checkMinutesTransition(row, 'brouillon')
    await tx
      .update(minutes)
      .set({ state: 'brouillon', proofreadingAt: null, proofreadingBy: null })
      .where(eq(minutes.id, row.id))
  })
}

/** Opens writing to membres and suppléants, or closes it. @throws NotFound, Forbidden, Conflict (H17) */
export async function setOpenToMembers(
  context: Context,
  actor: Actor,
  input: { minutesId: string; open: boolean },
): Promise<void> {
  await changeMinutes(context, actor, input.minutesId, 'openToMembers', withoutText, async (tx, author, row) => {
    const opened = { openedToMembersAt: author.now, openedToMembersBy: author.accountId }
    await tx
      .update(minutes)
      .set(input.open ? opened : { openedToMembersAt: null, openedToMembersBy: null })
      .where(eq(minutes.id, row.id))
  })
  context.live.recheck()
}

/** Said when the rule `valideurs` finds nobody. */
export const nobodyMayValidate =
  'Personne ne peut valider ce compte rendu : désignez d’abord un copilote (ou une présidence, selon la règle de l’instance).'
