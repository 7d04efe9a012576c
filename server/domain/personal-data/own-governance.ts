import { and, asc, eq, inArray, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { among } from '#db/lists.ts'
import {
  accounts,
  consortia,
  consortiumFunctions,
  instances,
  mandateProposals,
  mandates,
  organisationNames,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { proposalStateLabels } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import type { DataPart } from './data-part.ts'

/** The latest name of each institution. */
export async function institutionNames({ db }: Context): Promise<(organisationId: string | null) => string | null> {
  const names = await db.select().from(organisationNames).orderBy(asc(organisationNames.startsOn))
  return organisationId => names.findLast(name => name.organisationId === organisationId)?.name ?? null
}

/** The mandate that somebody serves, by its function and institution: whose it is tells of another person. */
export async function servedBy(
  context: Context,
  held: readonly { mandate: { titulaireMandateId: string | null } }[],
): Promise<(titulaireMandateId: string | null) => string | null> {
  const ids = held.flatMap(({ mandate }) => (mandate.titulaireMandateId ? [mandate.titulaireMandateId] : []))
  const rows = await context.db.select().from(mandates).where(among(mandates.id, ids))
  const nameOf = await institutionNames(context)
  const labels = new Map(rows.map(row => [row.id, [row.functionLabel, nameOf(row.organisationId)].join(', ')]))
  return id => labels.get(id ?? '') ?? null
}

/** Mandates of suppléants and assistants that serve one's own, without their names. */
export async function ofServingMandates({ db }: Context, id: string): Promise<DataPart> {
  const own = alias(mandates, 'own')
  const rows = await db
    .select({
      instance: instances.name,
      functionLabel: mandates.functionLabel,
      startsOn: mandates.startsOn,
      endsOn: mandates.endsOn,
    })
    .from(mandates)
    .innerJoin(own, eq(own.id, mandates.titulaireMandateId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(eq(own.accountId, id))
    .orderBy(asc(mandates.startsOn))
  return {
    title: 'Suppléants et assistants de vos mandats',
    rows: rows.map(row => ({ Instance: row.instance, Fonction: row.functionLabel, Du: row.startsOn, Au: row.endsOn })),
  }
}

/** Instances that the person supports as a prestataire. */
export async function ofAttachments({ db }: Context, id: string): Promise<DataPart> {
  const rows = await db
    .select({
      consortium: consortia.name,
      instance: instances.name,
      startsOn: prestataireAttachments.startsOn,
      endsOn: prestataireAttachments.endsOn,
    })
    .from(prestataireAttachments)
    .innerJoin(consortiumFunctions, eq(consortiumFunctions.id, prestataireAttachments.consortiumFunctionId))
    .innerJoin(instances, eq(instances.id, prestataireAttachments.instanceId))
    .innerJoin(consortia, eq(consortia.id, prestataireAttachments.consortiumId))
    .where(eq(consortiumFunctions.accountId, id))
    .orderBy(asc(prestataireAttachments.startsOn))
  return {
    title: 'Rattachements comme prestataire',
    rows: rows.map(row => ({
      Consortium: row.consortium,
      Instance: row.instance,
      Du: row.startsOn,
      Au: row.endsOn,
    })),
  }
}

/**
 * Proposals of the person, by the account, the address or the mandate that they became, those that still wait included;
 * and those that the person made, without whom they name. What others wrote in them is given on request (docs/rgpd.md).
 */
export async function ofProposals(context: Context, id: string): Promise<DataPart[]> {
  const { db } = context
  const nameOf = await institutionNames(context)
  const proposals = (where: ReturnType<typeof or>) =>
    db
      .select({ proposal: mandateProposals, instance: instances.name })
      .from(mandateProposals)
      .innerJoin(instances, eq(instances.id, mandateProposals.instanceId))
      .where(where)
      .orderBy(asc(mandateProposals.proposedAt))
  const address = db.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, id))
  const held = db.select({ id: mandates.id }).from(mandates).where(eq(mandates.accountId, id))
  const about = await proposals(
    or(
      eq(mandateProposals.accountId, id),
      inArray(mandateProposals.email, address),
      inArray(mandateProposals.mandateId, held),
      inArray(mandateProposals.endsMandateId, held),
    ),
  )
  const made = await proposals(and(eq(mandateProposals.proposedBy, id)))
  const common = ({ proposal, instance }: (typeof about)[number]) => ({
    Objet: proposal.kind === 'fin' ? 'fin de mandat' : 'désignation',
    Instance: instance,
    Structure: nameOf(proposal.organisationId),
    Fonction: proposal.functionLabel,
  })
  const answered = ({ proposal }: (typeof about)[number]) => ({
    État: proposalStateLabels[proposal.state],
    'Proposée le': proposal.proposedAt,
    'Répondue le': proposal.answeredAt,
  })
  return [
    {
      title: 'Propositions vous concernant',
      rows: about.map(row => ({
        ...common(row),
        Prénom: row.proposal.givenName,
        Nom: row.proposal.familyName,
        'Adresse électronique': row.proposal.email,
        Qualité: row.proposal.qualite,
        ...answered(row),
      })),
    },
    {
      title: 'Propositions de représentants que vous avez faites',
      rows: made.map(row => ({ ...common(row), ...answered(row) })),
    },
  ]
}
