import { and, asc, eq, gte, isNull, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, consortiumFunctions, mandates } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { personName } from '#server/vocabulary/french.ts'
import { type Civilite, civiliteLabels, type Level } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { type MatrixSeat, representationMatrix } from '../representation/matrix.ts'
import { proposalPage } from './proposal-pages.ts'
import type { ProposalView } from './select-proposals.ts'

/** What the form of a proposal offers to choose from. */
export type ProposalChoices = {
  organisation: { id: string; slug: string; name: string }
  /** Others that the person may propose for. */
  others: { slug: string; name: string }[]
  instances: ProposalInstance[]
  /** The one that was asked for. */
  instance: ProposalInstance | null
  /** Who has or had a mandate or a function for the institution. */
  people: { accountId: string; name: string; civilite: Civilite; qualite: string }[]
  /** What a returned proposal said, to begin with. */
  previous: ProposalView | null
}

export type ProposalInstance = {
  id: string
  slug: string
  name: string
  level: Level
  /** Who sits there for the institution today. */
  seats: MatrixSeat[]
}

/**
 * The choices of a correspondant, for an institution, an instance, or again from a proposal that was returned.
 * @throws NotFound; Forbidden (H40)
 */
export async function proposalChoices(
  context: Context,
  actor: Actor,
  wanted: { organisation?: string; instance?: string; again?: string },
): Promise<ProposalChoices> {
  const previous = wanted.again ? await proposalPage(context, actor, wanted.again) : null
  if (previous?.kind === 'fin') throw new NotFound()
  const matrix = await representationMatrix(context, actor, { day: actor.today })
  const asked = previous?.organisation.slug ?? wanted.organisation
  const mine = matrix.lines.filter(line => actor.correspondantOf.includes(line.organisation.id))
  const line = asked ? matrix.lines.find(each => each.organisation.slug === asked) : (mine[0] ?? matrix.lines[0])
  if (!line) throw new NotFound()
  const { organisation, cells } = line
  const facts = { consortiumId: actor.consortiumId, organisationId: organisation.id }
  authorize(actor, 'organisation', 'proposeRepresentative', facts)
  const instances = matrix.instances.map(({ id, slug, name, level }, rank) => ({
    id,
    slug,
    name,
    level,
    seats: cells[rank] ?? [],
  }))
  const instanceSlug = wanted.instance ?? previous?.instance.slug
  const instance = instances.find(each => each.slug === instanceSlug) ?? null
  if (instanceSlug && !instance) throw new NotFound()
  const people = await peopleOf(context.db, actor, organisation.id)
  return {
    organisation: { id: organisation.id, slug: organisation.slug, name: organisation.name },
    others: mine.filter(each => each !== line).map(({ organisation: { slug, name } }) => ({ slug, name })),
    instances,
    instance,
    people,
    previous,
  }
}

/** Whoever holds a mandate or a function for the institution, today or later, each once. */
async function peopleOf(db: Database, actor: Actor, organisationId: string): Promise<ProposalChoices['people']> {
  const of = (table: typeof mandates | typeof consortiumFunctions) =>
    db
      .select({
        accountId: accounts.id,
        givenName: accounts.givenName,
        familyName: accounts.familyName,
        civilite: table.civilite,
        qualite: table.qualite,
      })
      .from(table)
      .innerJoin(accounts, eq(accounts.id, table.accountId))
      .where(
        and(
          eq(table.consortiumId, actor.consortiumId),
          eq(table.organisationId, organisationId),
          or(isNull(table.endsOn), gte(table.endsOn, actor.today)),
          isNull(accounts.erasedAt),
        ),
      )
      .orderBy(asc(accounts.familyName), asc(accounts.givenName), asc(accounts.id))
  const rows = [...(await of(mandates)), ...(await of(consortiumFunctions))]
  return [...new Map(rows.map(row => [row.accountId, row])).values()].map(row => ({
    accountId: row.accountId,
    name: personName({ ...row, civility: civiliteLabels[row.civilite] }),
    civilite: row.civilite,
    qualite: row.qualite,
  }))
}
