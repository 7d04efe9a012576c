import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import {
  accounts,
  competenceRules,
  consortia,
  consortiumFunctions,
  instances,
  mandates,
  organisationNames,
  organisations,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { addDays, parisInstant } from '#server/calendar.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import type { Civilite } from '#server/vocabulary/governance.ts'
import type { DemoCalendar } from './calendar.ts'
import type { ConsortiumData, PersonData, SeatData } from './data.ts'
import { fr } from './prose.ts'

/** What stands in the database before the life of a consortium begins; the identifiers that its chronicle needs. */
export type Governance = {
  consortiumId: string
  slug: string
  /** By slug. */
  instances: ReadonlyMap<string, { id: string; name: string }>
  organisations: ReadonlyMap<string, { id: string; name: string; shortName: string }>
  /** By e-mail address. */
  accounts: ReadonlyMap<string, { id: string; person: PersonData }>
  /** By e-mail address and instance. */
  mandates: ReadonlyMap<string, string>
}

/** Inserts the institutions, bodies, rules and people of a consortium: governance is the one thing commands do not make yet. */
export async function insertGovernance(
  db: Database,
  data: ConsortiumData,
  calendar: DemoCalendar,
  passwordHash: string,
): Promise<Governance> {
  const createdAt = parisInstant(calendar.firstDay, '08:00')
  const [consortium] = await db
    .insert(consortia)
    .values({ slug: data.slug, name: data.name, territory: data.territory, purpose: fr(data.purpose), createdAt })
    .returning({ id: consortia.id })
  if (!consortium) throw new Error('an inserted consortium has an id')
  const consortiumId = consortium.id
  const organisationIds = await insertOrganisations(db, consortiumId, data, calendar.today)
  const instanceIds = await insertInstances(db, consortiumId, data, createdAt)
  await db.insert(competenceRules).values(
    codesOf(decisionNatureLabels).map(nature => {
      const slug = data.competence[nature]
      return {
        consortiumId,
        nature,
        instanceId: slug === null ? null : wanted(instanceIds, slug).id,
        startsOn: calendar.firstDay,
      }
    }),
  )
  const accountIds = await insertAccounts(db, data, calendar, passwordHash)
  const governance = {
    consortiumId,
    slug: data.slug,
    instances: instanceIds,
    organisations: organisationIds,
    accounts: accountIds,
  }
  await insertFunctions(db, governance, calendar, createdAt)
  return { ...governance, mandates: await insertMandates(db, governance, calendar, createdAt) }
}

/** The address of a person of the demonstration; for those who do not sign in, one made from their name. */
export function emailOf(person: PersonData, consortium: string): string {
  const local = person.signsInAs ?? nameParts(person.name).slice(1).join('.')
  return `${local}@${consortium}.test`
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
}

/** What was found under a key that the data files are known to hold. */
export function wanted<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`the demonstration does not know « ${key} »`)
  return value
}

async function insertOrganisations(db: Database, consortiumId: string, data: ConsortiumData, today: string) {
  const rows = await db
    .insert(organisations)
    .values(
      data.organisations.map(({ slug, phase, territory }, position) => ({
        consortiumId,
        slug,
        phase,
        territory: territory ?? null,
        position,
      })),
    )
    .returning({ id: organisations.id, slug: organisations.slug })
  const ids = new Map(rows.map(row => [row.slug, row.id]))
  const names = data.organisations.flatMap(({ slug, names: dated }) =>
    dated.map((each, rank) => {
      const next = dated[rank + 1]
      return {
        consortiumId,
        organisationId: wanted(ids, slug),
        name: each.name,
        shortName: each.shortName,
        startsOn: each.from,
        endsOn: next ? addDays(next.from, -1) : null,
      }
    }),
  )
  await db.insert(organisationNames).values(names)
  const current = names.filter(name => name.startsOn <= today && (name.endsOn === null || name.endsOn >= today))
  return new Map(
    [...ids].map(([slug, id]) => {
      const name = current.find(each => each.organisationId === id)
      return [slug, { id, name: name?.name ?? slug, shortName: name?.shortName ?? slug }]
    }),
  )
}

async function insertInstances(db: Database, consortiumId: string, data: ConsortiumData, createdAt: Date) {
  const rows = await db
    .insert(instances)
    .values(
      data.instances.map(
        ({ parent: _parent, territory, purpose, roles, composition, name, ...instance }, position) => ({
          ...instance,
          consortiumId,
          name: fr(name),
          purpose: fr(purpose),
          roles: roles.map(fr),
          composition: fr(composition),
          territory: territory ?? null,
          position,
          createdAt,
        }),
      ),
    )
    .returning({ id: instances.id, slug: instances.slug, name: instances.name })
  const bySlug = new Map(rows.map(({ slug, ...instance }) => [slug, instance]))
  for (const { slug, parent } of data.instances) {
    if (parent === null) continue
    await db
      .update(instances)
      .set({ parentId: wanted(bySlug, parent).id })
      .where(eq(instances.id, wanted(bySlug, slug).id))
  }
  return bySlug
}

async function insertAccounts(db: Database, data: ConsortiumData, calendar: DemoCalendar, passwordHash: string) {
  const createdAt = parisInstant(calendar.firstDay, '08:00')
  const rows = await db
    .insert(accounts)
    .values(
      data.people.map(person => {
        const [, givenName = '', familyName = ''] = nameParts(person.name)
        return {
          email: emailOf(person, data.slug),
          givenName,
          familyName,
          phone: person.phone ?? null,
          passwordHash: person.signsInAs ? passwordHash : null,
          suspendedAt: person.suspended ? parisInstant(calendar.workingDay(-15), '17:30') : null,
          createdAt,
        }
      }),
    )
    .returning({ id: accounts.id, email: accounts.email })
  const ids = new Map(rows.map(row => [row.email, row.id]))
  return new Map(
    data.people.map(person => {
      const email = emailOf(person, data.slug)
      return [email, { id: wanted(ids, email), person }]
    }),
  )
}

type WithoutMandates = Omit<Governance, 'mandates'>

async function insertFunctions(db: Database, governance: WithoutMandates, calendar: DemoCalendar, createdAt: Date) {
  const { consortiumId } = governance
  for (const { id, person } of governance.accounts.values()) {
    if (!person.consortiumFunction) continue
    const { kind, label, attachedTo = [] } = person.consortiumFunction
    const [row] = await db
      .insert(consortiumFunctions)
      .values({
        consortiumId,
        accountId: id,
        organisationId: person.organisation ? wanted(governance.organisations, person.organisation).id : null,
        function: kind,
        civilite: civiliteOf(person),
        qualite: person.qualite,
        functionLabel: label,
        startsOn: calendar.firstDay,
        createdAt,
      })
      .returning({ id: consortiumFunctions.id })
    if (!row) throw new Error('an inserted function has an id')
    for (const slug of attachedTo) {
      await db.insert(prestataireAttachments).values({
        consortiumId,
        consortiumFunctionId: row.id,
        instanceId: wanted(governance.instances, slug).id,
        startsOn: calendar.firstDay,
      })
    }
  }
}

/** Titulaires first: suppléants and assistants name theirs. */
async function insertMandates(db: Database, governance: WithoutMandates, calendar: DemoCalendar, createdAt: Date) {
  const seats = [...governance.accounts].flatMap(([email, { id, person }]) =>
    Object.entries(person.seats ?? {}).map(([instance, seat]) => ({ email, id, person, instance, seat })),
  )
  const ids = new Map<string, string>()
  for (const wave of [seats.filter(({ seat }) => !seat.of), seats.filter(({ seat }) => seat.of)]) {
    if (wave.length === 0) continue
    for (const { email, instance } of wave) ids.set(mandateKey(email, instance), randomUUID())
    await db.insert(mandates).values(
      wave.map(({ email, id, person, instance, seat }) => ({
        id: wanted(ids, mandateKey(email, instance)),
        consortiumId: governance.consortiumId,
        accountId: id,
        instanceId: wanted(governance.instances, instance).id,
        organisationId: wanted(governance.organisations, person.organisation ?? '').id,
        function: seat.function,
        civilite: civiliteOf(person),
        qualite: fr(person.qualite),
        functionLabel: seat.label,
        carriesVoice: seat.voice ?? false,
        titulaireMandateId: titulaireOf(ids, governance.slug, instance, seat),
        readsDossier: seat.readsDossier ?? false,
        startsOn: seat.from === undefined ? calendar.firstDay : calendar.day(seat.from),
        endsOn: seat.until === undefined ? null : calendar.day(seat.until),
        createdAt,
      })),
    )
  }
  return ids
}

/** Where `Governance.mandates` keeps a mandate. */
export function mandateKey(email: string, instance: string): string {
  return `${email} ${instance}`
}

function titulaireOf(ids: ReadonlyMap<string, string>, consortium: string, instance: string, seat: SeatData) {
  return seat.of ? wanted(ids, mandateKey(`${seat.of}@${consortium}.test`, instance)) : null
}

export function civiliteOf(person: PersonData): Civilite {
  return person.name.startsWith('Mme') ? 'madame' : 'monsieur'
}

/** Civilité, given name, family name: the given name is one word, hyphens included. */
function nameParts(name: string): [string, string, string] {
  const [civilite = '', givenName = '', ...family] = name.split(' ')
  return [civilite, givenName, family.join(' ')]
}
