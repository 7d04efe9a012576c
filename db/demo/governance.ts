import { randomUUID } from 'node:crypto'
import type { Database } from '#db/client.ts'
import { accounts, consortiumFunctions, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { insertDescription, wanted } from '#server/domain/consortia/insert-description.ts'
import type { Civilite } from '#server/vocabulary/governance.ts'
import type { DemoCalendar } from './calendar.ts'
import type { ConsortiumData, PersonData } from './data.ts'
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

/** Makes a consortium from its file, as `npm run consortium:create` does, with the people of the demonstration. */
export async function insertGovernance(
  db: Database,
  data: ConsortiumData,
  calendar: DemoCalendar,
  passwordHash: string,
): Promise<Governance> {
  const createdAt = parisInstant(calendar.firstDay, '08:00')
  const inserted = await insertDescription(db, data, { createdAt, firstDay: calendar.firstDay })
  const accountIds = await insertAccounts(db, data, calendar, passwordHash)
  const governance = {
    consortiumId: inserted.consortiumId,
    slug: data.slug,
    instances: inserted.instances,
    organisations: named(inserted.organisations, data, calendar.today),
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

/** The names that institutions bear on the day of the demonstration. */
function named(ids: ReadonlyMap<string, string>, data: ConsortiumData, today: string) {
  return new Map(
    data.organisations.map(({ slug, names }) => {
      const current = names.findLast(({ from }) => from === null || from <= today)
      return [slug, { id: wanted(ids, slug), name: current?.name ?? slug, shortName: current?.shortName ?? slug }]
    }),
  )
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
          // Invented people keep the password that the operator gave them all.
          passwordFitsPowers: person.signsInAs ? true : null,
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
        titulaireMandateId: mandateOf(ids, governance.slug, instance, seat.of),
        replacesMandateId: mandateOf(ids, governance.slug, instance, seat.replaces),
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

function mandateOf(ids: ReadonlyMap<string, string>, consortium: string, instance: string, who: string | undefined) {
  return who ? wanted(ids, mandateKey(`${who}@${consortium}.test`, instance)) : null
}

export function civiliteOf(person: PersonData): Civilite {
  return person.name.startsWith('Mme') ? 'madame' : 'monsieur'
}

/** Civilité, given name, family name: the given name is one word, hyphens included. */
function nameParts(name: string): [string, string, string] {
  const [civilite = '', givenName = '', ...family] = name.split(' ')
  return [civilite, givenName, family.join(' ')]
}
