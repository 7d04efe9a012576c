import { and, asc, eq, ne } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, consortiumFunctions, decisions, externalBodies, instances, mandates } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, can } from '#server/habilitations/authorize.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { personName } from '#server/vocabulary/french.ts'
import {
  type Civilite,
  type ConsortiumFunctionKind,
  civiliteLabels,
  type MandateFunction,
  type OrganisationPhase,
} from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { authorizeShape } from '../governance/change-shape.ts'
import { nameOn, namesOf, organisationOf } from './change-organisation.ts'
import { usesOfOrganisation } from './delete-organisation.ts'
import { enlargingDecisions, factsVersion, firstNameDay } from './edit-organisation.ts'
import { namesVersion } from './organisation-names.ts'

export type OrganisationName = {
  id: string
  name: string
  shortName: string
  /** Null for a first name that counts for every day before the next one. */
  startsOn: string | null
  endsOn: string | null
}

export type OrganisationPage = {
  id: string
  slug: string
  name: string
  shortName: string
  names: OrganisationName[]
  phase: OrganisationPhase
  territory: string | null
  enteredOn: string | null
  enteredByDecision: { id: string; number: string } | null
  enteredByAct: string
  leftOn: string | null
  /** Who sits today, instance by instance. */
  seats: OrganisationSeat[]
  functions: { name: string; function: ConsortiumFunctionKind; functionLabel: string; qualite: string }[]
  externalBodies: { id: string; name: string; purpose: string }[]
  can: { editOrganisations: Ability; readActivity: boolean }
}

export type OrganisationSeat = {
  mandateId: string
  instance: { slug: string; name: string }
  name: string
  function: MandateFunction
  functionLabel: string
  qualite: string
  carriesVoice: boolean
  startsOn: string
  endsOn: string | null
}

/** An institution as every member of the consortium sees it. @throws NotFound (H38) */
export async function organisationPage(context: Context, actor: Actor, slug: string): Promise<OrganisationPage> {
  const organisation = await organisationOf(context.db, actor, slug)
  const { id, leftOn } = organisation
  const names = await namesOf(context.db, id)
  const found = await pageLists(context.db, actor, id)
  const [decision] = await context.db
    .select({ id: decisions.id, number: decisions.number })
    .from(decisions)
    .where(and(eq(decisions.id, organisation.enteredByDecisionId ?? id), visibleTo(actor, 'decision', 'read')))
  const { name, shortName } = nameOn(names, leftOn && leftOn < actor.today ? leftOn : actor.today)
  return {
    id,
    slug: organisation.slug,
    name,
    shortName,
    names: names.map(({ id, name, shortName, startsOn, endsOn }) => ({
      id,
      name,
      shortName,
      startsOn: startsOn === firstNameDay ? null : startsOn,
      endsOn,
    })),
    phase: organisation.phase,
    territory: organisation.territory,
    enteredOn: organisation.enteredOn,
    enteredByDecision: decision?.number ? { id: decision.id, number: decision.number } : null,
    enteredByAct: organisation.enteredByAct,
    leftOn,
    seats: found.seats.map(({ instanceSlug, instanceName, civilite, givenName, familyName, ...seat }) => ({
      ...seat,
      instance: { slug: instanceSlug, name: instanceName },
      name: nameFrom({ civilite, givenName, familyName }),
    })),
    functions: found.functions.map(({ function: code, functionLabel, qualite, ...person }) => ({
      name: nameFrom(person),
      function: code,
      functionLabel,
      qualite,
    })),
    externalBodies: found.bodies,
    can: {
      ...abilitiesOn(actor, 'consortium', ['editOrganisations'], { consortiumId: actor.consortiumId }),
      readActivity: can(actor, 'organisation', 'readActivity', {
        consortiumId: actor.consortiumId,
        organisationId: id,
      }),
    },
  }
}

/** What the forms of an institution begin with. @throws NotFound, Forbidden (H31) */
export async function organisationToEdit(context: Context, actor: Actor, slug: string) {
  const organisation = await organisationOf(context.db, actor, slug)
  authorizeShape(actor, 'editOrganisations')
  return {
    page: await organisationPage(context, actor, slug),
    version: factsVersion(organisation),
    namesVersion: namesVersion(await namesOf(context.db, organisation.id)),
    decisions: await enlargingDecisions(context.db, actor),
    uses: await usesOfOrganisation(context.db, organisation.id),
  }
}

/** What the form of a new institution begins with. @throws NotFound, Forbidden (H31) */
export async function newOrganisation(context: Context, actor: Actor) {
  authorizeShape(actor, 'editOrganisations')
  return { decisions: await enlargingDecisions(context.db, actor) }
}

function pageLists(db: Database, { consortiumId, today }: Actor, organisationId: string) {
  const person = { civilite: mandates.civilite, givenName: accounts.givenName, familyName: accounts.familyName }
  return together(db, {
    seats: db
      .select({
        ...person,
        instanceSlug: instances.slug,
        instanceName: instances.name,
        mandateId: mandates.id,
        function: mandates.function,
        functionLabel: mandates.functionLabel,
        qualite: mandates.qualite,
        carriesVoice: mandates.carriesVoice,
        startsOn: mandates.startsOn,
        endsOn: mandates.endsOn,
      })
      .from(mandates)
      .innerJoin(accounts, eq(accounts.id, mandates.accountId))
      .innerJoin(instances, eq(instances.id, mandates.instanceId))
      .where(
        and(
          eq(mandates.consortiumId, consortiumId),
          eq(mandates.organisationId, organisationId),
          ne(mandates.function, 'invite'),
          activeOn(mandates, today),
        ),
      )
      .orderBy(asc(instances.position), asc(accounts.familyName), asc(mandates.id)),
    functions: db
      .select({
        civilite: consortiumFunctions.civilite,
        givenName: accounts.givenName,
        familyName: accounts.familyName,
        function: consortiumFunctions.function,
        functionLabel: consortiumFunctions.functionLabel,
        qualite: consortiumFunctions.qualite,
      })
      .from(consortiumFunctions)
      .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
      .where(
        and(
          eq(consortiumFunctions.consortiumId, consortiumId),
          eq(consortiumFunctions.organisationId, organisationId),
          activeOn(consortiumFunctions, today),
        ),
      )
      .orderBy(asc(accounts.familyName)),
    bodies: db
      .select({ id: externalBodies.id, name: externalBodies.name, purpose: externalBodies.purpose })
      .from(externalBodies)
      .where(and(eq(externalBodies.consortiumId, consortiumId), eq(externalBodies.organisationId, organisationId)))
      .orderBy(asc(externalBodies.name)),
  })
}

function nameFrom({ civilite, ...person }: { civilite: Civilite; givenName: string; familyName: string }): string {
  return personName({ civility: civiliteLabels[civilite], ...person })
}
