import { and, asc, desc, eq, gt, gte, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { first } from '#db/lists.ts'
import { accounts, journal } from '#db/schema/index.ts'
import { together } from '#db/together.ts'
import { addDays, parisInstant } from '#server/calendar.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { isDay, personName } from '#server/vocabulary/french.ts'
import { journalDetails, namedIn } from '#server/vocabulary/journal-details.ts'
import type { Context } from '../context.ts'
import type { About, JournalObject } from './journal-objects.ts'

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
  /** What changed, in French, without words nor names of people. */
  details: string[]
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

/** Whose lines are read, and how what they are about is named; the caller has judged the right. */
export type JournalScope = {
  /** Null for the lines of no consortium: accounts and legal pages. */
  consortiumId: string | null
  objectsOf: (lines: readonly About[]) => Promise<ReadonlyMap<string, JournalObject>>
}

/** A page of a journal, the latest first. */
export async function pageOfJournal(
  context: Context,
  scope: JournalScope,
  filter: JournalFilter,
): Promise<JournalPage> {
  const place = placeIn(filter)
  const found = await together(context.db, {
    lines: selectLines(context, scope, filter, place),
    people: selectPeople(context, scope),
    verbs: context.db
      .selectDistinct({ verb: journal.verb, subjectKind: journal.subjectKind })
      .from(journal)
      .where(inScope(scope)),
  })
  const more = found.lines.length > journalLinesPerPage
  const shown = found.lines.slice(0, journalLinesPerPage)
  const lines = place?.side === 'before' ? shown.reverse() : shown
  const objects = await scope.objectsOf(mentioned(lines))
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

/** The lines that a file holds, the latest first. */
export async function entriesOfJournal(
  context: Context,
  scope: JournalScope,
  filter: JournalFilter,
): Promise<JournalEntry[]> {
  const lines = await selectLines(context, scope, filter, null, mostJournalLines + 1)
  const objects = await scope.objectsOf(mentioned(lines))
  return lines.map(line => entryOf(line, objects))
}

/** What lines are about, and the instances and institutions that their details name. */
function mentioned(lines: readonly Line[]): About[] {
  const details = lines.map(({ detail }) => detail)
  const about = (subjectKind: string, ids: readonly string[]) => ids.map(subjectId => ({ subjectKind, subjectId }))
  return [
    ...lines,
    ...about('instance', namedIn(details, 'instanceId')),
    ...about('organisation', namedIn(details, 'organisationId')),
  ]
}

type Line = Awaited<ReturnType<typeof selectLines>>[number]

function entryOf(line: Line, objects: ReadonlyMap<string, JournalObject>): JournalEntry {
  const { id, at, verb, subjectKind, subjectId, detail } = line
  const unnamed: JournalObject = { kind: subjectKind, id: subjectId, label: '', path: null }
  return {
    id,
    at,
    person:
      line.by === null ? null : personName({ givenName: line.givenName ?? '', familyName: line.familyName ?? '' }),
    verb,
    details: journalDetails(detail, named => objects.get(named)?.label),
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
  scope: JournalScope,
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
      detail: journal.detail,
    })
    .from(journal)
    .leftJoin(accounts, eq(accounts.id, journal.by))
    .where(and(inScope(scope), ...conditions(filter), beyond(place)))
    .orderBy(direction(journal.id))
    .limit(first(most))
}

function inScope({ consortiumId }: JournalScope): SQL {
  return consortiumId === null ? isNull(journal.consortiumId) : eq(journal.consortiumId, consortiumId)
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

function selectPeople({ db }: Context, scope: JournalScope) {
  return db
    .select({ accountId: accounts.id, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(accounts)
    .where(
      sql`exists (${db
        .select({ one: sql`1` })
        .from(journal)
        .where(and(eq(journal.by, accounts.id), inScope(scope)))})`,
    )
    .orderBy(asc(accounts.familyName), asc(accounts.givenName))
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
