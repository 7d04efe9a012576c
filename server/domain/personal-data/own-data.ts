import { asc, desc, eq, or } from 'drizzle-orm'
import {
  accounts,
  actionItems,
  attendance,
  consortia,
  consortiumFunctions,
  emailChanges,
  instances,
  invitations,
  journal,
  mandateProposals,
  mandates,
  meetings,
  minutes,
  minutesApprovals,
  minutesRecipients,
  organisationNames,
  outgoingMails,
  recoveryCodes,
  securityLog,
  sessions,
  totpCredentials,
} from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import { actionStateLabels } from '#server/vocabulary/actions.ts'
import { journalSubjectLabel, journalVerbLabel } from '#server/vocabulary/journal.ts'
import { mailKindLabels, mailStateLabels } from '#server/vocabulary/mail.ts'
import { attendanceStatusLabels } from '#server/vocabulary/meetings.ts'
import { securityEventLabel } from '#server/vocabulary/security.ts'
import type { Person } from '../accounts/administering.ts'
import type { Context } from '../context.ts'

/** A part of what is held about a person, in French, as a table: its headings, then its rows. */
export type DataPart = { title: string; rows: Readonly<Record<string, string | boolean | Date | null>>[] }

/**
 * Everything that this deployment holds about a person, and nothing about anybody else (article 15 of the RGPD). Secrets
 * are told, and never shown: neither a password, nor a code, nor a token.
 */
export async function ownData(context: Context, { accountId }: Pick<Person, 'accountId'>): Promise<DataPart[]> {
  return [
    ...(await ofAccount(context, accountId)),
    ...(await ofMandates(context, accountId)),
    ...(await ofMeetings(context, accountId)),
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
      rows: changes.map(({ newEmail, requestedAt, appliedAt, cancelledAt }) => ({
        'Nouvelle adresse': newEmail,
        'Demandé le': requestedAt,
        'Fait le': appliedAt,
        'Annulé le': cancelledAt,
      })),
    },
  ]
}

async function ofMandates({ db }: Context, id: string): Promise<DataPart[]> {
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
  const names = await db.select().from(organisationNames).orderBy(asc(organisationNames.startsOn))
  const nameOf = (organisationId: string | null) =>
    names.findLast(name => name.organisationId === organisationId)?.name ?? null
  const proposed = await db
    .select({ proposal: mandateProposals, instance: instances.name })
    .from(mandateProposals)
    .innerJoin(instances, eq(instances.id, mandateProposals.instanceId))
    .innerJoin(accounts, eq(accounts.id, id))
    .where(eq(mandateProposals.email, accounts.email))
  return [
    {
      title: 'Mandats',
      rows: held.map(({ mandate, consortium, instance }) => ({
        Consortium: consortium,
        Instance: instance,
        Fonction: mandate.functionLabel,
        Structure: nameOf(mandate.organisationId),
        Qualité: mandate.qualite,
        'Porte la voix': mandate.carriesVoice,
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
        Qualité: fn.qualite,
        Du: fn.startsOn,
        Au: fn.endsOn,
      })),
    },
    {
      title: 'Propositions vous concernant',
      rows: proposed.map(({ proposal, instance }) => ({
        Instance: instance,
        Qualité: proposal.qualite,
        'Proposée le': proposal.proposedAt,
        'Répondue le': proposal.answeredAt,
      })),
    },
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
  const owned = await db
    .select({ wording: actionItems.wording, state: actionItems.state, dueOn: actionItems.dueOn })
    .from(actionItems)
    .innerJoin(mandates, eq(mandates.id, actionItems.ownerMandateId))
    .where(eq(mandates.accountId, id))
    .orderBy(asc(actionItems.createdAt))
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
    {
      title: 'Actions dont vous êtes chargé',
      rows: owned.map(({ wording, state, dueOn }) => ({
        Action: wording,
        État: actionStateLabels[state],
        Échéance: dueOn,
      })),
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
