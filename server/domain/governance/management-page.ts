import { and, countDistinct, eq, gt, gte, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import {
  competenceRules,
  consortiumFunctions,
  externalBodies,
  instances,
  mandateProposals,
  mandates,
  organisations,
  outgoingMails,
} from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { addDays } from '#server/calendar.ts'
import { NotFound } from '#server/errors.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import type { Context } from '../context.ts'

/** What « Gestion » says of each thing that the chef de projet looks after. */
export type ManagementPage = {
  organisations: number
  instances: number
  /** Bodies in activity whose minutes nobody may validate today, by the rule of each. */
  withoutValidator: { slug: string; name: string }[]
  externalBodies: number
  /** Changes of competence that are to come. */
  competenceToCome: number
  people: number
  mandatesEndingSoon: number
  proposals: number
  mailsWaiting: number
  mailsInTrouble: number
}

/** Mandates that end within so many days are said. */
export const endingSoonDays = 30

/** The hub of who administers the consortium (H31 to H36). @throws NotFound for everybody else */
export async function managementPage(context: Context, actor: Actor): Promise<ManagementPage> {
  if (!can(actor, 'consortium', 'editInstances', { consortiumId: actor.consortiumId })) throw new NotFound()
  const { counts, bodies } = await together(context.db, {
    counts: selectCounts(context.db, actor),
    bodies: context.db
      .select({ slug: instances.slug, name: instances.name })
      .from(instances)
      .where(and(eq(instances.consortiumId, actor.consortiumId), inActivity(actor.today), noValidator(actor.today)))
      .orderBy(instances.position),
  })
  const [row] = counts
  if (!row) throw new Error('a row of counts always comes')
  return { ...row, withoutValidator: bodies }
}

/** SQL: the body was not dissolved before this day. */
export function inActivity(day: string) {
  return or(isNull(instances.endsOn), gte(instances.endsOn, day))
}

/** SQL: a mandate of the consortium in force, that ends within the month; the invité of a meeting holds none. */
export function endsSoon({ consortiumId, today }: Actor) {
  return and(
    eq(mandates.consortiumId, consortiumId),
    ne(mandates.function, 'invite'),
    activeOn(mandates, today),
    lte(mandates.endsOn, addDays(today, endingSoonDays)),
  )
}

/** SQL: nobody holds, on this day, the function whose agreement validates the minutes of the body. */
function noValidator(day: string) {
  return sql`not exists (
    select 1 from ${mandates}
    where ${mandates.instanceId} = ${instances.id} and ${activeOn(mandates, day)}
      and ${instances.validatorRule} <> 'chef_de_projet'
      and ${mandates.function} = case when ${instances.validatorRule} = 'presidence' then 'president' else 'copilote' end
  ) and (${instances.validatorRule} <> 'chef_de_projet' or not exists (
    select 1 from ${consortiumFunctions}
    where ${consortiumFunctions.consortiumId} = ${instances.consortiumId}
      and ${consortiumFunctions.function} = 'chef_de_projet' and ${activeOn(consortiumFunctions, day)}
  ))`
}

function selectCounts(db: Database, actor: Actor) {
  const { consortiumId, today } = actor
  return db
    .select({
      organisations: countOf(
        db.$count(
          organisations,
          and(
            eq(organisations.consortiumId, consortiumId),
            or(isNull(organisations.leftOn), gte(organisations.leftOn, today)),
          ),
        ),
      ),
      instances: countOf(db.$count(instances, and(eq(instances.consortiumId, consortiumId), inActivity(today)))),
      externalBodies: countOf(
        db.$count(
          externalBodies,
          and(
            eq(externalBodies.consortiumId, consortiumId),
            or(isNull(externalBodies.endsOn), gte(externalBodies.endsOn, today)),
          ),
        ),
      ),
      competenceToCome: countOf(
        db.$count(
          competenceRules,
          and(eq(competenceRules.consortiumId, consortiumId), gt(competenceRules.startsOn, today)),
        ),
      ),
      people: sql<number>`(${db
        .select({ people: countDistinct(mandates.accountId) })
        .from(mandates)
        .where(
          and(eq(mandates.consortiumId, consortiumId), ne(mandates.function, 'invite'), activeOn(mandates, today)),
        )})`,
      mandatesEndingSoon: countOf(db.$count(mandates, endsSoon(actor))),
      proposals: countOf(
        db.$count(
          mandateProposals,
          and(eq(mandateProposals.consortiumId, consortiumId), eq(mandateProposals.state, 'proposee')),
        ),
      ),
      mailsWaiting: countOf(db.$count(outgoingMails, waiting(consortiumId))),
      mailsInTrouble: countOf(db.$count(outgoingMails, and(waiting(consortiumId), isNotNull(outgoingMails.lastError)))),
    })
    .from(sql`(values (1)) as one`)
}

const waiting = (consortiumId: string) =>
  and(eq(outgoingMails.consortiumId, consortiumId), eq(outgoingMails.state, 'en_attente'))

/** A count of Drizzle as a column of a larger statement. */
const countOf = (count: PromiseLike<number>) => sql<number>`${count}`
