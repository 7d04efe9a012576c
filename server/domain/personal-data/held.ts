/**
 * Every reference to an account, by table and column, and where its person finds it in « Vos données »: a part of the
 * export, or why it has none. A test walks the schema and fails on one that is in neither list.
 */
export const exported: Readonly<Record<string, string>> = {
  'sessions.userId': 'Sessions',
  'totp_credentials.accountId': 'Compte',
  'recovery_codes.accountId': 'Compte',
  'email_changes.accountId': 'Changements d’adresse',
  'account_links.accountId': 'Liens et codes envoyés',
  'mail_codes.accountId': 'Liens et codes envoyés',
  'mandates.accountId': 'Mandats',
  'consortium_functions.accountId': 'Fonctions dans un consortium',
  'mandate_proposals.accountId': 'Propositions vous concernant',
  'mandate_proposals.proposedBy': 'Propositions de représentants que vous avez faites',
  'invitations.accountId': 'Invitations à des réunions',
  'item_proposals.proposedBy': 'Points que vous avez proposés',
  'minutes_approvals.accountId': 'Accords sur des comptes rendus',
  'minutes_recipients.accountId': 'Comptes rendus reçus',
  'register_events.by': 'Vos actes au registre des décisions',
  'decision_answers_seen.accountId': 'Réponses que vous avez vues',
  'live_text_updates.accountId': 'Modifications de textes en cours d’écriture',
  'outgoing_mails.accountId': 'Courriels',
  'security_log.accountId': 'Journal de sécurité',
  'security_log.by': 'Journal de sécurité',
  'journal.by': 'Vos actes au journal',
}

const inJournal = 'who did it: the act is a line of « Vos actes au journal »'
const inRegister = 'who did it: the act is a line of « Vos actes au registre des décisions »'

export const leftOut: Readonly<Record<string, string>> = {
  'action_items.updatedBy': inJournal,
  'attendance.recordedBy': inJournal,
  'decision_relay_answers.answeredBy': inJournal,
  'decision_relays.askedBy': inJournal,
  'decisions.resultRecordedBy': inRegister,
  'decisions.withdrawnBy': inRegister,
  'invitations.sentBy': inJournal,
  'item_proposals.answeredBy': inJournal,
  'mandate_proposals.answeredBy': inJournal,
  'meetings.createdBy': inJournal,
  'meetings.announcedBy': inJournal,
  'meetings.startedBy': inJournal,
  'meetings.heldBy': inJournal,
  'meetings.endedBy': inJournal,
  'minutes.openedToMembersBy': inJournal,
  'minutes.proofreadingBy': inJournal,
  'minutes.validatedBy': inJournal,
  'minutes.distributedBy': inJournal,
  'minutes.approvedBy': inJournal,
  'minutes_versions.sealedBy': inJournal,
  'outgoing_mails.sentBy': inJournal,
  'outgoing_mails.abandonedBy': inJournal,
  'site_texts.updatedBy': inJournal,
}
