import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { prestataireAttachments } from '#db/schema/index.ts'
import { Conflict, NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { mediumDate } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { functionIn, invalid, journalizeFunction } from './function-rows.ts'
import { governMandates } from './govern-mandates.ts'
import { type LastDay, lastDayOf } from './last-day.ts'
import { earlier, loadMandateBook, overlap } from './mandate-book.ts'

type Days = { startsOn: string; endsOn: string | null }

/**
 * Attaches a prestataire to an instance, from a day, possibly to a day; at the latest to the last one of the function and of
 * the instance.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict, Invalid
 */
export function attachPrestataire(
  context: Context,
  actor: Actor,
  input: { functionId: string; instanceId: string; startsOn: string; endsOn: string | null },
): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const { functionId, ...values } = input
    const row = await functionIn(tx, actor, functionId)
    if (row.function !== 'prestataire') throw new Conflict('Seul un prestataire est rattaché à des instances.')
    const book = await loadMandateBook(tx, { ...author, instanceIds: [values.instanceId] })
    const instance = book.instances.get(values.instanceId)
    if (!instance) throw invalid('instanceId', 'Cette instance n’existe pas (ou plus) : choisissez-en une.')
    const { endsOn: dissolvedOn } = instance
    if (dissolvedOn !== null && (values.endsOn ?? values.startsOn) > dissolvedOn) {
      const until = `« ${instance.name} » est dissoute le ${mediumDate(dissolvedOn)}`
      throw invalid(
        values.startsOn > dissolvedOn ? 'instanceId' : 'endsOn',
        `${until} : le rattachement doit s’arrêter ce jour-là au plus tard.`,
      )
    }
    const days = within(row, { ...values, endsOn: values.endsOn ?? earlier(row.endsOn, dissolvedOn) })
    const others = await tx
      .select()
      .from(prestataireAttachments)
      .where(
        and(
          eq(prestataireAttachments.consortiumFunctionId, row.id),
          eq(prestataireAttachments.instanceId, values.instanceId),
        ),
      )
    if (others.some(each => overlap(each, days))) {
      throw invalid('instanceId', 'Ce prestataire y est déjà rattaché à ces dates.')
    }
    await tx.insert(prestataireAttachments).values({
      consortiumId: author.consortiumId,
      consortiumFunctionId: row.id,
      instanceId: values.instanceId,
      ...days,
    })
    await journalizeFunction(tx, author, 'function.attach', row.id, { instanceId: values.instanceId })
  })
}

/**
 * Ends the attachment of a prestataire to an instance on a day.
 * @throws NotFound, Forbidden (H34), VerificationNeeded, Conflict
 */
export function detachPrestataire(
  context: Context,
  actor: Actor,
  input: { attachmentId: string } & LastDay,
): Promise<void> {
  return governMandates(context, actor, async (tx, author) => {
    const [row] = await tx
      .select()
      .from(prestataireAttachments)
      .where(
        and(
          eq(prestataireAttachments.id, uuidOrNone(input.attachmentId)),
          eq(prestataireAttachments.consortiumId, actor.consortiumId),
        ),
      )
    if (!row) throw new NotFound()
    const lastDay = lastDayOf(author, input)
    if (row.endsOn !== null && row.endsOn <= lastDay) {
      throw new Conflict('Ce rattachement a déjà pris fin à cette date. Rechargez la page.')
    }
    await closeAttachment(tx, row, lastDay)
    await journalizeFunction(tx, author, 'function.detach', row.consortiumFunctionId, { instanceId: row.instanceId })
  })
}

/** @throws Invalid when the days of an attachment are not days of the function */
function within(row: Days, days: Days): Days {
  if (days.endsOn !== null && days.endsOn < days.startsOn) {
    throw invalid('endsOn', 'La fin doit venir après le début, ou le même jour.')
  }
  if (days.startsOn < row.startsOn || (row.endsOn !== null && (days.endsOn === null || days.endsOn > row.endsOn))) {
    const until = row.endsOn === null ? '' : ` et finit le ${mediumDate(row.endsOn)}`
    throw invalid('startsOn', `Sa fonction commence le ${mediumDate(row.startsOn)}${until} : restez dans ces dates.`)
  }
  return { startsOn: days.startsOn, endsOn: days.endsOn }
}

/** Attachments stay within the days of their function. */
export async function fitAttachments(tx: Transaction, functionId: string, days: Days): Promise<void> {
  const rows = await tx
    .select()
    .from(prestataireAttachments)
    .where(eq(prestataireAttachments.consortiumFunctionId, functionId))
  for (const row of rows) {
    if (days.endsOn !== null && (row.endsOn === null || row.endsOn > days.endsOn)) {
      await closeAttachment(tx, row, days.endsOn)
    }
  }
}

async function closeAttachment(
  tx: Transaction,
  row: typeof prestataireAttachments.$inferSelect,
  lastDay: string,
): Promise<void> {
  const here = eq(prestataireAttachments.id, row.id)
  if (row.startsOn > lastDay) await tx.delete(prestataireAttachments).where(here)
  else await tx.update(prestataireAttachments).set({ endsOn: lastDay }).where(here)
}
