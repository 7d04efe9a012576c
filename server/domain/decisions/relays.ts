import { and, asc, eq, exists, ne, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import {
  accounts,
  decisionRelayAnswers,
  decisionRelays,
  mandates,
  organisationNames,
  organisations,
} from '#db/schema/index.ts'
import { Conflict, NotFound } from '#server/errors.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { type Ability, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { OrganisationFacts } from '#server/habilitations/facts.ts'
import { decisionFacts, slugOrNone } from '#server/habilitations/load-facts.ts'
import type { RelayOutcome } from '#server/vocabulary/decisions.ts'
import { personName } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { namedOn } from '../governance/composition.ts'

export type RelayAnswer = { outcome: RelayOutcome; relayedOn: string | null; note: string }

/** One institution that is asked to relay; `answer` is null while it has not said anything. */
export type RelayLine = {
  slug: string
  name: string
  answer: RelayAnswer | null
  /** True when the person may answer for it (H52). */
  mayAnswer: boolean
}

/** « À relayer par chaque structure avant le … » */
export type Relay = { dueOn: string; instructions: string; askedAt: Date; askedBy: string; lines: RelayLine[] }

/** What is asked of institutions about a decision, and what they did; the caller has checked that the actor reads it (H27). */
export async function relayOf({ db }: Context, actor: Actor, decisionId: string): Promise<Relay | null> {
  const [asked] = await db
    .select({ relay: decisionRelays, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(decisionRelays)
    .innerJoin(accounts, eq(accounts.id, decisionRelays.askedBy))
    .where(eq(decisionRelays.decisionId, decisionId))
  if (!asked) return null
  const { id, dueOn, instructions, askedAt } = asked.relay
  const rows = await selectLines(db, actor, id)
  return { dueOn, instructions, askedAt, askedBy: personName(asked), lines: rows.map(row => lineFor(actor, row)) }
}

/** What an institution is about to answer. */
export type RelayToAnswer = {
  organisation: { slug: string; name: string }
  dueOn: string
  instructions: string
  answer: RelayAnswer | null
  can: { answerRelay: Ability }
}

/** What the form by which an institution answers shows. @throws NotFound (H27, H38), Conflict (nobody asks to relay it) */
export async function relayToAnswer(
  { db }: Context,
  actor: Actor,
  input: { decisionId: string; organisation: string },
): Promise<RelayToAnswer> {
  authorize(actor, 'decision', 'read', await decisionFacts(db, actor, input.decisionId))
  const facts = await organisationNamed(db, actor, input.organisation)
  authorize(actor, 'organisation', 'read', facts)
  const [relay] = await db.select().from(decisionRelays).where(eq(decisionRelays.decisionId, input.decisionId))
  if (!relay) throw new Conflict(nobodyAsks)
  const [row] = await selectLines(db, actor, relay.id, facts.organisationId)
  return {
    organisation: { slug: input.organisation, name: row?.name ?? '' },
    dueOn: relay.dueOn,
    instructions: relay.instructions,
    answer: row ? lineFor(actor, row).answer : null,
    can: abilitiesOn(actor, 'organisation', ['answerRelay'], facts),
  }
}

/** Who may ask to relay a decision takes the request back while no institution has answered. */
export function withdrawalOfRelay(asking: Ability, relay: Relay | null): Ability {
  if (!asking.allowed) return asking
  if (!relay) return { allowed: false, status: 409, reason: nobodyAsks }
  return relay.lines.some(({ answer }) => answer !== null)
    ? { allowed: false, status: 409, reason: alreadyAnswered }
    : { allowed: true }
}

export const nobodyAsks = 'Personne ne demande de relayer cette décision.'
export const alreadyAnswered =
  'Une structure a déjà répondu : la demande ne se retire plus. Vous pouvez en changer le jour et les mots.'

/** An institution of the actor's consortium by what addresses call it. @throws NotFound */
export async function organisationNamed(
  db: Database | Transaction,
  actor: Actor,
  slug: string,
): Promise<OrganisationFacts> {
  const [facts] = await db
    .select(columnsOf.organisation)
    .from(organisations)
    .where(and(eq(organisations.slug, slugOrNone(slug)), eq(organisations.consortiumId, actor.consortiumId)))
  if (!facts) throw new NotFound()
  return facts
}

/** Institutions that sit somewhere today or have answered, by their order in the consortium; or one of them. */
function selectLines(db: Database, actor: Actor, relayId: string, organisationId?: string) {
  const sits = db
    .select({ one: sql`1` })
    .from(mandates)
    .where(
      and(
        eq(mandates.organisationId, organisations.id),
        ne(mandates.function, 'invite'),
        activeOn(mandates, actor.today),
      ),
    )
  return db
    .select({
      facts: columnsOf.organisation,
      slug: organisations.slug,
      name: organisationNames.name,
      outcome: decisionRelayAnswers.outcome,
      relayedOn: decisionRelayAnswers.relayedOn,
      note: decisionRelayAnswers.note,
    })
    .from(organisations)
    .innerJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(actor.today)))
    .leftJoin(
      decisionRelayAnswers,
      and(eq(decisionRelayAnswers.organisationId, organisations.id), eq(decisionRelayAnswers.relayId, relayId)),
    )
    .where(
      and(
        eq(organisations.consortiumId, actor.consortiumId),
        organisationId
          ? eq(organisations.id, organisationId)
          : or(exists(sits), sql`${decisionRelayAnswers.id} is not null`),
      ),
    )
    .orderBy(asc(organisations.position), asc(organisations.slug))
}

type LineRow = Awaited<ReturnType<typeof selectLines>>[number]

function lineFor(actor: Actor, { facts, slug, name, outcome, relayedOn, note }: LineRow): RelayLine {
  return {
    slug,
    name,
    answer: outcome ? { outcome, relayedOn, note: note ?? '' } : null,
    mayAnswer: can(actor, 'organisation', 'answerRelay', facts),
  }
}
