import { accessPage } from './domain/access/access-page.ts'
import { enterPreview } from './domain/access/enter-preview.ts'
import { minutesPreview } from './domain/access/minutes-preview.ts'
import { previewPage } from './domain/access/preview-page.ts'
import { accountVerbs } from './domain/accounts/verbs.ts'
import { updateProgress } from './domain/actions/update-progress.ts'
import { createEmptyDeployment } from './domain/administration/empty-deployment.ts'
import { siteText } from './domain/administration/site-text.ts'
import { administrationVerbs } from './domain/administration/verbs.ts'
import { changeCompetence } from './domain/competence/change-competence.ts'
import { competencePage, competentChoices } from './domain/competence/competence-page.ts'
import {
  changeExternalBody,
  createExternalBody,
  deleteExternalBody,
  externalBodiesPage,
  externalBody,
} from './domain/competence/external-bodies.ts'
import { defaultVisibilities, setDefaultVisibilities } from './domain/competence/visibilities.ts'
import { consortiumPage, editConsortium } from './domain/consortia/edit-consortium.ts'
import type { Context } from './domain/context.ts'
import { placeOnAgenda } from './domain/decisions/agenda.ts'
import { answerRelay } from './domain/decisions/answer-relay.ts'
import { askRelay, withdrawRelay } from './domain/decisions/ask-relay.ts'
import { decisionPage } from './domain/decisions/decision-page.ts'
import { decisionRegister } from './domain/decisions/decision-register.ts'
import { markAnswerSeen } from './domain/decisions/mark-answer-seen.ts'
import { recordResult } from './domain/decisions/record-result.ts'
import { relayToAnswer } from './domain/decisions/relays.ts'
import { withdrawDecision } from './domain/decisions/withdraw.ts'
import { attachPrestataire, detachPrestataire } from './domain/governance/attachments.ts'
import { editFunction, endFunction, giveFunction } from './domain/governance/consortium-functions.ts'
import { createMandate } from './domain/governance/create-mandate.ts'
import { editMandate, endMandate, eraseMistakenMandate } from './domain/governance/edit-mandate.ts'
import { attachmentPage, functionChoices, functionPage } from './domain/governance/function-page.ts'
import { governanceMap } from './domain/governance/governance-map.ts'
import { handoverPage } from './domain/governance/handover.ts'
import { importTemplate, previewFile, previewPaste } from './domain/governance/import-file.ts'
import { instancePage } from './domain/governance/instance-page.ts'
import { correctPerson, removePerson, resendInvitation } from './domain/governance/manage-person.ts'
import { managementPage } from './domain/governance/management-page.ts'
import { endingConsequences, mandateChoices, mandatePage } from './domain/governance/mandate-page.ts'
import { nameOf } from './domain/governance/people.ts'
import { confirmImport, previewImport } from './domain/governance/people-import.ts'
import { peopleList } from './domain/governance/people-list.ts'
import { personPage } from './domain/governance/person-page.ts'
import { awaiting } from './domain/home/awaiting.ts'
import { deleteInstance } from './domain/instances/delete-instance.ts'
import { cancelDissolution, dissolutionPreview, dissolveInstance } from './domain/instances/dissolve-instance.ts'
import { createInstance, editInstance, instanceConsequences } from './domain/instances/edit-instance.ts'
import { instanceSettings, newInstance } from './domain/instances/instance-settings.ts'
import { journalFile } from './domain/journal/journal-file.ts'
import { journalPage } from './domain/journal/journal-page.ts'
import { demonstrationMail, demonstrationMails } from './domain/mails/demonstration-mails.ts'
import { abandonMail, mailPage, mailToCopy, markHandedOver, retryMail } from './domain/mails/mail-page.ts'
import { outgoingMailsPage } from './domain/mails/outgoing-mails.ts'
import { announceMeeting } from './domain/meetings/announce-meeting.ts'
import { createMeeting } from './domain/meetings/create-meeting.ts'
import { editMeeting } from './domain/meetings/edit-meeting.ts'
import { cancelMeeting, postponeMeeting } from './domain/meetings/end-meeting.ts'
import { answerItem, proposeItem } from './domain/meetings/item-proposals.ts'
import { meetingEntries } from './domain/meetings/meeting-entries.ts'
import { meetingPage, meetingToResume } from './domain/meetings/meeting-page.ts'
import { answerPresence, ownPresences } from './domain/meetings/own-presence.ts'
import { recordAttendance } from './domain/meetings/record-attendance.ts'
import { closeMeeting, startMeeting } from './domain/meetings/run-meeting.ts'
import { approveMinutes } from './domain/minutes/approve-minutes.ts'
import { distributeMinutes } from './domain/minutes/distribute-minutes.ts'
import { markMinutesRead, recordMinutesApproval } from './domain/minutes/follow-up.ts'
import { type LiveAccessQuestion, liveAccess } from './domain/minutes/live-access.ts'
import { minutesPage } from './domain/minutes/minutes-page.ts'
import { minutesFile } from './domain/minutes/official-pdf.ts'
import { resumeDrafting, setOpenToMembers, startProofreading } from './domain/minutes/proofreading.ts'
import { validateMinutes, validateMinutesInAbsence } from './domain/minutes/validate-minutes.ts'
import { deleteOrganisation } from './domain/organisations/delete-organisation.ts'
import { createOrganisation, editOrganisation } from './domain/organisations/edit-organisation.ts'
import { cancelDeparture, departurePreview, leaveConsortium } from './domain/organisations/leave-consortium.ts'
import { organisationList } from './domain/organisations/organisation-list.ts'
import { changeOrganisationNames } from './domain/organisations/organisation-names.ts'
import { newOrganisation, organisationPage, organisationToEdit } from './domain/organisations/organisation-page.ts'
import { organisationActivity } from './domain/own-organisation/activity.ts'
import { ownData } from './domain/personal-data/own-data.ts'
import { acceptEnding, acceptProposal, returnProposal, withdrawProposal } from './domain/proposals/answer-proposal.ts'
import { proposalChoices } from './domain/proposals/proposal-choices.ts'
import { proposalList, proposalPage } from './domain/proposals/proposal-pages.ts'
import { endingToPropose, proposeEnding } from './domain/proposals/propose-ending.ts'
import { proposeRepresentative } from './domain/proposals/propose-representative.ts'
import { directoryAddresses } from './domain/representation/addresses.ts'
import { organisationChart } from './domain/representation/chart.ts'
import { directory } from './domain/representation/directory.ts'
import { directoryFile } from './domain/representation/directory-file.ts'
import { representationMatrix } from './domain/representation/matrix.ts'
import { representationFile } from './domain/representation/matrix-file.ts'
import { Invalid, Refusal, VerificationNeeded } from './errors.ts'
import type { Actor } from './habilitations/actor.ts'
import { checkAbility } from './habilitations/authorize.ts'
import { consortiaOf, enterConsortium } from './habilitations/enter.ts'
import { requireVerification } from './habilitations/verification.ts'
import { writeSecurityLog } from './security-log.ts'
import { sessionCookie } from './sessions/cookie.ts'
import { describeDevice } from './sessions/device.ts'
import { createSessionStore } from './sessions/lucia.ts'
import { createSignIn } from './sessions/sign-in.ts'
import type { VerificationStrength } from './vocabulary/accounts.ts'

export type Services = ReturnType<typeof createServices>

/** A refusal as the interface shows it. */
export type RefusalView = {
  status: number
  message: string
  fields: Readonly<Record<string, string[]>>
  /** The second factor that is asked first, when only that is missing. */
  verification: VerificationStrength | null
}

/**
 * Everything that routes and sockets may ask of the server: built once, in `server/index.ts`, and handed to Remix through
 * its load context.
 *
 * @param options.secureCookies true when people reach the product over HTTPS.
 */
export function createServices(context: Context, options: { secureCookies: boolean }) {
  const sessions = createSessionStore(context.db, context.clock)
  const cookie = sessionCookie(options.secureCookies)

  /** The account whose session a request's `Cookie` header holds, or null. */
  async function accountOf(cookieHeader: string | null | undefined) {
    const token = cookie.read(cookieHeader)
    return token === null ? null : sessions.read(token)
  }

  return {
    sessions: {
      accountOf,
      stillOpen: sessions.stillOpen,
      signIn: createSignIn(context),
      /**
       * Opens a session: a new token at each sign-in.
       * @param userAgent what the browser says of itself
       * @param passwordMark what signing in, or a link, gave of the password by which it is opened
       * @returns the value of `Set-Cookie`
       * @throws Conflict when that password was replaced a moment ago
       */
      open: async (accountId: string, userAgent?: string | null, passwordMark?: string) =>
        cookie.give(await sessions.create(accountId, describeDevice(userAgent), passwordMark)),
      /**
       * Ends the session of a request and closes its live texts.
       * @param address where the request comes from
       * @returns the value of `Set-Cookie`
       */
      close: async (cookieHeader: string | null, address: string | null = null) => {
        const token = cookie.read(cookieHeader)
        const account = token === null ? null : await sessions.read(token)
        if (token !== null) await sessions.end(token)
        if (account) {
          const { accountId } = account
          await writeSecurityLog(context.db, { at: context.clock.now(), event: 'deconnexion', accountId, address })
        }
        context.live.recheck()
        return cookie.take()
      },
    },
    people: bind(context, {
      nameOf: (c: Context, accountId: string) => nameOf(c.db, accountId),
      peopleList,
      personPage,
      removePerson,
      correctPerson,
      resendInvitation,
      previewPaste,
      previewFile,
      previewImport,
      confirmImport,
      importTemplate,
    }),
    mandates: bind(context, {
      mandatePage,
      mandateChoices,
      endingConsequences,
      createMandate,
      editMandate,
      endMandate,
      eraseMistakenMandate,
      giveFunction,
      editFunction,
      endFunction,
      attachPrestataire,
      detachPrestataire,
      functionChoices,
      functionPage,
      attachmentPage,
      handoverPage,
    }),
    accounts: bind(context, accountVerbs),
    consortia: bind(context, { enter: enterConsortium, consortiaOf, consortiumPage, editConsortium }),
    governance: bind(context, { governanceMap, instancePage, managementPage }),
    representation: bind(context, {
      representationMatrix,
      representationFile,
      directory,
      directoryFile,
      directoryAddresses,
      organisationChart,
    }),
    organisations: bind(context, {
      organisationList,
      organisationPage,
      newOrganisation,
      organisationToEdit,
      createOrganisation,
      editOrganisation,
      changeOrganisationNames,
      departurePreview,
      leaveConsortium,
      cancelDeparture,
      deleteOrganisation,
    }),
    journal: bind(context, { journalPage, journalFile }),
    administration: { isEmpty: createEmptyDeployment(context), ...bind(context, administrationVerbs) },
    siteTexts: bind(context, { siteText }),
    personalData: bind(context, { ownData }),
    access: bind(context, { accessPage, previewPage, enterPreview, minutesPreview }),
    ownOrganisation: bind(context, { organisationActivity }),
    proposals: bind(context, {
      proposalList,
      proposalPage,
      proposalChoices,
      proposeRepresentative,
      endingToPropose,
      proposeEnding,
      acceptProposal,
      acceptEnding,
      returnProposal,
      withdrawProposal,
    }),
    instances: bind(context, {
      newInstance,
      instanceSettings,
      createInstance,
      instanceConsequences,
      editInstance,
      dissolutionPreview,
      dissolveInstance,
      cancelDissolution,
      deleteInstance,
    }),
    competence: bind(context, {
      competencePage,
      competentChoices,
      changeCompetence,
      defaultVisibilities,
      setDefaultVisibilities,
      externalBodiesPage,
      externalBody,
      createExternalBody,
      changeExternalBody,
      deleteExternalBody,
    }),
    home: bind(context, { awaiting }),
    mails: bind(context, {
      outgoingMailsPage,
      mailPage,
      mailToCopy,
      markHandedOver,
      retryMail,
      abandonMail,
      demonstrationMails,
      demonstrationMail,
    }),
    meetings: bind(context, {
      meetingEntries,
      meetingPage,
      meetingToResume,
      createMeeting,
      editMeeting,
      announceMeeting,
      startMeeting,
      closeMeeting,
      cancelMeeting,
      postponeMeeting,
      recordAttendance,
      proposeItem,
      answerItem,
      ownPresences,
      answerPresence,
    }),
    minutes: bind(context, {
      minutesPage,
      minutesFile,
      setOpenToMembers,
      startProofreading,
      resumeDrafting,
      approveMinutes,
      validateMinutes,
      validateMinutesInAbsence,
      distributeMinutes,
      markMinutesRead,
      recordMinutesApproval,
    }),
    decisions: bind(context, {
      decisionRegister,
      decisionPage,
      placeOnAgenda,
      recordResult,
      withdrawDecision,
      markAnswerSeen,
      askRelay,
      withdrawRelay,
      relayToAnswer,
      answerRelay,
    }),
    actions: bind(context, { updateProgress }),
    liveAccess: (questions: readonly LiveAccessQuestion[]) => liveAccess(context, questions),
    /** Lets a confirmation page be shown to who may act in one of these ways. @throws Forbidden, Conflict */
    checkAbility,
    /** Lets a page be shown that leads to an act for which a second factor is asked. @throws VerificationNeeded */
    checkVerification: (actor: Pick<Actor, 'verification'>, strength: VerificationStrength) =>
      requireVerification(context, actor, strength),
    /** The refusal that was thrown, or null when it is not one: then it is a bug and propagates. */
    refusalOf: (error: unknown): RefusalView | null =>
      error instanceof Refusal
        ? {
            status: error.status,
            message: error.message,
            fields: error instanceof Invalid ? error.fields : {},
            verification: error instanceof VerificationNeeded ? error.strength : null,
          }
        : null,
  }
}

type Verb = (context: Context, ...args: never[]) => unknown

type Bound<V extends Record<string, Verb>> = {
  [Name in keyof V]: V[Name] extends (context: Context, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never
}

/** Gives each verb the context, once. */
function bind<V extends Record<string, Verb>>(context: Context, verbs: V): Bound<V> {
  const entries = Object.entries(verbs).map(([name, verb]) => [name, (...args: never[]) => verb(context, ...args)])
  return Object.fromEntries(entries) as Bound<V>
}
