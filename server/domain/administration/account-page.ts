import { asc, eq, sql } from 'drizzle-orm'
import {
  accounts,
  consortia,
  consortiumFunctions,
  instances,
  mandates,
  sessions,
  totpCredentials,
} from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import type { AccountState } from '#server/vocabulary/accounts.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import { onlyAdministrateur, type Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'
import { stateOf } from './account-list.ts'

/** An account as its administrateur sees it: no content of any consortium. */
export type AccountPage = {
  id: string
  name: string
  email: string
  phone: string | null
  state: AccountState
  isAdministrateur: boolean
  /** The administrateur's own. */
  own: boolean
  createdAt: Date
  suspendedAt: Date | null
  erasedAt: Date | null
  sessions: number
  /** False where the invitation is handed over by hand. */
  sendsMail: boolean
  hasAuthenticator: boolean
  /** Where the person is, or will be: consortium and function, and nothing more. */
  places: { consortium: string; label: string; startsOn: string; endsOn: string | null; over: boolean }[]
  /** Whether the person may be erased, or why not. */
  erasure: { allowed: true } | { allowed: false; reason: string }
}

/** @throws NotFound for who is no administrateur, or when there is no such account */
export async function accountPage(context: Context, person: Person, accountId: string): Promise<AccountPage> {
  onlyAdministrateur(person)
  const id = uuidOrNone(accountId)
  const { db } = context
  const [row] = await db.select().from(accounts).where(eq(accounts.id, id))
  if (!row) throw new NotFound()
  const now = context.clock.now()
  const [authenticator] = await db
    .select({ confirmedAt: totpCredentials.confirmedAt })
    .from(totpCredentials)
    .where(eq(totpCredentials.accountId, id))
  const places = await placesOf(db, id, parisDay(now))
  const own = row.id === person.accountId
  return {
    id: row.id,
    name: personName(row),
    email: row.email,
    phone: row.phone,
    state: stateOf(row),
    isAdministrateur: row.isAdministrateur,
    own,
    createdAt: row.createdAt,
    suspendedAt: row.suspendedAt,
    erasedAt: row.erasedAt,
    sessions: await db.$count(
      sessions,
      sql`${sessions.userId} = ${id} and ${sessions.expiresAt} > ${now.toISOString()}`,
    ),
    sendsMail: context.settings.sendsMail,
    hasAuthenticator: Boolean(authenticator?.confirmedAt),
    places,
    erasure: erasureOf({ ...row, own }, places),
  }
}

/** Why an account cannot be erased; null when it can. */
export function erasureOf(
  account: { erasedAt: Date | null; isAdministrateur: boolean; own: boolean },
  places: readonly { consortium: string; over: boolean }[],
): AccountPage['erasure'] {
  const current = consortiumNames(places)
  if (account.erasedAt) return { allowed: false, reason: 'Cette personne est déjà effacée.' }
  if (account.own) return { allowed: false, reason: 'Vous ne pouvez pas effacer votre propre compte.' }
  if (account.isAdministrateur) {
    return { allowed: false, reason: 'Cette personne administre l’espace : retirez-lui d’abord l’administration.' }
  }
  if (current.length === 0) return { allowed: true }
  const where = current.map(name => `« ${name} »`).join(', ')
  return {
    allowed: false,
    reason: `Cette personne a encore un mandat ou une fonction : ${where}. Le chef de projet doit d’abord y mettre fin.`,
  }
}

/** The names of the consortia where an account has, or will have, a mandate or a function. */
export async function placesToday(db: Pick<Context['db'], 'select'>, accountId: string, today: string) {
  return consortiumNames(await placesOf(db, accountId, today))
}

function consortiumNames(places: readonly { consortium: string; over: boolean }[]): string[] {
  return [...new Set(places.filter(({ over }) => !over).map(({ consortium }) => consortium))]
}

/** Mandates and functions of an account, the latest first; over when the last day is past. */
export async function placesOf(db: Pick<Context['db'], 'select'>, accountId: string, today: string) {
  const seats = await db
    .select({
      consortium: consortia.name,
      label: sql<string>`${mandates.functionLabel} || ', ' || ${instances.shortName}`,
      startsOn: mandates.startsOn,
      endsOn: mandates.endsOn,
    })
    .from(mandates)
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .innerJoin(consortia, eq(consortia.id, mandates.consortiumId))
    .where(eq(mandates.accountId, accountId))
    .orderBy(asc(mandates.startsOn))
  const functions = await db
    .select({
      consortium: consortia.name,
      label: consortiumFunctions.functionLabel,
      startsOn: consortiumFunctions.startsOn,
      endsOn: consortiumFunctions.endsOn,
    })
    .from(consortiumFunctions)
    .innerJoin(consortia, eq(consortia.id, consortiumFunctions.consortiumId))
    .where(eq(consortiumFunctions.accountId, accountId))
    .orderBy(asc(consortiumFunctions.startsOn))
  return [...functions, ...seats].map(place => ({ ...place, over: place.endsOn !== null && place.endsOn < today }))
}
