import { and, asc, eq, gte, isNull, or, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { instances, organisationNames, organisations } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import type { ActionOwnerKind } from '#server/vocabulary/actions.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { type DecisionNature, decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { longDate } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { competenceFor } from '../decisions/competence.ts'
import { namedOn, seatsOf } from '../governance/composition.ts'
import { nextMeetings } from '../governance/governance-map.ts'
import { type Mentionable, mentionable } from './mentions.ts'

/** What the editor offers to who writes: which instance is competent for each nature, who may own an action. */
export type WritingAids = {
  competence: {
    nature: DecisionNature
    competent: 'self' | 'other'
    instanceName: string
    /** « Relève de … — prochaine réunion le … » */
    sentence: string
  }[]
  owners: { kind: ActionOwnerKind; id: string; label: string }[]
  /** Whom one may mention. */
  people: Mentionable[]
}

/** Aids for writing the minutes of an instance's meeting held on `day`. */
export async function writingAids(
  context: Context,
  actor: Actor,
  facts: MinutesFacts,
  day: string,
): Promise<WritingAids> {
  const competence = await competenceFor(context.db, { ...facts, day })
  const next = await nextMeetings(context, actor)
  const people = await mentionable(context.db, actor, facts)
  return {
    competence: codesOf(decisionNatureLabels).map(nature => {
      const { id, name } = competence[nature]
      const self = id === facts.instanceId
      return {
        nature,
        competent: self ? ('self' as const) : ('other' as const),
        instanceName: name,
        sentence: self
          ? 'Relève de votre instance : elle sera enregistrée dès la validation du compte rendu.'
          : `Relève de « ${name} » — ${nextMeetingWords(next.get(id))}.`,
      }
    }),
    owners: await possibleOwners(context, actor, facts, { day, people }),
    people,
  }
}

function nextMeetingWords(at: Date | undefined): string {
  return at ? `prochaine réunion le ${longDate(at)}` : 'aucune réunion n’est encore prévue'
}

/** Neither dissolved nor gone. */
function stillThere(lastDay: AnyPgColumn, today: string): SQL | undefined {
  return or(isNull(lastDay), gte(lastDay, today))
}

async function possibleOwners(
  context: Context,
  actor: Actor,
  facts: MinutesFacts,
  { day, people }: { day: string; people: readonly Mentionable[] },
) {
  const readers = new Set(people.map(({ id }) => id))
  // Whoever takes charge of an action reads the minutes that say so: an assistant, or who has left since, does not.
  const seats = (await seatsOf(context.db, { ...facts, day })).filter(({ accountId }) => readers.has(accountId))
  const structures = await context.db
    .select({ id: organisations.id, label: organisationNames.name })
    .from(organisations)
    .innerJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(day)))
    .where(and(eq(organisations.consortiumId, actor.consortiumId), stillThere(organisations.leftOn, actor.today)))
    .orderBy(asc(organisations.position))
  const bodies = await context.db
    .select({ id: instances.id, label: instances.name })
    .from(instances)
    .where(and(eq(instances.consortiumId, actor.consortiumId), stillThere(instances.endsOn, actor.today)))
    .orderBy(asc(instances.position))
  return [
    ...seats.map(seat => ({
      kind: 'personne' as const,
      id: seat.mandateId,
      label: `${seat.name} (${seat.organisationShort})`,
    })),
    ...structures.map(row => ({ kind: 'organisation' as const, ...row })),
    ...bodies.map(row => ({ kind: 'instance' as const, ...row })),
  ]
}
