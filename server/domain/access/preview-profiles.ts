import { and, asc, eq, gte, isNull, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { instances, meetings, organisationNames, organisations } from '#db/schema/index.ts'
import { type ActiveFunction, type ActiveMandate, type Actor, buildActor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { longDate, quoted } from '#server/vocabulary/french.ts'
import { type MandateFunction, technicalGroupKinds } from '#server/vocabulary/governance.ts'
import { namedOn } from '../governance/composition.ts'

/** As whom one may look: `code` is what an address holds. */
export type PreviewChoice = { code: string; label: string }

/** A person whom nobody is, as the rules would see them. */
export type Invented = { actor: Actor; label: string }

/** What no account, mandate or institution is called. */
const nobodys = '00000000-0000-4000-8000-0000000a9ec0'

type Key = Pick<Actor, 'consortiumId' | 'now' | 'today'>
type About = { id: string; meetingId: string | null } | null

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
 * The invented person that a code stands for: `membre.parcours`, `prestataire`, `prestataire.parcours`,
 * `correspondant.caf`, `observateur`, `invite.<meeting>`. They have no account, hence nothing of their own.
 *
 * @returns null when the code stands for nobody in this consortium
 */
export async function inventedPerson(db: Database, key: Key, code: string): Promise<Invented | null> {
  const [profile, where] = split(code)
  if (profile === 'invite') return invited(db, key, where)
  return inventedIn(await directoryOf(db, key), key, code)
}

/** As whom one may look at a thing of a body: its own members first, then each other sort of person. */
export async function previewChoices(db: Database, key: Key, about: About): Promise<PreviewChoice[]> {
  const directory = await directoryOf(db, key)
  const own = directory.bodies.find(({ id }) => id === about?.id)
  const another = (wanted: (body: Body) => boolean) => directory.bodies.find(body => body !== own && wanted(body))
  const members = [
    own,
    another(({ kind }) => technicalGroupKinds.includes(kind)),
    another(({ kind }) => kind === 'pilotage_strategique'),
    another(({ kind }) => kind === 'pilotage_institutionnel'),
  ]
  const codes = [
    ...members.flatMap(body => (body ? [`membre.${body.slug}`] : [])),
    ...(own ? [`prestataire.${own.slug}`] : []),
    'prestataire',
    ...directory.structures.slice(0, 1).map(({ slug }) => `correspondant.${slug}`),
    'observateur',
  ]
  const guest = about?.meetingId ? await invited(db, key, about.meetingId) : null
  return [
    ...choicesOf(directory, key, codes),
    ...(guest ? [{ code: `invite.${about?.meetingId}`, label: guest.label }] : []),
  ]
}

/** Every sort of person of the consortium, for who looks at all of it: in the consortium, then in each body. */
export async function everyPreviewChoice(
  db: Database,
  key: Key,
): Promise<{ title: string; choices: PreviewChoice[] }[]> {
  const directory = await directoryOf(db, key)
  const outside = ['observateur', 'prestataire', ...directory.structures.map(({ slug }) => `correspondant.${slug}`)]
  return [
    { title: 'Dans tout le consortium', choices: choicesOf(directory, key, outside) },
    ...directory.bodies.map(({ name, slug }) => ({
      title: name,
      choices: choicesOf(
        directory,
        key,
        [...Object.keys(seats), 'prestataire'].map(seat => `${seat}.${slug}`),
      ),
    })),
  ]
}

type Body = Pick<typeof instances.$inferSelect, 'id' | 'slug' | 'name' | 'shortName' | 'kind' | 'level'>
type Directory = { bodies: Body[]; structures: { id: string; slug: string; name: string }[] }

async function directoryOf(db: Database, { consortiumId, today }: Key): Promise<Directory> {
  const { id, slug, name, shortName, kind, level } = instances
  const bodies = await db
    .select({ id, slug, name, shortName, kind, level })
    .from(instances)
    .where(and(eq(instances.consortiumId, consortiumId), or(isNull(instances.endsOn), gte(instances.endsOn, today))))
    .orderBy(asc(instances.position), asc(instances.name))
  const structures = await db
    .select({ id: organisations.id, slug: organisations.slug, name: organisationNames.name })
    .from(organisations)
    .innerJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(today)))
    .where(eq(organisations.consortiumId, consortiumId))
    .orderBy(asc(organisations.position))
  return { bodies, structures }
}

function choicesOf(directory: Directory, key: Key, codes: readonly string[]): PreviewChoice[] {
  return codes.flatMap(code => {
    const invented = inventedIn(directory, key, code)
    return invented ? [{ code, label: invented.label }] : []
  })
}

function inventedIn({ bodies, structures }: Directory, key: Key, code: string): Invented | null {
  const [profile, where] = split(code)
  if (code === 'observateur') return { actor: having(key, [], [fn('observateur')]), label: 'un observateur' }
  if (code === 'prestataire') {
    return { actor: having(key, [], [fn('prestataire')]), label: 'un prestataire rattaché à aucune instance' }
  }
  if (profile === 'correspondant') {
    const structure = structures.find(({ slug }) => slug === where)
    if (!structure) return null
    const actor = having(key, [], [fn('correspondant', { organisationId: structure.id })])
    return { actor, label: `le correspondant de ${quoted(structure.name)}` }
  }
  const body = bodies.find(({ slug }) => slug === where)
  if (!body) return null
  if (profile === 'prestataire') {
    const actor = having(key, [], [fn('prestataire', { attachedTo: body.id })])
    return { actor, label: `le prestataire rattaché à ${quoted(body.shortName)}` }
  }
  const seat = Object.hasOwn(seats, profile) ? seats[profile] : undefined
  if (!seat) return null
  const actor = having(key, [mandate(body, seat.function, { readsDossier: seat.readsDossier ?? false })], [])
  return { actor, label: `${seat.words} de ${quoted(body.shortName)}` }
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

/** The sort of person, and of what. */
function split(code: string): [string, string] {
  const at = code.indexOf('.')
  return at < 0 ? [code, ''] : [code.slice(0, at), code.slice(at + 1)]
}
