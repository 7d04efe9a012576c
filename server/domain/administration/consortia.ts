import { and, asc, eq, gte, isNull, ne, or, sql } from 'drizzle-orm'
import { accounts, consortia, consortiumFunctions, mandates } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import { civiliteLabels } from '#server/vocabulary/governance.ts'
import { onlyAdministrateur, type Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'

/** A consortium as an administrateur sees it: whose it is, and nothing of what is in it. */
export type DeployedConsortium = {
  slug: string
  name: string
  territory: string
  createdAt: Date
  /** People with an active mandate, other than invité, or a function. */
  members: number
  /** Today's, and those whose function is to come. */
  chefs: { accountId: string; name: string; email: string; invited: boolean; toCome: boolean }[]
}

/** The consortia of this deployment. @throws NotFound for who is no administrateur */
export async function deployedConsortia(context: Context, person: Person): Promise<DeployedConsortium[]> {
  onlyAdministrateur(person)
  return readConsortia(context, undefined)
}

/** One of them. @throws NotFound */
export async function deployedConsortium(context: Context, person: Person, slug: string): Promise<DeployedConsortium> {
  onlyAdministrateur(person)
  const [found] = await readConsortia(context, slugOrNone(slug))
  if (!found) throw new NotFound()
  return found
}

async function readConsortia({ db, clock }: Context, slug: string | undefined): Promise<DeployedConsortium[]> {
  const today = parisDay(clock.now())
  const rows = await db
    .select({
      id: consortia.id,
      slug: consortia.slug,
      name: consortia.name,
      territory: consortia.territory,
      createdAt: consortia.createdAt,
      members: sql<number>`(select count(distinct member)::int from (
        select ${mandates.accountId} as member from ${mandates}
        where ${and(sql`${mandates.consortiumId} = ${consortia.id}`, ne(mandates.function, 'invite'), activeOn(mandates, today))}
        union all
        select ${consortiumFunctions.accountId} from ${consortiumFunctions}
        where ${and(sql`${consortiumFunctions.consortiumId} = ${consortia.id}`, activeOn(consortiumFunctions, today))}
      ) as members)`,
    })
    .from(consortia)
    .where(slug === undefined ? undefined : eq(consortia.slug, slug))
    .orderBy(asc(consortia.name))
  const chefs = await readChefs(db, today)
  return rows.map(({ id, ...consortium }) => ({
    ...consortium,
    chefs: chefs.filter(({ consortiumId }) => consortiumId === id).map(({ consortiumId: _, ...chef }) => chef),
  }))
}

async function readChefs(db: Context['db'], today: string) {
  const rows = await db
    .select({
      consortiumId: consortiumFunctions.consortiumId,
      accountId: accounts.id,
      email: accounts.email,
      passwordHash: accounts.passwordHash,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      civilite: consortiumFunctions.civilite,
      startsOn: consortiumFunctions.startsOn,
    })
    .from(consortiumFunctions)
    .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
    .where(
      and(
        eq(consortiumFunctions.function, 'chef_de_projet'),
        or(isNull(consortiumFunctions.endsOn), gte(consortiumFunctions.endsOn, today)),
        isNull(accounts.suspendedAt),
      ),
    )
    .orderBy(asc(consortiumFunctions.startsOn))
  return rows.map(({ passwordHash, startsOn, civilite, givenName, familyName, ...chef }) => ({
    ...chef,
    name: personName({ civility: civiliteLabels[civilite], givenName, familyName }),
    invited: passwordHash === null,
    toCome: startsOn > today,
  }))
}
