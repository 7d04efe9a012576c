import { eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, instances, organisationNames, organisations } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { ImportLine } from '#server/vocabulary/import-forms.ts'
import { type FunctionCandidate, functionsOf } from './consortium-functions.ts'
import { isOfConsortium } from './designate.ts'
import { loadMandateBook, type MandateBook } from './mandate-book.ts'

export type ImportWorld = {
  today: string
  book: MandateBook
  /** Functions in the consortium of the people of the lines, those of lines read before included. */
  functions: FunctionCandidate[]
  /** By each name, short name, slug and code, without accents or capitals. */
  instanceBy: ReadonlyMap<string, { id: string; name: string }>
  organisationBy: ReadonlyMap<string, NamedOrganisation>
  organisations: NamedOrganisation[]
  /** By address. Of somebody who is not of the consortium, nothing is told: nor of an administrateur, before confirming. */
  accounts: Map<string, { id: string; name: string; isHere: boolean; isAdministrateur: boolean }>
  /** By domain of the address: the institution of most people who have it. */
  guesses: ReadonlyMap<string, NamedOrganisation>
}

export type NamedOrganisation = { id: string; slug: string; name: string }

/** What the lines of an import are read and judged against. */
export async function loadImportWorld(
  db: Database | Transaction,
  { consortiumId, today }: Actor,
  lines: readonly ImportLine[],
): Promise<ImportWorld> {
  const book = await loadMandateBook(db, { consortiumId })
  const bodies = await db
    .select({
      id: instances.id,
      slug: instances.slug,
      name: instances.name,
      shortName: instances.shortName,
      code: instances.code,
    })
    .from(instances)
    .where(eq(instances.consortiumId, consortiumId))
  const names = await db
    .select({
      id: organisations.id,
      slug: organisations.slug,
      name: organisationNames.name,
      shortName: organisationNames.shortName,
    })
    .from(organisations)
    .innerJoin(organisationNames, eq(organisationNames.organisationId, organisations.id))
    .where(eq(organisations.consortiumId, consortiumId))
    .orderBy(organisations.position, organisationNames.startsOn)
  // The last name of each is the present one.
  const people = await accountsOf(db, consortiumId, lines)
  const present = new Map(names.map(({ id, slug, name }) => [id, { id, slug, name }]))
  const organisationBy = new Map(
    names.flatMap(each =>
      [each.name, each.shortName, each.slug].map(key => [plain(key), present.get(each.id) ?? each] as const),
    ),
  )
  return {
    today,
    book,
    functions: await functionsOf(
      db,
      consortiumId,
      [...people.values()].map(({ id }) => id),
    ),
    instanceBy: new Map(
      bodies.flatMap(({ id, slug, name, shortName, code }) =>
        [name, shortName, slug, code].map(key => [plain(key), { id, name }] as const),
      ),
    ),
    organisationBy,
    organisations: [...present.values()],
    accounts: people,
    guesses: await guessesOf(db, book, present),
  }
}

/** Without accents, capitals, punctuation: « Présidente » and « presidente » are one word. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

async function accountsOf(
  db: Database | Transaction,
  consortiumId: string,
  lines: readonly ImportLine[],
): Promise<ImportWorld['accounts']> {
  const emails = [...new Set(lines.map(line => line.email).filter(Boolean))]
  if (emails.length === 0) return new Map()
  const rows = await db
    .select({
      id: accounts.id,
      email: accounts.email,
      name: sql<string>`${accounts.givenName} || ' ' || ${accounts.familyName}`,
      isHere: sql<boolean>`(${isOfConsortium(db, consortiumId)})`,
      isAdministrateur: accounts.isAdministrateur,
    })
    .from(accounts)
    .where(inArray(accounts.email, emails))
  return new Map(rows.map(({ email, ...account }) => [email, account]))
}

/** Domains that say nothing of whom one works for. */
const publicDomains =
  /^(gmail|googlemail|outlook|hotmail|live|yahoo|orange|wanadoo|free|sfr|laposte|icloud|proton(mail)?)\./

async function guessesOf(
  db: Database | Transaction,
  book: MandateBook,
  present: ReadonlyMap<string, NamedOrganisation>,
): Promise<ImportWorld['guesses']> {
  const accountIds = [...new Set(book.mandates.map(mandate => mandate.accountId))]
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .select({ id: accounts.id, email: accounts.email })
    .from(accounts)
    .where(inArray(accounts.id, accountIds))
  const emailOf = new Map(rows.map(({ id, email }) => [id, email]))
  const counts = new Map<string, Map<string, number>>()
  for (const { accountId, organisationId } of book.mandates) {
    const domain = domainOf(emailOf.get(accountId) ?? '')
    if (domain === '' || publicDomains.test(domain)) continue
    const of = counts.get(domain) ?? new Map<string, number>()
    counts.set(domain, of.set(organisationId, (of.get(organisationId) ?? 0) + 1))
  }
  return new Map(
    [...counts].flatMap(([domain, of]) => {
      const total = [...of.values()].reduce((sum, each) => sum + each, 0)
      const [organisationId, most] = [...of].toSorted(([, one], [, other]) => other - one)[0] ?? ['', 0]
      const organisation = present.get(organisationId)
      return organisation && most > total / 2 ? [[domain, organisation] as const] : []
    }),
  )
}

export function domainOf(email: string): string {
  return email.split('@')[1]?.toLowerCase() ?? ''
}
