import { asc, desc, eq, or } from 'drizzle-orm'
import {
  accountLinks,
  accounts,
  attendance,
  consortia,
  consortiumFunctions,
  emailChanges,
  instances,
  invitations,
  journal,
  mailCodes,
  mandates,
  meetings,
  minutes,
  minutesApprovals,
  minutesRecipients,
  outgoingMails,
  recoveryCodes,
  securityLog,
  sessions,
  totpCredentials,
} from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { LinkPurpose } from '#server/vocabulary/accounts.ts'
import type { Labels } from '#server/vocabulary/closed-list.ts'
import { civiliteLabels } from '#server/vocabulary/governance.ts'
import { journalSubjectLabel, journalVerbLabel } from '#server/vocabulary/journal.ts'
import { mailKindLabels, mailStateLabels } from '#server/vocabulary/mail.ts'
import { attendanceStatusLabels } from '#server/vocabulary/meetings.ts'
import { securityEventLabel } from '#server/vocabulary/security.ts'
import type { Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'
import type { DataPart } from './data-part.ts'
import { institutionNames, ofAttachments, ofProposals, ofServingMandates, servedBy } from './own-governance.ts'
import { ofActions, ofDecisions, ofItems, ofWriting } from './own-work.ts'

/**
 * Everything that this deployment holds about a person, and nothing about anybody else (article 15 of the RGPD). Secrets
 * are told, and never shown: neither a password, nor a code, nor a token. Words that a body wrote are shown as far as the
 * person reads them today. `held.ts` says of each reference to an account where it is told.
 */
export async function ownData(
  context: Context,
  { accountId, rights }: Pick<Person, 'accountId' | 'rights'>,
): Promise<DataPart[]> {
  return [
    ...(await ofAccount(context, accountId)),
    ...(await ofMandates(context, accountId)),
    ...(await ofProposals(context, accountId)),
    ...(await ofMeetings(context, accountId)),
    await ofItems(context, accountId),
    ...(await ofActions(context, { accountId, rights })),
    ...(await ofDecisions(context, { accountId, rights })),
    await ofWriting(context, accountId),
    ...(await ofLogs(context, accountId)),
  ]
}

async function ofAccount({ db }: Context, id: string): Promise<DataPart[]> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, id))
  if (!account) throw new NotFound()
  const [authenticator] = await db.select().from(totpCredentials).where(eq(totpCredentials.accountId, id))
  const codes = await db.$count(recoveryCodes, eq(recoveryCodes.accountId, id))
  const open = await db.select().from(sessions).where(eq(sessions.userId, id)).orderBy(desc(sessions.createdAt))
  const changes = await db.select().from(emailChanges).where(eq(emailChanges.accountId, id))
  const sent = await db
    .select()
    .from(accountLinks)
    .where(eq(accountLinks.accountId, id))
    .orderBy(desc(accountLinks.createdAt))
  const codesSent = await db
    .select()
    .from(mailCodes)
    .where(eq(mailCodes.accountId, id))
    .orderBy(desc(mailCodes.createdAt))
  return [
    {
      title: 'Compte',
      rows: [
        {
          Prénom: account.givenName,
          Nom: account.familyName,
          'Adresse électronique': account.email,
          Téléphone: account.phone,
          'Créé le': account.createdAt,
          'Suspendu le': account.suspendedAt,
          'Administrateur de l’espace': account.isAdministrateur,
          'Mot de passe enregistré, illisible': account.passwordHash !== null,
          'Application d’authentification depuis le': authenticator?.confirmedAt ?? null,
          'Codes de secours': String(codes),
        },
      ],
    },
    {
      title: 'Sessions',
      rows: open.map(({ device, createdAt, expiresAt, verifiedAt }) => ({
        Navigateur: device,
        'Ouverte le': createdAt,
        'Expire le': expiresAt,
        'Second facteur donné le': verifiedAt,
      })),
    },
    {
      title: 'Changements d’adresse',
      rows: changes.map(({ newEmail, formerEmail, requestedAt, appliedAt, cancelledAt }) => ({
        'Nouvelle adresse': newEmail,
        'Adresse quittée': formerEmail,
        'Demandé le': requestedAt,
        'Fait le': appliedAt,
        'Annulé le': cancelledAt,
      })),
    },
    {
      title: 'Liens et codes envoyés',
      rows: [
        ...sent.map(({ purpose, ...link }) => ({ Sorte: linkPurposeLabels[purpose], ...lastingOf(link) })),
        ...codesSent.map(code => ({ Sorte: 'Code à six chiffres', ...lastingOf(code) })),
      ],
    },
  ]
}

const linkPurposeLabels: Labels<LinkPurpose> = {
  invitation: 'Lien d’invitation',
  mot_de_passe: 'Lien pour un nouveau mot de passe',
  ancienne_adresse: 'Lien de confirmation, à l’ancienne adresse',
  nouvelle_adresse: 'Lien de confirmation, à la nouvelle adresse',
}

function lastingOf({ createdAt, expiresAt, usedAt }: { createdAt: Date; expiresAt: Date; usedAt: Date | null }) {
  return { 'Fait le': createdAt, 'Expire le': expiresAt, 'Servi le': usedAt }
}

async function ofMandates(context: Context, id: string): Promise<DataPart[]> {
  const { db } = context
  const held = await db
    .select({ mandate: mandates, consortium: consortia.name, instance: instances.name })
    .from(mandates)
    .innerJoin(consortia, eq(consortia.id, mandates.consortiumId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(eq(mandates.accountId, id))
    .orderBy(asc(mandates.startsOn))
  const functions = await db
    .select({ fn: consortiumFunctions, consortium: consortia.name })
    .from(consortiumFunctions)
    .innerJoin(consortia, eq(consortia.id, consortiumFunctions.consortiumId))
    .where(eq(consortiumFunctions.accountId, id))
    .orderBy(asc(consortiumFunctions.startsOn))
  const nameOf = await institutionNames(context)
  const served = await servedBy(context, held)
  return [
    {
      title: 'Mandats',
      rows: held.map(({ mandate, consortium, instance }) => ({
        Consortium: consortium,
        Instance: instance,
        Fonction: mandate.functionLabel,
        Structure: nameOf(mandate.organisationId),
        Civilité: civiliteLabels[mandate.civilite],
        Qualité: mandate.qualite,
        'Porte la voix': mandate.carriesVoice,
        'Supplée ou assiste': served(mandate.titulaireMandateId),
        'Lit le dossier comme assistant': mandate.readsDossier,
        Du: mandate.startsOn,
        Au: mandate.endsOn,
      })),
    },
    {
      title: 'Fonctions dans un consortium',
      rows: functions.map(({ fn, consortium }) => ({
        Consortium: consortium,
        Fonction: fn.functionLabel,
        Structure: nameOf(fn.organisationId),
        Civilité: civiliteLabels[fn.civilite],
        Qualité: fn.qualite,
        Du: fn.startsOn,
        Au: fn.endsOn,
      })),
    },
    await ofServingMandates(context, id),
    await ofAttachments(context, id),
  ]
}

async function ofMeetings({ db }: Context, id: string): Promise<DataPart[]> {
  const body = { instance: instances.shortName, startsAt: meetings.startsAt }
  const came = await db
    .select({ ...body, status: attendance.status, representedBy: attendance.representedBy, reason: attendance.reason })
    .from(attendance)
    .innerJoin(mandates, eq(mandates.id, attendance.mandateId))
    .innerJoin(meetings, eq(meetings.id, attendance.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(mandates.accountId, id))
    .orderBy(asc(meetings.startsAt))
  const invited = await db
    .select({ ...body, sentAt: invitations.sentAt })
    .from(invitations)
    .innerJoin(meetings, eq(meetings.id, invitations.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(invitations.accountId, id))
    .orderBy(asc(meetings.startsAt))
  const ofMinutes = { ...body, minutesId: minutes.id }
  const approved = await db
    .select({ ...ofMinutes, approvedAt: minutesApprovals.approvedAt })
    .from(minutesApprovals)
    .innerJoin(minutes, eq(minutes.id, minutesApprovals.minutesId))
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(minutesApprovals.accountId, id))
    .orderBy(asc(minutesApprovals.approvedAt))
  const received = await db
    .select({ ...ofMinutes, sentAt: minutesRecipients.sentAt, readAt: minutesRecipients.readAt })
    .from(minutesRecipients)
    .innerJoin(minutes, eq(minutes.id, minutesRecipients.minutesId))
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(minutesRecipients.accountId, id))
    .orderBy(asc(minutesRecipients.sentAt))
  const meeting = ({ instance, startsAt }: { instance: string; startsAt: Date }) => ({
    Instance: instance,
    Réunion: startsAt,
  })
  return [
    { title: 'Invitations à des réunions', rows: invited.map(row => ({ ...meeting(row), 'Envoyée le': row.sentAt })) },
    {
      title: 'Présences',
      rows: came.map(row => ({
        ...meeting(row),
        Présence: attendanceStatusLabels[row.status],
        'Représenté par': row.representedBy,
        Motif: row.reason,
      })),
    },
    {
      title: 'Accords sur des comptes rendus',
      rows: approved.map(row => ({ ...meeting(row), 'Donné le': row.approvedAt })),
    },
    {
      title: 'Comptes rendus reçus',
      rows: received.map(row => ({ ...meeting(row), 'Reçu le': row.sentAt, 'Lu le': row.readAt })),
    },
  ]
}

async function ofLogs({ db }: Context, id: string): Promise<DataPart[]> {
  const acts = await db.select().from(journal).where(eq(journal.by, id)).orderBy(desc(journal.id))
  const events = await db
    .select()
    .from(securityLog)
    .where(or(eq(securityLog.accountId, id), eq(securityLog.by, id)))
    .orderBy(desc(securityLog.at))
  const mails = await db
    .select()
    .from(outgoingMails)
    .where(eq(outgoingMails.accountId, id))
    .orderBy(desc(outgoingMails.createdAt))
  return [
    {
      title: 'Courriels',
      rows: mails.map(({ kind, state, createdAt, sentAt }) => ({
        Objet: mailKindLabels[kind],
        État: mailStateLabels[state],
        'Écrit le': createdAt,
        'Envoyé le': sentAt,
      })),
    },
    {
      title: 'Journal de sécurité',
      rows: events.map(({ at, event, address, accountId }) => ({
        Date: at,
        Événement: securityEventLabel(event),
        'Adresse réseau': accountId === id ? address : null,
        'Concerne votre compte': accountId === id,
      })),
    },
    {
      title: 'Vos actes au journal',
      rows: acts.map(({ at, verb, subjectKind, subjectId }) => ({
        Date: at,
        Acte: `Vous : ${journalVerbLabel(verb)}`,
        Sorte: journalSubjectLabel(subjectKind),
        'Identifiant de l’objet': subjectKind === 'account' && subjectId !== id ? null : subjectId,
      })),
    },
  ]
}
