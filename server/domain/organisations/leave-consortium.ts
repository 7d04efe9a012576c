import { and, eq, gt, inArray, isNull, lte, ne, or } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { consortiumFunctions, mandateProposals, organisations } from '#db/schema/index.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { counted, mediumDate } from '#server/vocabulary/french.ts'
import type { ConsortiumFunctionKind } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { authorizeShape, checkVersion, versionOf } from '../governance/change-shape.ts'
import { endMandates } from '../governance/end-mandates.ts'
import { type EndingView, endingsAfter, formerLastDays, restoreMandates } from '../governance/endings-with.ts'
import { changeOrganisation, type OrganisationRow, organisationOf } from './change-organisation.ts'

/** What the departure of an institution would do, said before it is confirmed. */
export type Departure = {
  lastDay: string
  mandates: EndingView[]
  /** Functions in the consortium that its people would lose. */
  functions: { id: string; function: ConsortiumFunctionKind; functionLabel: string }[]
  /** Why it cannot leave; empty when it can. */
  obstacles: string[]
  version: string
}

/** What « quitte le consortium le … » would do on a day. @throws NotFound, Forbidden (H31) */
export async function departurePreview(
  context: Context,
  actor: Actor,
  { slug, lastDay }: { slug: string; lastDay: string },
): Promise<Departure> {
  const organisation = await organisationOf(context.db, actor, slug)
  authorizeShape(actor, 'editOrganisations')
  return (await departureOf(context.db, actor, organisation, lastDay)).departure
}

/**
 * An institution leaves the consortium at the end of a day: its mandates and functions end that day, those that had not
 * begun are withdrawn.
 * @throws NotFound, Forbidden (H31), Invalid (before its entry), Conflict (the consequences are no longer those that were
 * said; proposals to examine; the consortium would have no chef de projet left)
 */
export function leaveConsortium(
  context: Context,
  actor: Actor,
  input: { slug: string; lastDay: string; version: string },
): Promise<void> {
  return changeOrganisation(context, actor, input.slug, 'leave', async (tx, organisation) => {
    const { lastDay } = input
    if (organisation.leftOn !== null) throw new Conflict('Le départ de cette structure est déjà enregistré.')
    if (organisation.enteredOn !== null && lastDay < organisation.enteredOn) {
      throw new Invalid('La structure ne peut pas partir avant d’être entrée.', {
        lastDay: [`Elle est entrée le ${mediumDate(organisation.enteredOn)} : choisissez ce jour ou un jour suivant.`],
      })
    }
    const { departure, endings } = await departureOf(tx, actor, organisation, lastDay)
    const [obstacle] = departure.obstacles
    if (obstacle) throw new Conflict(obstacle)
    checkVersion(departure.version, input.version)
    await endMandates(tx, actor, endings)
    await endFunctions(tx, departure, lastDay)
    await tx.update(organisations).set({ leftOn: lastDay }).where(eq(organisations.id, organisation.id))
    return { result: undefined, detail: { lastDay, ...formerLastDays(endings) } }
  })
}

/**
 * Takes a departure back: the mandates that it ended last as before. Functions in the consortium, and mandates that had not
 * begun, are given again one by one.
 * @returns how many mandates came back
 * @throws NotFound, Forbidden (H31), Conflict
 */
export function cancelDeparture(context: Context, actor: Actor, slug: string): Promise<number> {
  return changeOrganisation(context, actor, slug, 'return', async (tx, organisation) => {
    const { id, leftOn } = organisation
    if (leftOn === null) throw new Conflict('Cette structure n’a pas quitté le consortium.')
    await tx.update(organisations).set({ leftOn: null }).where(eq(organisations.id, id))
    const result = await restoreMandates(tx, actor, { verb: 'organisation.leave', subjectId: id, lastDay: leftOn })
    return { result }
  })
}

async function departureOf(db: Database | Transaction, actor: Actor, { id }: OrganisationRow, lastDay: string) {
  const { consortiumId } = actor
  const { endings, views } = await endingsAfter(db, consortiumId, mandate => mandate.organisationId === id, lastDay)
  const functions = await db
    .select({
      id: consortiumFunctions.id,
      function: consortiumFunctions.function,
      functionLabel: consortiumFunctions.functionLabel,
    })
    .from(consortiumFunctions)
    .where(
      and(
        eq(consortiumFunctions.consortiumId, consortiumId),
        eq(consortiumFunctions.organisationId, id),
        or(isNull(consortiumFunctions.endsOn), gt(consortiumFunctions.endsOn, lastDay)),
      ),
    )
  const departure: Departure = {
    lastDay,
    mandates: views,
    functions,
    obstacles: await obstaclesTo(db, actor, { id, lastDay }),
    version: versionOf([views.map(({ mandateId }) => mandateId).sort(), functions.map(each => each.id).sort()]),
  }
  return { departure, endings }
}

async function obstaclesTo(
  db: Database | Transaction,
  { consortiumId, today }: Actor,
  { id, lastDay }: { id: string; lastDay: string },
): Promise<string[]> {
  const proposals = await db.$count(
    mandateProposals,
    and(eq(mandateProposals.organisationId, id), eq(mandateProposals.state, 'proposee')),
  )
  const chefs = (organisationIs: 'this' | 'other') =>
    db.$count(
      consortiumFunctions,
      and(
        eq(consortiumFunctions.consortiumId, consortiumId),
        eq(consortiumFunctions.function, 'chef_de_projet'),
        organisationIs === 'this'
          ? eq(consortiumFunctions.organisationId, id)
          : or(isNull(consortiumFunctions.organisationId), ne(consortiumFunctions.organisationId, id)),
        activeOn(consortiumFunctions, lastDay > today ? lastDay : today),
      ),
    )
  const leavesNobody = (await chefs('this')) > 0 && (await chefs('other')) === 0
  return [
    proposals > 0 &&
      `${counted(proposals, 'proposition de représentant attend', 'propositions de représentant attendent')} une réponse : examinez-les d’abord.`,
    leavesNobody &&
      'Le seul chef de projet est de cette structure : désignez d’abord un chef de projet d’une autre structure.',
  ].filter(obstacle => obstacle !== false)
}

/** Functions end that day; those that had not begun are withdrawn. */
async function endFunctions(tx: Transaction, { functions }: Departure, lastDay: string) {
  const ids = functions.map(each => each.id)
  if (ids.length === 0) return
  await tx
    .update(consortiumFunctions)
    .set({ endsOn: lastDay })
    .where(and(inArray(consortiumFunctions.id, ids), lte(consortiumFunctions.startsOn, lastDay)))
  await tx
    .delete(consortiumFunctions)
    .where(and(inArray(consortiumFunctions.id, ids), gt(consortiumFunctions.startsOn, lastDay)))
}
