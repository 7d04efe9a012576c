import { and, asc, eq, gte, inArray, isNull, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { instances, mandates, meetings, organisationNames, organisations } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import {
  type ActiveFunction,
  type ActiveMandate,
  type Actor,
  activeOn,
  buildActor,
} from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { longDate, quoted } from '#server/vocabulary/french.ts'
import { levelFunctions, type MandateFunction, technicalGroupKinds } from '#server/vocabulary/governance.ts'
import { namedOn } from '../governance/composition.ts'

/** As whom one may look: `code` is what an address holds. */
export type PreviewChoice = { code: string; label: string }

/** A person whom nobody is, as the rules would see them. */
export type Invented = { actor: Actor; label: string }

/** What no account and no mandate is called, nor the structure of who speaks for none. */
const nobodys = '00000000-0000-4000-8000-0000000a9ec0'

type Key = Pick<Actor, 'consortiumId' | 'now' | 'today'>

/** What a thing that one looks at belongs to, where it does. */
export type About = { instanceId?: string; meetingId?: string; organisationId?: string }

/** Who holds a mandate in a body: the first part of a code, and how French says it. */
const seats: Record<string, { function: MandateFunction; words: string; readsDossier?: true }> = {
  president: { function: 'president', words: 'présidence' },
  copilote: { function: 'copilote', words: 'copilote' },
  membre: { function: 'membre', words: 'membre' },
  suppleant: { function: 'suppleant', words: 'suppléant' },
  secretaire: { function: 'secretaire', words: 'secrétariat' },
  assistant: { function: 'assistant', words: 'assistant sans le dossier' },
  'assistant-dossier': { function: 'assistant', words: 'assistant avec le dossier', readsDossier: true },
}

/**
 * The invented person that a code stands for: `membre.parcours`, `membre.strategique.caf`, `prestataire`,
 * `prestataire.parcours`, `correspondant.caf`, `observateur`, `invite.<meeting>`. They have no account, hence nothing of
 * their own. Whoever sits for a structure does so for the one that the code names, else for the first that sits there.
 *
 * @returns null when the code stands for nobody in this consortium
 */
export async function inventedPerson(db: Database, key: Key, code: string): Promise<Invented | null> {
  const [profile, where = '', ...more] = code.split('.')
  if (profile === 'invite') return more.length > 0 ? null : invited(db, key, where)
  return inventedIn(await directoryOf(db, key), key, code)
}

/**
 * As whom one may look at a thing: members of its body first, then a technical member, a director, an elected one; each
 * other sort of person. For the structure that the thing belongs to, if it does.
 */
export async function previewChoices(db: Database, key: Key, about: About): Promise<PreviewChoice[]> {
  const directory = await directoryOf(db, key)
  const own = directory.bodies.find(({ id }) => id === about.instanceId)
  const another = (wanted: (body: Body) => boolean) => directory.bodies.find(body => body !== own && wanted(body))
  const members = [
    own,
    another(({ kind }) => technicalGroupKinds.includes(kind)),
    another(({ kind }) => kind === 'pilotage_strategique'),
    another(({ kind }) => kind === 'pilotage_institutionnel'),
  ]
  const structure = directory.structures.find(({ id }) => id === about.organisationId)
  const correspondant = structure ?? directory.structures[0]
  const codes = [
    ...members.flatMap(body => (body ? [seatCode('membre', body, structure?.slug)] : [])),
    ...(own ? [`prestataire.${own.slug}`] : []),
    'prestataire',
    ...(correspondant ? [`correspondant.${correspondant.slug}`] : []),
    'observateur',
  ]
  const guest = about.meetingId ? await invited(db, key, about.meetingId) : null
  return [
    ...choicesOf(directory, key, codes),
    ...(guest ? [{ code: `invite.${about.meetingId}`, label: guest.label }] : []),
  ]
}

/** Every sort of person of the consortium, for who looks at all of it. */
export type PreviewDirectory = {
  /** In the consortium, then in each body. */
  groups: { title: string; choices: PreviewChoice[] }[]
  /** The structures for which they may sit. */
  structures: { slug: string; name: string }[]
  /** The one chosen; without it, each sits for the first structure of their body. */
  structure: string | null
}

/** Every sort of person of the consortium: who sits somewhere, for one structure if it is chosen. */
export async function everyPreviewChoice(db: Database, key: Key, wanted?: string): Promise<PreviewDirectory> {
  const directory = await directoryOf(db, key)
  const structure = directory.structures.find(({ slug }) => slug === wanted)?.slug
  const outside = ['observateur', 'prestataire', ...directory.structures.map(({ slug }) => `correspondant.${slug}`)]
  return {
    groups: [
      { title: 'Dans tout le consortium', choices: choicesOf(directory, key, outside) },
      ...directory.bodies.map(body => ({
        title: body.name,
        choices: choicesOf(directory, key, [
          ...Object.keys(seats).map(seat => seatCode(seat, body, structure)),
          `prestataire.${body.slug}`,
        ]),
      })),
    ],
    structures: directory.structures.map(({ slug, name }) => ({ slug, name })),
    structure: structure ?? null,
  }
}

/** `membre.strategique.caf`: only who represents a structure sits for one. */
function seatCode(seat: string, { slug }: Body, structure: string | undefined): string {
  const represents = seats[seat] && levelFunctions.includes(seats[seat].function)
  return [seat, slug, ...(represents && structure ? [structure] : [])].join('.')
}

type Body = Pick<typeof instances.$inferSelect, 'id' | 'slug' | 'name' | 'shortName' | 'kind' | 'level'>
type Structure = { id: string; slug: string; name: string; shortName: string }
type Directory = {
  bodies: Body[]
  structures: Structure[]
  /** Which structures sit in which body today. */
  seated: { instanceId: string; organisationId: string }[]
}

async function directoryOf(db: Database, { consortiumId, today }: Key): Promise<Directory> {
  const { id, slug, name, shortName, kind, level } = instances
  return together(db, {
    bodies: db
      .select({ id, slug, name, shortName, kind, level })
      .from(instances)
      .where(and(eq(instances.consortiumId, consortiumId), or(isNull(instances.endsOn), gte(instances.endsOn, today))))
      .orderBy(asc(instances.position), asc(instances.name)),
    structures: db
      .select({
        id: organisations.id,
        slug: organisations.slug,
        name: organisationNames.name,
        shortName: organisationNames.shortName,
      })
      .from(organisations)
      .innerJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(today)))
      .where(
        and(
          eq(organisations.consortiumId, consortiumId),
          or(isNull(organisations.leftOn), gte(organisations.leftOn, today)),
        ),
      )
      .orderBy(asc(organisations.position)),
    seated: db
      .selectDistinct({ instanceId: mandates.instanceId, organisationId: mandates.organisationId })
      .from(mandates)
      .where(
        and(
          eq(mandates.consortiumId, consortiumId),
          inArray(mandates.function, [...levelFunctions]),
          activeOn(mandates, today),
        ),
      ),
  })
}

function choicesOf(directory: Directory, key: Key, codes: readonly string[]): PreviewChoice[] {
  return codes.flatMap(code => {
    const invented = inventedIn(directory, key, code)
    return invented ? [{ code, label: invented.label }] : []
  })
}

function inventedIn(directory: Directory, key: Key, code: string): Invented | null {
  const { bodies, structures } = directory
  const [profile = '', where, forWhom, ...more] = code.split('.')
  if (more.length > 0) return null
  if (code === 'observateur') return { actor: having(key, [], [fn('observateur')]), label: 'un observateur' }
  if (code === 'prestataire') {
    return { actor: having(key, [], [fn('prestataire')]), label: 'un prestataire rattaché à aucune instance' }
  }
  if (profile === 'correspondant') {
    const structure = structures.find(({ slug }) => slug === where)
    if (!structure || forWhom !== undefined) return null
    const actor = having(key, [], [fn('correspondant', { organisationId: structure.id })])
    return { actor, label: `le correspondant de ${quoted(structure.name)}` }
  }
  const body = bodies.find(({ slug }) => slug === where)
  if (!body) return null
  if (profile === 'prestataire') {
    if (forWhom !== undefined) return null
    const actor = having(key, [], [fn('prestataire', { attachedTo: body.id })])
    return { actor, label: `le prestataire rattaché à ${quoted(body.shortName)}` }
  }
  const seat = Object.hasOwn(seats, profile) ? seats[profile] : undefined
  return seat ? seatedIn(directory, key, { body, seat, forWhom }) : null
}

type Seated = { body: Body; seat: (typeof seats)[string]; forWhom: string | undefined }

function seatedIn(directory: Directory, key: Key, { body, seat, forWhom }: Seated): Invented | null {
  const held = (more: Partial<ActiveMandate>) =>
    having(key, [mandate(body, seat.function, { readsDossier: seat.readsDossier ?? false, ...more })], [])
  const where = `${seat.words} de ${quoted(body.shortName)}`
  if (!levelFunctions.includes(seat.function)) {
    return forWhom === undefined ? { actor: held({}), label: where } : null
  }
  const structure = structureOf(directory, body, forWhom)
  if (!structure) return null
  const label = `${where}, pour ${quoted(structure.shortName)}`
  const sort = sortOf(body)
  return { actor: held({ organisationId: structure.id }), label: sort ? `${sort} (${label})` : label }
}

/** The structure asked for, else the first that sits there. */
function structureOf({ structures, seated }: Directory, body: Body, wanted: string | undefined): Structure | undefined {
  if (wanted !== undefined) return structures.find(({ slug }) => slug === wanted)
  const there = seated.filter(({ instanceId }) => instanceId === body.id).map(({ organisationId }) => organisationId)
  return structures.find(({ id }) => there.includes(id)) ?? structures[0]
}

/** What one calls whom a body gathers. */
function sortOf({ kind }: Body): string | null {
  if (kind === 'pilotage_institutionnel') return 'un élu'
  return technicalGroupKinds.includes(kind) ? 'un membre technique' : null
}

/** An invité of one meeting. */
async function invited(db: Database, key: Key, meetingId: string): Promise<Invented | null> {
  const [row] = await db
    .select({
      meetingId: meetings.id,
      startsAt: meetings.startsAt,
      body: { id: instances.id, level: instances.level, kind: instances.kind },
    })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(and(eq(meetings.id, uuidOrNone(meetingId)), eq(meetings.consortiumId, key.consortiumId)))
  if (!row) return null
  const actor = having(key, [mandate(row.body, 'invite', { meetingId: row.meetingId })], [])
  return { actor, label: `un invité de la réunion du ${longDate(row.startsAt)}` }
}

function having(key: Key, mandates: ActiveMandate[], functions: ActiveFunction[]): Actor {
  const { consortiumId, now, today } = key
  // A second factor gives no right, and nothing is ever done as this person: pages need not ask for one.
  const person = { accountId: nobodys, name: '', consortiumId, now, today, verification: 'forte' as const }
  return buildActor(person, mandates, functions)
}

function mandate(
  { id, level, kind }: Pick<Body, 'id' | 'level' | 'kind'>,
  held: MandateFunction,
  more: Partial<ActiveMandate>,
): ActiveMandate {
  return {
    id: nobodys,
    instanceId: id,
    organisationId: nobodys,
    function: held,
    meetingId: null,
    titulaireMandateId: null,
    readsDossier: false,
    level,
    kind,
    ...more,
  }
}

function fn(held: ActiveFunction['function'], more: Partial<ActiveFunction> = {}): ActiveFunction {
  return { function: held, organisationId: null, attachedTo: null, ...more }
}
