import { and, asc, desc, eq, gte, isNull, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Database, rowsOf } from '#db/client.ts'
import { among, oneOfWords } from '#db/lists.ts'
import { accounts, actionItems, consortiumFunctions, instances, mandates, organisations } from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import { slugOrNone, uuidOrNone } from '#server/habilitations/load-facts.ts'
import { personName } from '#server/vocabulary/french.ts'
import { type Civilite, civiliteLabels, type Level, type SeatFunction } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { fingerprint } from './edit-mandate.ts'
import { mandateGovernor } from './govern-mandates.ts'
import { organisationChoices, type PersonState, stateOf } from './people-list.ts'
import { organisationNameOf } from './person-page.ts'
import { usesOf } from './uses-of-mandate.ts'

/** A mandate of the same instance that another may replace, serve or assist. */
export type NeighbourMandate = {
  id: string
  accountId: string
  name: string
  function: SeatFunction
  label: string
  organisation: string
  startsOn: string
  endsOn: string | null
}

/** What a form of designation offers. */
export type MandateChoices = {
  instance: { id: string; slug: string; name: string; level: Level; endsOn: string | null }
  organisations: { id: string; slug: string; name: string }[]
  /** In force, to come, or ended within the last year; and those that the form holds already. */
  neighbours: NeighbourMandate[]
}

export type MandatePage = {
  id: string
  person: { id: string; name: string }
  instance: MandateChoices['instance']
  organisation: string
  state: PersonState
  values: {
    civilite: Civilite
    qualite: string
    organisationId: string
    function: SeatFunction
    functionLabel: string
    carriesVoice: boolean
    titulaireMandateId: string | null
    readsDossier: boolean
    replacesMandateId: string | null
    startsOn: string
    endsOn: string | null
  }
  /** What the form that corrects it has seen. */
  seen: string
  serves: string | null
  replaces: { id: string; name: string } | null
  replacedBy: { id: string; name: string } | null
  can: { edit: Ability; readHandover: boolean; proposeEnd: boolean }
}

/** A mandate, as every member of the consortium may see it (H44). @throws NotFound */
export async function mandatePage(context: Context, actor: Actor, mandateId: string): Promise<MandatePage> {
  const { db } = context
  const [found] = await db
    .select({
      row: mandates,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      instance: {
        id: instances.id,
        slug: instances.slug,
        name: instances.name,
        level: instances.level,
        endsOn: instances.endsOn,
      },
      organisation: organisationNameOf(mandates),
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(and(eq(mandates.id, uuidOrNone(mandateId)), eq(mandates.consortiumId, actor.consortiumId)))
  if (!found) throw new NotFound()
  const { row, instance, organisation } = found
  const { function: fn } = row
  if (fn === 'invite') throw new NotFound()
  const facts = { consortiumId: row.consortiumId, mandateId: row.id }
  authorize(actor, 'mandate', 'read', facts)
  const { civilite, qualite, organisationId, functionLabel, carriesVoice } = row
  const { titulaireMandateId, readsDossier, replacesMandateId, startsOn, endsOn } = row
  return {
    id: row.id,
    person: { id: row.accountId, name: personName({ ...found, civility: civiliteLabels[civilite] }) },
    instance,
    organisation,
    state: stateOf([row], actor.today),
    values: {
      civilite,
      qualite,
      organisationId,
      function: fn,
      functionLabel,
      carriesVoice,
      titulaireMandateId,
      readsDossier,
      replacesMandateId,
      startsOn,
      endsOn,
    },
    seen: fingerprint(row),
    serves: (await holder(db, eq(mandates.id, titulaireMandateId ?? nobody)))?.name ?? null,
    replaces: await holder(db, eq(mandates.id, replacesMandateId ?? nobody)),
    replacedBy: await holder(db, eq(mandates.replacesMandateId, row.id)),
    can: {
      edit: abilitiesOn(actor, 'consortium', ['editMandates'], { consortiumId: row.consortiumId }).editMandates,
      readHandover: replacesMandateId !== null && can(actor, 'mandate', 'readHandover', facts),
      proposeEnd: can(actor, 'organisation', 'proposeRepresentative', {
        consortiumId: row.consortiumId,
        organisationId,
      }),
    },
  }
}

/** What follows from the end of a mandate, told before it is done. */
export type EndingConsequences = {
  /** Who serves it: their mandates end too. */
  serving: { id: string; name: string; label: string }[]
  openActions: number
  carriesVoice: boolean
  /** True when the person has no other mandate or function now or later: they leave the consortium. */
  leaves: boolean
  /** Why it cannot be erased as a mistake, in French; empty when it can. */
  uses: string[]
}

/** @throws NotFound, Forbidden (H34) */
export async function endingConsequences(
  context: Context,
  actor: Actor,
  mandateId: string,
): Promise<EndingConsequences> {
  mandateGovernor(actor)
  const { db } = context
  const page = await mandatePage(context, actor, mandateId)
  const serving = (await neighboursOf(db, actor, page.instance.id)).filter(each => each.serves === page.id)
  const [actions] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(actionItems)
    .where(and(eq(actionItems.ownerMandateId, page.id), oneOfWords(actionItems.state, ['a_faire', 'en_cours'])))
  return {
    serving: serving.filter(each => each.endsOn === null || each.endsOn >= actor.today),
    openActions: actions?.total ?? 0,
    carriesVoice: page.values.carriesVoice,
    leaves: !(await hasAnother(db, actor, page)),
    uses: await usesOf(db, page.id),
  }
}

/**
 * What a designation in an instance may choose from. Mandates that the form already names stay among the choices, however
 * long ago they ended: saving it again must not lose them.
 * @throws NotFound, Forbidden (H34)
 */
export async function mandateChoices(
  context: Context,
  actor: Actor,
  instanceSlug: string,
  named: readonly (string | null)[] = [],
): Promise<MandateChoices> {
  mandateGovernor(actor)
  const { db } = context
  const [instance] = await db
    .select({
      id: instances.id,
      slug: instances.slug,
      name: instances.name,
      level: instances.level,
      endsOn: instances.endsOn,
    })
    .from(instances)
    .where(and(eq(instances.slug, slugOrNone(instanceSlug)), eq(instances.consortiumId, actor.consortiumId)))
  if (!instance) throw new NotFound()
  return {
    instance,
    organisations: await organisationChoices(db, actor),
    neighbours: await neighboursOf(db, actor, instance.id, named),
  }
}

async function neighboursOf(
  db: Database,
  actor: Actor,
  instanceId: string,
  named: readonly (string | null)[] = [],
): Promise<(NeighbourMandate & { serves: string | null })[]> {
  const lastYear = addDays(actor.today, -365)
  const kept = named.map(id => uuidOrNone(id ?? ''))
  const rows = await db
    .select({
      id: mandates.id,
      accountId: mandates.accountId,
      civilite: mandates.civilite,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      function: mandates.function,
      label: mandates.functionLabel,
      organisation: organisationNameOf(mandates),
      serves: mandates.titulaireMandateId,
      startsOn: mandates.startsOn,
      endsOn: mandates.endsOn,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .innerJoin(organisations, eq(organisations.id, mandates.organisationId))
    .where(
      and(
        eq(mandates.consortiumId, actor.consortiumId),
        eq(mandates.instanceId, instanceId),
        ne(mandates.function, 'invite'),
        or(isNull(mandates.endsOn), gte(mandates.endsOn, lastYear), among(mandates.id, kept)),
      ),
    )
    .orderBy(asc(organisations.position), asc(accounts.familyName), desc(mandates.startsOn))
  return rows.flatMap(({ civilite, givenName, familyName, function: fn, ...row }) =>
    fn === 'invite'
      ? []
      : [{ ...row, function: fn, name: personName({ civility: civiliteLabels[civilite], givenName, familyName }) }],
  )
}

/** Whether a person keeps a right in the consortium without a mandate, today or later. */
async function hasAnother(db: Database, actor: Actor, page: MandatePage): Promise<boolean> {
  const lasts = (table: typeof mandates | typeof consortiumFunctions) =>
    and(
      eq(table.accountId, page.person.id),
      eq(table.consortiumId, actor.consortiumId),
      or(isNull(table.endsOn), gte(table.endsOn, actor.today)),
    )
  const [row] = await rowsOf<{ has: boolean }>(
    db,
    sql`select (exists (select 1 from ${mandates} where ${and(lasts(mandates), ne(mandates.id, page.id))})
      or exists (select 1 from ${consortiumFunctions} where ${lasts(consortiumFunctions)})) as has`,
  )
  return row?.has ?? false
}

/** No mandate has it. */
const nobody = '00000000-0000-4000-8000-000000000000'

const holders = alias(accounts, 'holders')

async function holder(db: Database, which: ReturnType<typeof eq>): Promise<{ id: string; name: string } | null> {
  const [row] = await db
    .select({
      id: mandates.id,
      civilite: mandates.civilite,
      givenName: holders.givenName,
      familyName: holders.familyName,
    })
    .from(mandates)
    .innerJoin(holders, eq(holders.id, mandates.accountId))
    .where(which)
  return row ? { id: row.id, name: personName({ ...row, civility: civiliteLabels[row.civilite] }) } : null
}
