import { and, asc, desc, eq, gt, gte, lt, type SQL, sql } from 'drizzle-orm'
import { first } from '#db/lists.ts'
import { accounts, journal } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { addDays, parisInstant } from '#server/calendar.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { isDay, personName } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { type JournalObject, objectsOf } from './journal-objects.ts'

/** What an address asks of the journal; what makes no sense there is left out. */
export type JournalFilter = {
  accountId?: string
  verb?: string
  subjectKind?: string
  subjectId?: string
  /** Days in Europe/Paris, both included. */
  from?: string
  until?: string
  after?: string
  before?: string
}

export type JournalEntry = {
  id: number
  at: Date
  /** « Claire Vidal »; null for what the product or its operator did. */
  person: string | null
  verb: string
  subject: JournalObject
}

export type JournalPage = {
  entries: JournalEntry[]
  next: string | null
  previous: string | null
  /** What the filters offer: those who are in the journal, and what was done. */
  people: { accountId: string; name: string }[]
  verbs: string[]
  subjectKinds: string[]
}

export const journalLinesPerPage = 50

/** Most lines of one file: beyond, dates narrow it. */
export const mostJournalLines = 20_000

/** The journal of the consortium, the latest first (H35). @throws NotFound for who is no chef de projet */
export async function journalPage(context: Context, actor: Actor, filter: JournalFilter = {}): Promise<JournalPage> {
  authorize(actor, 'consortium', 'readJournal', { consortiumId: actor.consortiumId })
  const place = placeIn(filter)
  const found = await together(context.db, {
    lines: selectLines(context, actor, filter, place),
    people: selectPeople(context, actor),
    verbs: context.db
      .selectDistinct({ verb: journal.verb, subjectKind: journal.subjectKind })
      .from(journal)
      .where(eq(journal.consortiumId, actor.consortiumId)),
  })
  const more = found.lines.length > journalLinesPerPage
  const shown = found.lines.slice(0, journalLinesPerPage)
  const lines = place?.side === 'before' ? shown.reverse() : shown
  const objects = await objectsOf(context, actor, lines)
  const [top, last] = [lines[0], lines.at(-1)]
  const hasNext = place?.side === 'before' || more
  const hasPrevious = place?.side === 'after' || (place?.side === 'before' && more)
  return {
    entries: lines.map(line => entryOf(line, objects)),
    next: hasNext && last ? String(last.id) : null,
    previous: hasPrevious && top ? String(top.id) : null,
    people: found.people.map(({ accountId, ...person }) => ({ accountId, name: personName(person) })),
    verbs: unique(found.verbs.map(({ verb }) => verb)),
    subjectKinds: unique(found.verbs.map(({ subjectKind }) => subjectKind)),
  }
}

/** The lines that a file holds, the latest first (H35). @throws NotFound for who is no chef de projet */
export async function journalEntries(
  context: Context,
  actor: Actor,
  filter: JournalFilter,
  most = mostJournalLines,
): Promise<JournalEntry[]> {
  authorize(actor, 'consortium', 'readJournal', { consortiumId: actor.consortiumId })
  const lines = await selectLines(context, actor, filter, null, most)
  const objects = await objectsOf(context, actor, lines)
  return lines.map(line => entryOf(line, objects))
}

type Line = Awaited<ReturnType<typeof selectLines>>[number]

function entryOf(line: Line, objects: ReadonlyMap<string, JournalObject>): JournalEntry {
  const { id, at, verb, subjectKind, subjectId } = line
  const unnamed: JournalObject = { kind: subjectKind, id: subjectId, label: '', path: null }
  return {
    id,
    at,
    person:
      line.by === null ? null : personName({ givenName: line.givenName ?? '', familyName: line.familyName ?? '' }),
    verb,
    subject: objects.get(`${subjectKind}:${subjectId}`) ?? unnamed,
  }
}

type Place = { side: 'after' | 'before'; id: number }

function placeIn({ after, before }: JournalFilter): Place | null {
  const id = after ?? before ?? ''
  return /^\d{1,15}$/.test(id) ? { side: after ? 'after' : 'before', id: Number(id) } : null
}

function selectLines(
  { db }: Context,
  actor: Actor,
  filter: JournalFilter,
  place: Place | null,
  most = journalLinesPerPage + 1,
) {
  const direction = place?.side === 'before' ? asc : desc
  return db
    .select({
      id: journal.id,
      at: journal.at,
      by: journal.by,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      verb: journal.verb,
      subjectKind: journal.subjectKind,
      subjectId: journal.subjectId,
    })
    .from(journal)
    .leftJoin(accounts, eq(accounts.id, journal.by))
    .where(and(eq(journal.consortiumId, actor.consortiumId), ...conditions(filter), beyond(place)))
    .orderBy(direction(journal.id))
    .limit(first(most))
}

function beyond(place: Place | null): SQL | undefined {
  if (!place) return undefined
  return place.side === 'after' ? lt(journal.id, place.id) : gt(journal.id, place.id)
}

function conditions({ accountId, verb, subjectKind, subjectId, from, until }: JournalFilter): (SQL | undefined)[] {
  return [
    accountId ? eq(journal.by, uuidOrNone(accountId)) : undefined,
    verb ? eq(journal.verb, verb) : undefined,
    subjectKind ? eq(journal.subjectKind, subjectKind) : undefined,
    subjectId ? eq(journal.subjectId, subjectId) : undefined,
    from && isDay(from) ? gte(journal.at, parisInstant(from, '00:00')) : undefined,
    until && isDay(until) ? lt(journal.at, parisInstant(addDays(until, 1), '00:00')) : undefined,
  ]
}

function selectPeople({ db }: Context, actor: Actor) {
  return db
    .select({ accountId: accounts.id, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(accounts)
    .where(
      sql`exists (${db
        .select({ one: sql`1` })
        .from(journal)
        .where(and(eq(journal.by, accounts.id), eq(journal.consortiumId, actor.consortiumId)))})`,
    )
    .orderBy(asc(accounts.familyName), asc(accounts.givenName))
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
