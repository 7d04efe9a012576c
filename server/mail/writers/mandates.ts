import { and, eq, gte, isNull, or } from 'drizzle-orm'
import {
  consortia,
  consortiumFunctions,
  instances,
  mandates,
  organisationNames,
  organisations,
} from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import { namedOn } from '#server/domain/governance/composition.ts'
import { hasRightNowOrLater } from '#server/domain/governance/rights-to-come.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { mediumDate, parisDay } from '#server/vocabulary/french.ts'
import type { MailContent, MailToWrite, MailWriter } from '../content.ts'

/**
 * Tells a person of a mandate or of a function that they have been given. Nothing when it has ended or was erased meanwhile,
 * or when the account was closed.
 */
export const mandateWriter: MailWriter = async (context, mail) => {
  const { accountId, consortiumId } = mail
  if (consortiumId === null) return null
  const day = parisDay(context.clock.now())
  if (!(await hasRightNowOrLater(context.db, { accountId, consortiumId, day }))) return null
  return mail.about.functionId === undefined ? mandateContent(context, mail, day) : functionContent(context, mail, day)
}

async function mandateContent(
  { db }: Context,
  { accountId, about }: MailToWrite,
  day: string,
): Promise<MailContent | null> {
  const [row] = await db
    .select({
      id: mandates.id,
      label: mandates.functionLabel,
      civilite: mandates.civilite,
      carriesVoice: mandates.carriesVoice,
      replacesMandateId: mandates.replacesMandateId,
      startsOn: mandates.startsOn,
      endsOn: mandates.endsOn,
      instance: instances.name,
      organisation: organisationNames.name,
      consortium: consortia.name,
      slug: consortia.slug,
    })
    .from(mandates)
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .innerJoin(organisations, eq(organisations.id, mandates.organisationId))
    .leftJoin(organisationNames, and(eq(organisationNames.organisationId, organisations.id), namedOn(day)))
    .innerJoin(consortia, eq(consortia.id, mandates.consortiumId))
    .where(
      and(
        eq(mandates.id, uuidOrNone(about.mandateId ?? '')),
        eq(mandates.accountId, accountId),
        lastsBeyond(mandates, day),
      ),
    )
  if (!row) return null
  const forOrganisation = row.organisation ? `, pour ${row.organisation}` : ''
  const paragraphs = [
    `Vous êtes ${row.civilite === 'madame' ? 'désignée' : 'désigné'} dans l’instance « ${row.instance} » du consortium ${row.consortium}${forOrganisation}, comme : ${row.label}.`,
    daysSentence(row),
  ]
  if (row.carriesVoice) paragraphs.push('Vous y portez la voix de votre structure.')
  if (row.replacesMandateId !== null) {
    return {
      subject: `Votre désignation : ${row.instance}`,
      paragraphs: [
        ...paragraphs,
        'Une page rassemble ce que vous reprenez : actions, décisions attendues, derniers comptes rendus.',
      ],
      link: { label: 'Lire la passation', path: `/${row.slug}/mandats/${row.id}/passation` },
    }
  }
  return {
    subject: `Votre désignation : ${row.instance}`,
    paragraphs,
    link: { label: 'Ouvrir votre espace', path: `/${row.slug}/accueil` },
  }
}

async function functionContent(
  { db }: Context,
  { accountId, about }: MailToWrite,
  day: string,
): Promise<MailContent | null> {
  const [row] = await db
    .select({
      label: consortiumFunctions.functionLabel,
      startsOn: consortiumFunctions.startsOn,
      endsOn: consortiumFunctions.endsOn,
      consortium: consortia.name,
      slug: consortia.slug,
    })
    .from(consortiumFunctions)
    .innerJoin(consortia, eq(consortia.id, consortiumFunctions.consortiumId))
    .where(
      and(
        eq(consortiumFunctions.id, uuidOrNone(about.functionId ?? '')),
        eq(consortiumFunctions.accountId, accountId),
        lastsBeyond(consortiumFunctions, day),
      ),
    )
  if (!row) return null
  return {
    subject: `Votre fonction dans le consortium ${row.consortium}`,
    paragraphs: [
      `Une fonction vous est confiée dans le consortium ${row.consortium} : ${row.label}.`,
      daysSentence(row),
    ],
    link: { label: 'Ouvrir votre espace', path: `/${row.slug}/accueil` },
  }
}

/** SQL: it has not ended by that day. */
function lastsBeyond(table: typeof mandates | typeof consortiumFunctions, day: string) {
  return or(isNull(table.endsOn), gte(table.endsOn, day))
}

function daysSentence({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }): string {
  if (endsOn === null) return `Ce rôle commence le ${mediumDate(startsOn)}.`
  return `Ce rôle va du ${mediumDate(startsOn)} au ${mediumDate(endsOn)}.`
}
