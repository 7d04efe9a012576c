import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { first } from '#db/lists.ts'
import { accounts, securityLog } from '#db/schema/index.ts'
import { addDays, parisInstant } from '#server/calendar.ts'
import { cutRows, type SpreadsheetFile, spreadsheetFile } from '#server/exports/spreadsheet.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { writeSecurityLog } from '#server/security-log.ts'
import { isDay, personName } from '#server/vocabulary/french.ts'
import { type SecurityEvent, securityEventLabel } from '#server/vocabulary/security.ts'
import type { SpreadsheetFormat } from '#server/vocabulary/spreadsheets.ts'
import { onlyAdministrateur, type Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'
import { type PageOf, pageOf, placeIn, slice, type Wanted } from '../page-of.ts'

export type SecurityFilter = { accountId?: string; event?: string; from?: string; until?: string }

export type SecurityEntry = {
  id: string
  at: Date
  event: string
  /** Whose account; null when no account has the address that was typed. */
  account: { id: string; name: string } | null
  /** Who did it, when somebody else. */
  by: string | null
  address: string | null
}

/** Most lines of one file: beyond, dates narrow it. */
const mostLines = 20_000

/**
 * The security log, the latest first. That it was read is itself a line of it.
 * @throws NotFound for who is no administrateur
 */
export async function securityLogPage(
  context: Context,
  person: Person,
  filter: SecurityFilter & Wanted & { address?: string } = {},
): Promise<PageOf<SecurityEntry>> {
  onlyAdministrateur(person)
  const place = placeIn(filter)
  const { where, orderBy, limit } = slice({ at: securityLog.at, id: securityLog.id, latestFirst: true }, place)
  const rows = await selectLines(context)
    .where(and(...conditions(filter), where))
    .orderBy(...orderBy)
    .limit(limit)
  await tellRead(context, person, 'journal_consulte', filter.address)
  return pageOf(rows.map(entryOf), row => row.at, place)
}

/** The same for a spreadsheet, through the filters in force. @throws NotFound for who is no administrateur */
export async function securityLogFile(
  context: Context,
  person: Person,
  { format, ...filter }: SecurityFilter & { format: SpreadsheetFormat; address?: string },
): Promise<SpreadsheetFile> {
  onlyAdministrateur(person)
  const rows = await selectLines(context)
    .where(and(...conditions(filter)))
    .orderBy(desc(securityLog.at), desc(securityLog.id))
    .limit(first(mostLines + 1))
  await tellRead(context, person, 'journal_exporte', filter.address)
  const table = {
    name: 'Journal de sécurité',
    columns: [
      { header: 'Date', width: 18 },
      { header: 'Événement', width: 36 },
      { header: 'Compte', width: 30 },
      { header: 'Par', width: 30 },
      { header: 'Adresse réseau', width: 24 },
    ],
    rows: cutRows(
      rows
        .map(entryOf)
        .map(({ at, event, account, by, address }) => [
          { instant: at },
          securityEventLabel(event),
          account?.name ?? 'aucun compte',
          by,
          address,
        ]),
      mostLines,
    ),
  }
  return spreadsheetFile([table], format)
}

const actors = alias(accounts, 'actors')

function selectLines({ db }: Context) {
  return db
    .select({
      id: securityLog.id,
      at: securityLog.at,
      event: securityLog.event,
      address: securityLog.address,
      accountId: securityLog.accountId,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      by: securityLog.by,
      byGivenName: actors.givenName,
      byFamilyName: actors.familyName,
    })
    .from(securityLog)
    .leftJoin(accounts, eq(accounts.id, securityLog.accountId))
    .leftJoin(actors, eq(actors.id, securityLog.by))
    .$dynamic()
}

type Line = Awaited<ReturnType<typeof selectLines>>[number]

function entryOf({ accountId, givenName, familyName, byGivenName, byFamilyName, ...line }: Line): SecurityEntry {
  const name = (given: string | null, family: string | null) =>
    personName({ givenName: given ?? '', familyName: family ?? '' })
  return {
    ...line,
    account: accountId === null ? null : { id: accountId, name: name(givenName, familyName) },
    by: line.by === null ? null : name(byGivenName, byFamilyName),
  }
}

function conditions({ accountId, event, from, until }: SecurityFilter): (SQL | undefined)[] {
  return [
    accountId ? eq(securityLog.accountId, uuidOrNone(accountId)) : undefined,
    event ? eq(securityLog.event, event) : undefined,
    from && isDay(from) ? gte(securityLog.at, parisInstant(from, '00:00')) : undefined,
    until && isDay(until) ? lt(securityLog.at, parisInstant(addDays(until, 1), '00:00')) : undefined,
  ]
}

async function tellRead(context: Context, { accountId }: Person, event: SecurityEvent, address: string | undefined) {
  await writeSecurityLog(context.db, { at: context.clock.now(), event, accountId, address: address ?? null })
}
