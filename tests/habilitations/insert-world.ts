import { randomUUID } from 'node:crypto'
import type { Database } from '#db/client.ts'
import {
  accounts,
  actionItems,
  consortia,
  consortiumFunctions,
  decisions,
  instances,
  mandateProposals,
  mandates,
  meetings,
  minutes,
  organisations,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { type Actor, loadActor } from '#server/habilitations/actor.ts'
import { finalDecisionResults } from '#server/vocabulary/decisions.ts'
import { type Span, spans, type World, type WorldConsortium, type WorldPerson, worldNow } from './world.ts'

export type InsertedWorld = {
  accountId: string
  home: string
  next: string
  mandateIds: string[]
  functionIds: string[]
}

/** Writes a generated world in the database, and loads its person as the product does. */
export async function settle(db: Database, generated: World): Promise<{ inserted: InsertedWorld; actor: Actor }> {
  const home = await insertPlaces(db, generated.home)
  const next = await insertPlaces(db, generated.next)
  const person = await insertPerson(db, generated.person, { home, next })
  const mine = person.mandateIds.filter((_, n) => !generated.person.mandates[n]?.neighbour)
  await insertThings(db, generated.home, home, [...mine, ...home.titulaires])
  await insertThings(db, generated.next, next, next.titulaires)
  const inserted = { ...person, home: home.consortiumId, next: next.consortiumId }
  return { inserted, actor: await reload(db, inserted) }
}

/** The person as the rules now see them. */
export function reload(db: Database, inserted: { accountId: string; home: string }): Promise<Actor> {
  return loadActor(db, { accountId: inserted.accountId, consortiumId: inserted.home, now: worldNow })
}

/** Writes a person and what they hold. */
export async function insertPerson(db: Database, person: WorldPerson, places: { home: Places; next: Places }) {
  const accountId = await insertAccount(db, person.suspended)
  return {
    accountId,
    mandateIds: await insertMandates(db, person, places, accountId),
    functionIds: await insertFunctions(db, person, places, accountId),
  }
}

async function insertAccount(db: Database, suspended: boolean): Promise<string> {
  const id = randomUUID()
  const suspendedAt = suspended ? worldNow : null
  const name = { givenName: 'Alix', familyName: 'Monde' }
  await db.insert(accounts).values({ id, email: `${id}@monde.test`, ...name, suspendedAt, createdAt: worldNow })
  return id
}

export type Places = {
  consortiumId: string
  /** Somebody of the consortium. */
  accountId: string
  instances: string[]
  organisations: string[]
  meetings: string[]
  minutes: string[]
  /** A membre of each instance: whom suppléants and assistants serve. */
  titulaires: string[]
}

/** Writes a consortium: bodies, institutions, meetings and their minutes. */
export async function insertPlaces(db: Database, generated: WorldConsortium): Promise<Places> {
  const at = worldNow
  const [row] = await db
    .insert(consortia)
    .values({ slug: randomUUID(), name: 'Monde', territory: 'Monde', createdAt: at })
    .returning({ id: consortia.id })
  const consortiumId = row?.id ?? ''
  const instanceIds = generated.instances.map(() => randomUUID())
  await db.insert(instances).values(
    generated.instances.map(({ place: { level, kind }, ...each }, n) => ({
      ...each,
      level,
      kind,
      id: instanceIds[n] ?? '',
      consortiumId,
      slug: `i${n}`,
      code: `I${n}`,
      name: `Instance ${n}`,
      shortName: `I${n}`,
      minutesVisibility: 'niveau' as const,
      createdAt: at,
    })),
  )
  const organisationIds = [randomUUID(), randomUUID()]
  await db
    .insert(organisations)
    .values(organisationIds.map((id, n) => ({ id, consortiumId, slug: `o${n}`, phase: 'elargi' as const })))
  const other = await insertAccount(db, false)
  const titulaires = instanceIds.map(() => randomUUID())
  await db.insert(mandates).values(
    titulaires.map((id, n) => ({
      ...seat('membre', 'active'),
      id,
      consortiumId,
      accountId: other,
      instanceId: instanceIds[n] ?? '',
      organisationId: organisationIds[0] ?? '',
    })),
  )
  const meetingIds = generated.meetings.map(() => randomUUID())
  await db.insert(meetings).values(
    generated.meetings.map((each, n) => ({
      id: meetingIds[n] ?? '',
      consortiumId,
      instanceId: pick(instanceIds, each.instance),
      state: each.state,
      startsAt: at,
      createdAt: at,
      announcedAt: wasAnnounced(each) ? at : null,
      heldAt: each.state === 'tenue' ? at : null,
    })),
  )
  const minutesIds = generated.meetings.map(() => randomUUID())
  await db.insert(minutes).values(
    generated.meetings.map(({ minutesState, visibility, open }, n) => ({
      id: minutesIds[n] ?? '',
      consortiumId,
      meetingId: meetingIds[n] ?? '',
      state: minutesState,
      visibility,
      createdAt: at,
      openedToMembersAt: open ? at : null,
      validatedAt: ['valide', 'diffuse', 'approuve'].includes(minutesState) ? at : null,
      distributedAt: ['diffuse', 'approuve'].includes(minutesState) ? at : null,
      approvedAt: minutesState === 'approuve' ? at : null,
    })),
  )
  return {
    consortiumId,
    accountId: other,
    instances: instanceIds,
    organisations: organisationIds,
    meetings: meetingIds,
    minutes: minutesIds,
    titulaires,
  }
}

async function insertMandates(
  db: Database,
  someone: WorldPerson,
  places: { home: Places; next: Places },
  accountId: string,
): Promise<string[]> {
  const rows = someone.mandates.map(each => {
    const place = each.neighbour ? places.next : places.home
    const serves = each.function === 'suppleant' || each.function === 'assistant'
    return {
      ...seat(each.function, each.span),
      id: randomUUID(),
      consortiumId: place.consortiumId,
      accountId,
      instanceId: pick(place.instances, each.instance),
      organisationId: pick(place.organisations, each.organisation),
      readsDossier: each.function === 'assistant' && each.dossier,
      titulaireMandateId: serves ? pick(place.titulaires, each.instance) : null,
      meetingId: each.function === 'invite' ? pick(place.meetings, each.meeting) : null,
    }
  })
  if (rows.length > 0) await db.insert(mandates).values(rows)
  return rows.map(row => row.id)
}

async function insertFunctions(
  db: Database,
  someone: WorldPerson,
  places: { home: Places; next: Places },
  accountId: string,
): Promise<string[]> {
  const ids: string[] = []
  for (const each of someone.functions) {
    const place = each.neighbour ? places.next : places.home
    const [startsOn, endsOn] = spans[each.span]
    const id = randomUUID()
    ids.push(id)
    await db.insert(consortiumFunctions).values({
      id,
      consortiumId: place.consortiumId,
      accountId,
      organisationId: pick(place.organisations, each.organisation),
      function: each.kind,
      civilite: 'madame',
      qualite: 'agente',
      functionLabel: each.kind,
      startsOn,
      endsOn,
      createdAt: worldNow,
    })
    const seen = new Set<string>()
    for (const attachment of each.attachments) {
      const instanceId = pick(place.instances, attachment.instance)
      if (seen.has(instanceId)) continue
      seen.add(instanceId)
      const [from, until] = spans[attachment.span]
      await db.insert(prestataireAttachments).values({
        consortiumId: place.consortiumId,
        consortiumFunctionId: id,
        instanceId,
        startsOn: from,
        endsOn: until,
      })
    }
  }
  return ids
}

/** Writes actions and decisions; `owners` are the mandates that may be in charge of an action. */
export async function insertThings(
  db: Database,
  generated: WorldConsortium,
  place: Places,
  owners: string[],
): Promise<void> {
  const { consortiumId } = place
  await db.insert(mandateProposals).values(
    generated.proposals.map(({ organisation, instance, state }) => ({
      ...seat('membre', 'active'),
      consortiumId,
      organisationId: pick(place.organisations, organisation),
      instanceId: pick(place.instances, instance),
      givenName: 'Alix',
      familyName: 'Monde',
      email: 'alix@monde.test',
      state,
      proposedAt: worldNow,
      proposedBy: place.accountId,
      answeredAt: state === 'proposee' ? null : worldNow,
      reason: state === 'retournee' ? 'Autre titulaire' : null,
      mandateId: state === 'acceptee' ? pick(place.titulaires, instance) : null,
    })),
  )
  await db.insert(actionItems).values(
    generated.actions.map((each, n) => ({
      consortiumId,
      minutesId: pick(place.minutes, each.meeting),
      blockId: `action-${n}`,
      instanceId: pick(place.instances, generated.meetings[each.meeting % generated.meetings.length]?.instance ?? 0),
      wording: 'À faire',
      ownerKind: each.owner,
      ownerMandateId: each.owner === 'personne' ? pick(owners, each.ownerRank) : null,
      ownerOrganisationId: each.owner === 'organisation' ? pick(place.organisations, each.ownerRank) : null,
      ownerInstanceId: each.owner === 'instance' ? pick(place.instances, each.ownerRank) : null,
      createdAt: worldNow,
      updatedAt: worldNow,
    })),
  )
  await db.insert(decisions).values(
    generated.decisions.map((each, n) => {
      const final = finalDecisionResults.some(result => result === each.state)
      const meetingId = pick(place.meetings, each.meeting)
      return {
        consortiumId,
        minutesId: pick(place.minutes, each.meeting),
        blockId: `decision-${n}`,
        originMeetingId: meetingId,
        proposingInstanceId: pick(place.instances, each.proposing),
        competentInstanceId: pick(place.instances, each.competent),
        nature: 'autre' as const,
        wording: 'Décider',
        state: each.state,
        proposedAt: worldNow,
        numberYear: final ? 2027 : null,
        numberRank: final ? n + 1 : null,
        number: final ? `2027-I-${n}` : null,
        resultMeetingId: final || each.state === 'ajournee' ? meetingId : null,
      }
    }),
  )
}

/** None is before its announcement; a cancelled one may have been. */
function wasAnnounced({ state, announced }: WorldConsortium['meetings'][number]): boolean {
  return state === 'annulee' ? announced : state !== 'preparation'
}

function seat(fn: WorldPerson['mandates'][number]['function'], when: Span) {
  const [startsOn, endsOn] = spans[when]
  return {
    function: fn,
    civilite: 'madame' as const,
    qualite: 'agente',
    functionLabel: fn,
    startsOn,
    endsOn,
    createdAt: worldNow,
  }
}

function pick<T>(values: readonly T[], n: number): T {
  const value = values[n % values.length]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}
