import { and, eq, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client.ts'
import { among } from '#db/lists.ts'
import {
  accounts,
  actionItems,
  consortiumFunctions,
  decisions,
  externalBodies,
  instances,
  mandateProposals,
  mandates,
  meetings,
  minutes,
  organisationNames,
  organisations,
} from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { mediumDate, personName } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'

/** What a journal line is about: the journal keeps its identifier only, its name is that of today. */
export type JournalObject = {
  kind: string
  id: string
  /** Empty when the thing has no name, or is gone. */
  label: string
  /** Its page, below the consortium's address or that of the administration. */
  path: string | null
}

type Named = Omit<JournalObject, 'kind'>
/** What a line, or one of its details, is about. */
export type About = { subjectKind: string; subjectId: string }
type Finder = (
  db: Database,
  where: (table: { consortiumId: AnyPgColumn; id: AnyPgColumn }) => SQL | undefined,
) => Promise<Named[]>

/** Names and pages of what lines are about, by `kind:id`; everything is of the actor's consortium. */
export async function objectsOf(context: Context, actor: Actor, lines: readonly About[]) {
  const found = new Map<string, JournalObject>()
  for (const [kind, find] of Object.entries(finders)) {
    const ids = [...new Set(lines.filter(line => line.subjectKind === kind).map(line => uuidOrNone(line.subjectId)))]
    if (ids.length === 0) continue
    const rows = await find(context.db, table => and(eq(table.consortiumId, actor.consortiumId), among(table.id, ids)))
    for (const row of rows) found.set(`${kind}:${row.id}`, { kind, ...row })
  }
  for (const named of await accountsIn(context, lines)) found.set(`account:${named.id}`, { kind: 'account', ...named })
  return found
}

const finders: Record<string, Finder> = {
  async instance(db, where) {
    const rows = await db
      .select({ id: instances.id, name: instances.name, slug: instances.slug })
      .from(instances)
      .where(where(instances))
    return rows.map(({ id, name, slug }) => ({ id, label: name, path: `instances/${slug}` }))
  },
  async organisation(db, where) {
    const rows = await db
      .select({ id: organisations.id, slug: organisations.slug, name: organisationNames.name })
      .from(organisations)
      .innerJoin(organisationNames, eq(organisationNames.organisationId, organisations.id))
      .where(where(organisations))
      .orderBy(organisationNames.startsOn)
    return rows.map(({ id, name, slug }) => ({ id, label: name, path: `structures/${slug}` }))
  },
  async meeting(db, where) {
    const rows = await db
      .select({ id: meetings.id, startsAt: meetings.startsAt, body: instances.shortName })
      .from(meetings)
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(where(meetings))
    return rows.map(({ id, startsAt, body }) => ({
      id,
      label: `${body}, ${mediumDate(startsAt)}`,
      path: `reunions/${id}`,
    }))
  },
  async minutes(db, where) {
    const rows = await db
      .select({ id: minutes.id, startsAt: meetings.startsAt, body: instances.shortName })
      .from(minutes)
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .innerJoin(instances, eq(instances.id, meetings.instanceId))
      .where(where(minutes))
    return rows.map(({ id, startsAt, body }) => ({
      id,
      label: `${body}, ${mediumDate(startsAt)}`,
      path: `comptes-rendus/${id}`,
    }))
  },
  async decision(db, where) {
    const rows = await db
      .select({ id: decisions.id, number: decisions.number, wording: decisions.wording })
      .from(decisions)
      .where(where(decisions))
    return rows.map(({ id, number, wording }) => ({ id, label: number ?? short(wording), path: `decisions/${id}` }))
  },
  async action(db, where) {
    const rows = await db
      .select({ id: actionItems.id, wording: actionItems.wording, minutesId: actionItems.minutesId })
      .from(actionItems)
      .where(where(actionItems))
    return rows.map(({ id, wording, minutesId }) => ({
      id,
      label: short(wording),
      path: `comptes-rendus/${minutesId}`,
    }))
  },
  async mandate(db, where) {
    const rows = await db
      .select({ ...names, id: mandates.id, fn: mandates.functionLabel, body: instances.shortName })
      .from(mandates)
      .innerJoin(accounts, eq(accounts.id, mandates.accountId))
      .innerJoin(instances, eq(instances.id, mandates.instanceId))
      .where(where(mandates))
    return rows.map(({ id, fn, body, ...person }) => ({
      id,
      label: `${personName(person)}, ${fn}, ${body}`,
      path: `mandats/${id}`,
    }))
  },
  async function(db, where) {
    const rows = await db
      .select({ ...names, id: consortiumFunctions.id, fn: consortiumFunctions.functionLabel, accountId: accounts.id })
      .from(consortiumFunctions)
      .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
      .where(where(consortiumFunctions))
    return rows.map(({ id, fn, accountId, ...person }) => ({
      id,
      label: `${personName(person)}, ${fn}`,
      path: `personnes/${accountId}`,
    }))
  },
  async proposal(db, where) {
    const rows = await db
      .select({
        id: mandateProposals.id,
        givenName: mandateProposals.givenName,
        familyName: mandateProposals.familyName,
        body: instances.shortName,
      })
      .from(mandateProposals)
      .innerJoin(instances, eq(instances.id, mandateProposals.instanceId))
      .where(where(mandateProposals))
    return rows.map(({ id, body, ...person }) => ({
      id,
      label: `${personName(person)}, ${body}`,
      path: `propositions/${id}`,
    }))
  },
  async externalBody(db, where) {
    const rows = await db
      .select({ id: externalBodies.id, name: externalBodies.name })
      .from(externalBodies)
      .where(where(externalBodies))
    return rows.map(({ id, name }) => ({ id, label: name, path: 'organes-externes' }))
  },
}

const names = { givenName: accounts.givenName, familyName: accounts.familyName }

/** Accounts belong to no consortium; these ones are in its journal. */
export async function accountsIn({ db }: Context, lines: readonly About[]): Promise<Named[]> {
  const ids = lines.filter(line => line.subjectKind === 'account').map(line => uuidOrNone(line.subjectId))
  if (ids.length === 0) return []
  const rows = await db
    .select({ ...names, id: accounts.id })
    .from(accounts)
    .where(among(accounts.id, [...new Set(ids)]))
  return rows.map(({ id, ...person }) => ({ id, label: personName(person), path: `personnes/${id}` }))
}

/** The first words of a long text. */
function short(text: string): string {
  return text.length > 90 ? `${text.slice(0, 89).trimEnd()}…` : text
}
