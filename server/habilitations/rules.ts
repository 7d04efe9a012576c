import { awaitedDecisionStates, consortiumWideDecisionStates } from '#server/vocabulary/decisions.ts'
import { liveMinutesStates, publishedMinutesStates } from '#server/vocabulary/minutes.ts'
import {
  always,
  both,
  type Condition,
  copiloteOfAnyTechnicalGroup,
  either,
  factIn,
  factIsTrue,
  holdsFunction,
  holdsMandate,
  invitedSomewhere,
  levelReachesBody,
  listHolds,
  member,
} from './conditions.ts'
import type {
  ActionFacts,
  ConsortiumFacts,
  ConsortiumFunctionFacts,
  DecisionFacts,
  FactsOf,
  InstanceFacts,
  MandateFacts,
  MeetingFacts,
  MinutesFacts,
  OrganisationFacts,
  PresenceFacts,
  ProposalFacts,
  Resource,
} from './facts.ts'

/** In which case, who. Within a rule, the cases add up. */
export type Case<Facts> = { readonly when: Condition<Facts>; readonly who: readonly Condition<Facts>[] }

export type Rule<Facts> = {
  /** Cited by tests and by `docs/habilitations.md`. */
  readonly number: `H${number}`
  /** What is done, in French, as an infinitive: « lire le compte rendu ». */
  readonly verb: string
  readonly cases: readonly Case<Facts>[]
}

// Who. Functions held in the instance of the thing.
const presidence = holdsMandate('la présidence de l’instance', ['president'], 'instanceId')
const copilotes = holdsMandate('les copilotes de l’instance', ['copilote'], 'instanceId')
const secretariat = holdsMandate('le secrétariat de l’instance', ['secretaire'], 'instanceId')
const membresEtSuppleants = holdsMandate(
  'les membres et suppléants de l’instance',
  ['membre', 'suppleant'],
  'instanceId',
)
const ownBody = listHolds('les membres de l’instance', 'ownBodies', 'instanceId')
const prestataireRattache = listHolds('le prestataire rattaché à l’instance', 'attachedTo', 'instanceId')
const invites = listHolds('les invités de la réunion', 'invitedTo', 'meetingId')
const chefDeProjet = holdsFunction('le chef de projet', 'chef_de_projet')

const assistantsWithDossier = listHolds(
  'les assistants à qui le dossier de l’instance est ouvert',
  'dossierOf',
  'instanceId',
)

// Who, around an institution and its representatives.
const correspondants = listHolds('les correspondants de la structure', 'correspondantOf', 'organisationId')
const directions = listHolds(
  'les représentants de la structure aux niveaux institutionnel et stratégique',
  'directs',
  'organisationId',
)
const holder = listHolds('la personne qui a le mandat', 'mandateIds', 'mandateId')
const assistants = listHolds('la personne qui assiste ce mandat', 'assists', 'mandateId')

// Who, around a decision: the body that proposes and the one that is competent.
const proposingBody = listHolds('les membres de l’instance qui propose', 'ownBodies', 'proposingInstanceId')
const proposingPrestataire = listHolds(
  'le prestataire rattaché à l’instance qui propose',
  'attachedTo',
  'proposingInstanceId',
)
const proposingLeads = holdsMandate(
  'les copilotes ou la présidence de l’instance qui propose',
  ['copilote', 'president'],
  'proposingInstanceId',
)
const competentBody = listHolds('les membres de l’instance compétente', 'ownBodies', 'competentInstanceId')
const competentPrestataire = listHolds(
  'le prestataire rattaché à l’instance compétente',
  'attachedTo',
  'competentInstanceId',
)
const competentPresidence = holdsMandate('la présidence de l’instance compétente', ['president'], 'competentInstanceId')
const competentSecretariat = holdsMandate(
  'le secrétariat de l’instance compétente',
  ['secretaire'],
  'competentInstanceId',
)

// Who, around an action.
const ownerPerson = listHolds('la personne qui en est chargée', 'mandateIds', 'ownerMandateId')
const ownerOrganisation = listHolds(
  'les représentants de la structure qui en est chargée',
  'organisationIds',
  'ownerOrganisationId',
)
const ownerCorrespondants = listHolds(
  'les correspondants de la structure qui en est chargée',
  'correspondantOf',
  'ownerOrganisationId',
)
const ownerInstance = listHolds('les membres de l’instance qui en est chargée', 'ownBodies', 'ownerInstanceId')

// When: the states of things.
const meetingPublished = factIsTrue('réunion annoncée', 'announced')
const meetingInPreparation = factIn('réunion en préparation', 'meetingState', ['preparation'])
const meetingAnnounced = factIn('réunion annoncée, pas encore ouverte', 'meetingState', ['invitations_envoyees'])
const meetingRunning = factIn('réunion en cours', 'meetingState', ['en_cours'])
const meetingNotHeld = factIn('réunion pas encore tenue', 'meetingState', [
  'preparation',
  'invitations_envoyees',
  'en_cours',
])
const meetingNotStarted = factIn('réunion pas encore ouverte', 'meetingState', ['preparation', 'invitations_envoyees'])
const meetingAwaitsAnswers = factIn('réunion annoncée, pas encore tenue', 'meetingState', [
  'invitations_envoyees',
  'en_cours',
])
const meetingHasAttendance = factIn('réunion annoncée, en cours ou tenue', 'meetingState', [
  'invitations_envoyees',
  'en_cours',
  'tenue',
])
const meetingHeld = factIn('réunion tenue', 'meetingState', ['tenue'])
const meetingAlive = factIn('réunion ni annulée ni reportée', 'meetingState', [
  'preparation',
  'invitations_envoyees',
  'en_cours',
  'tenue',
])

const proposalToExamine = factIn('proposition à examiner', 'proposalState', ['proposee'])

const minutesPublished = factIn('compte rendu diffusé', 'minutesState', publishedMinutesStates)
const minutesUnpublished = factIn('compte rendu pas encore diffusé', 'minutesState', [
  'brouillon',
  'en_relecture',
  'valide',
])
const minutesLive = factIn('compte rendu pas encore scellé', 'minutesState', liveMinutesStates)
const minutesDraft = factIn('compte rendu en brouillon', 'minutesState', ['brouillon'])
const minutesInProofreading = factIn('compte rendu en relecture', 'minutesState', ['en_relecture'])
const minutesValidated = factIn('compte rendu validé', 'minutesState', ['valide'])
const minutesDistributed = factIn('compte rendu diffusé, pas encore approuvé', 'minutesState', ['diffuse'])
const minutesWritable = both(
  'compte rendu pas encore scellé, réunion ni annulée ni reportée',
  meetingAlive,
  minutesLive,
)
const openToMembers = factIsTrue('rédaction ouverte aux membres', 'openToMembers')
const draftForTheBody = both(
  'compte rendu pas encore diffusé, brouillon visible par l’instance',
  minutesUnpublished,
  factIn('brouillon visible par l’instance', 'draftReaders', ['instance']),
)
const levelReads = both(
  'les membres d’instances de même niveau ou de niveau supérieur (visibilité « niveau » ou « consortium »)',
  levelReachesBody,
  factIn('visible par niveau', 'visibility', ['niveau', 'consortium']),
)
const consortiumReads = both(
  'tous les membres du consortium (visibilité « consortium »)',
  member,
  factIn('visible par le consortium', 'visibility', ['consortium']),
)
const ofStrategicInstance = factIn('instance stratégique', 'kind', ['pilotage_strategique'])
/** Copilotes represent their groups at the strategic instance itself, with a consultative voice. */
const permanentInvites = both(
  'les copilotes de groupes techniques, invités permanents de l’instance stratégique',
  copiloteOfAnyTechnicalGroup,
  ofStrategicInstance,
)
const copilotesReadStrategicInstance = both(
  'les copilotes de groupes techniques, pour l’instance stratégique',
  copiloteOfAnyTechnicalGroup,
  both(
    'publié par l’instance stratégique',
    ofStrategicInstance,
    factIn('visible par niveau', 'visibility', ['niveau', 'consortium']),
  ),
)
const copilotesValidate = factIn('validation par les copilotes', 'validatorRule', ['tous_les_copilotes', 'un_copilote'])
const presidenceValidates = factIn('validation par la présidence', 'validatorRule', ['presidence'])
const chefValidates = factIn('validation par le chef de projet', 'validatorRule', ['chef_de_projet'])

const decisionAnswered = factIn(
  'décision adoptée ou dont il est pris acte',
  'decisionState',
  consortiumWideDecisionStates,
)
const decisionAwaited = factIn('décision encore attendue', 'decisionState', awaitedDecisionStates)
const decisionPending = factIn('décision proposée ou inscrite', 'decisionState', ['proposee', 'inscrite'])

const writers = [copilotes, presidence, secretariat, chefDeProjet]

/** Who may validate, by the instance's rule `valideurs`. */
const validators = [
  {
    ...both('les copilotes de l’instance', copilotesValidate, copilotes),
    inTable: 'les copilotes de l’instance, si elle valide par eux',
  },
  {
    ...both('la présidence de l’instance', presidenceValidates, presidence),
    inTable: 'la présidence de l’instance, si elle valide par elle',
  },
  {
    ...both('le chef de projet', chefValidates, chefDeProjet),
    inTable: 'le chef de projet, si l’instance valide par lui',
  },
]

/** Who reads minutes, and the actions that stand in them. */
const readersOfMinutes: Case<MinutesFacts>[] = [
  {
    when: minutesPublished,
    who: [
      ownBody,
      levelReads,
      consortiumReads,
      copilotesReadStrategicInstance,
      prestataireRattache,
      chefDeProjet,
      invites,
    ],
  },
  { when: draftForTheBody, who: [ownBody] },
  { when: minutesUnpublished, who: [copilotes, presidence, secretariat, prestataireRattache, chefDeProjet] },
]

/** The habilitation table (domain §3), as data. A missing rule does not compile. */
export const rules = {
  consortium: {
    enter: rule<ConsortiumFacts>('H1', 'entrer dans l’espace du consortium', [
      {
        when: always,
        who: [either('les membres du consortium et les invités d’une réunion', member, invitedSomewhere)],
      },
    ]),
    read: rule<ConsortiumFacts>('H2', 'voir les instances, leur composition et le registre des décisions', [
      { when: always, who: [member] },
    ]),
    edit: rule<ConsortiumFacts>('H50', 'corriger le nom, le territoire et l’objet du consortium', [
      { when: always, who: [chefDeProjet] },
    ]),
    editOrganisations: rule<ConsortiumFacts>('H31', 'gérer les structures du consortium', [
      { when: always, who: [chefDeProjet] },
    ]),
    editInstances: rule<ConsortiumFacts>('H32', 'créer, régler ou dissoudre les instances', [
      { when: always, who: [chefDeProjet] },
    ]),
    editCompetence: rule<ConsortiumFacts>(
      'H33',
      'fixer les règles de compétence, les visibilités par défaut et les organes externes',
      [{ when: always, who: [chefDeProjet] }],
    ),
    editMandates: rule<ConsortiumFacts>('H34', 'désigner les représentants, les fonctions et les rattachements', [
      { when: always, who: [chefDeProjet] },
    ]),
    readJournal: rule<ConsortiumFacts>('H35', 'lire le journal du consortium', [{ when: always, who: [chefDeProjet] }]),
    readMails: rule<ConsortiumFacts>('H36', 'voir les courriels sortants du consortium', [
      { when: always, who: [chefDeProjet] },
    ]),
    previewAs: rule<ConsortiumFacts>('H37', 'voir le consortium comme une autre personne le verrait', [
      { when: always, who: [chefDeProjet] },
    ]),
  },
  organisation: {
    read: rule<OrganisationFacts>('H38', 'voir la structure et ses représentants', [{ when: always, who: [member] }]),
    readActivity: rule<OrganisationFacts>('H39', 'voir ce que la structure doit voter, approuver, relayer ou faire', [
      { when: always, who: [correspondants, directions, chefDeProjet] },
    ]),
    answerRelay: rule<OrganisationFacts>('H52', 'dire ce que la structure a relayé d’une décision', [
      { when: always, who: [correspondants, chefDeProjet] },
    ]),
    proposeRepresentative: rule<OrganisationFacts>(
      'H40',
      'proposer un représentant de la structure, ou la fin de son mandat',
      [{ when: always, who: [correspondants] }],
    ),
  },
  proposal: {
    read: rule<ProposalFacts>('H41', 'lire la proposition de représentant', [
      { when: always, who: [correspondants, chefDeProjet] },
    ]),
    answer: rule<ProposalFacts>('H42', 'accepter ou retourner la proposition de représentant', [
      { when: proposalToExamine, who: [chefDeProjet] },
    ]),
    withdraw: rule<ProposalFacts>('H43', 'retirer la proposition de représentant', [
      { when: proposalToExamine, who: [correspondants] },
    ]),
  },
  mandate: {
    read: rule<MandateFacts>('H44', 'voir le mandat', [{ when: always, who: [member] }]),
    readHandover: rule<MandateFacts>('H45', 'lire la passation du mandat', [
      { when: always, who: [holder, chefDeProjet] },
    ]),
  },
  consortiumFunction: {
    read: rule<ConsortiumFunctionFacts>('H53', 'voir la fonction dans le consortium', [
      { when: always, who: [member] },
    ]),
  },
  instance: {
    read: rule<InstanceFacts>('H3', 'voir l’instance et sa composition', [{ when: always, who: [member] }]),
    readContacts: rule<InstanceFacts>('H4', 'voir les coordonnées des membres de l’instance', [
      { when: always, who: [ownBody, chefDeProjet] },
    ]),
    createMeeting: rule<InstanceFacts>('H5', 'créer une réunion de l’instance', [{ when: always, who: writers }]),
  },
  meeting: {
    readEntry: rule<MeetingFacts>('H6', 'voir la date et l’instance de la réunion', [
      { when: meetingPublished, who: [member, invites] },
      { when: always, who: [ownBody, prestataireRattache, chefDeProjet] },
    ]),
    read: rule<MeetingFacts>('H7', 'voir la page et l’ordre du jour de la réunion', [
      { when: always, who: [ownBody, prestataireRattache, chefDeProjet] },
      { when: meetingPublished, who: [invites, assistantsWithDossier, permanentInvites] },
    ]),
    edit: rule<MeetingFacts>('H8', 'modifier la réunion et son ordre du jour', [
      { when: meetingNotHeld, who: writers },
    ]),
    proposeItem: rule<MeetingFacts>('H49', 'proposer un point à l’ordre du jour', [
      { when: meetingNotHeld, who: [ownBody] },
    ]),
    announce: rule<MeetingFacts>('H9', 'annoncer la réunion', [{ when: meetingInPreparation, who: writers }]),
    start: rule<MeetingFacts>('H10', 'ouvrir la réunion', [{ when: meetingAnnounced, who: writers }]),
    close: rule<MeetingFacts>('H11', 'clore la réunion', [{ when: meetingRunning, who: writers }]),
    cancel: rule<MeetingFacts>('H12', 'annuler ou reporter la réunion', [{ when: meetingNotStarted, who: writers }]),
    readAttendance: rule<MeetingFacts>('H13', 'voir les présences', [
      { when: always, who: [ownBody, prestataireRattache, chefDeProjet] },
    ]),
    recordAttendance: rule<MeetingFacts>('H14', 'relever les présences', [
      { when: meetingHasAttendance, who: writers },
    ]),
  },
  presence: {
    read: rule<PresenceFacts>('H47', 'voir une présence', [
      { when: always, who: [ownBody, prestataireRattache, chefDeProjet] },
      { when: meetingPublished, who: [assistants] },
    ]),
    answer: rule<PresenceFacts>('H48', 'répondre de sa propre présence', [
      { when: meetingAwaitsAnswers, who: [holder, assistants] },
    ]),
  },
  minutes: {
    read: rule<MinutesFacts>('H15', 'lire le compte rendu', [
      ...readersOfMinutes,
      { when: both('rédaction ouverte aux membres', minutesLive, openToMembers), who: [membresEtSuppleants] },
      {
        when: { ...meetingAwaitsAnswers, says: 'compte rendu pas encore diffusé, réunion pas encore tenue' },
        who: [invites],
      },
    ]),
    write: rule<MinutesFacts>('H16', 'écrire dans le compte rendu', [
      { when: minutesWritable, who: [copilotes, presidence, secretariat, prestataireRattache, chefDeProjet] },
      { when: both('rédaction ouverte aux membres', minutesWritable, openToMembers), who: [membresEtSuppleants] },
    ]),
    openToMembers: rule<MinutesFacts>('H17', 'ouvrir ou fermer la rédaction aux membres', [
      { when: minutesWritable, who: writers },
    ]),
    startProofreading: rule<MinutesFacts>('H18', 'passer le compte rendu en relecture', [
      { when: both('compte rendu en brouillon d’une réunion tenue', meetingHeld, minutesDraft), who: writers },
    ]),
    resumeDrafting: rule<MinutesFacts>('H19', 'remettre le compte rendu en brouillon', [
      { when: minutesInProofreading, who: writers },
    ]),
    approve: rule<MinutesFacts>('H20', 'donner son accord sur le compte rendu', [
      { when: minutesInProofreading, who: validators },
    ]),
    validate: rule<MinutesFacts>('H21', 'valider le compte rendu', [{ when: minutesInProofreading, who: validators }]),
    validateInAbsence: rule<MinutesFacts>('H22', 'valider le compte rendu en l’absence d’un copilote', [
      {
        when: both('compte rendu en relecture, validation par les copilotes', minutesInProofreading, copilotesValidate),
        who: [copilotes, chefDeProjet],
      },
    ]),
    distribute: rule<MinutesFacts>('H23', 'diffuser le compte rendu', [{ when: minutesValidated, who: validators }]),
    recordApproval: rule<MinutesFacts>('H24', 'consigner l’approbation du compte rendu en réunion', [
      { when: minutesDistributed, who: [copilotes, presidence, secretariat] },
    ]),
    previewAs: rule<MinutesFacts>('H46', 'voir le compte rendu comme ses lecteurs le verront', [
      { when: always, who: writers },
    ]),
  },
  action: {
    read: rule<ActionFacts>('H25', 'voir l’action à mener', [
      ...readersOfMinutes,
      { when: always, who: [ownerPerson, ownerOrganisation, ownerCorrespondants, ownerInstance] },
    ]),
    updateProgress: rule<ActionFacts>('H26', 'dire où en est l’action à mener', [
      {
        when: always,
        who: [ownerPerson, ownerOrganisation, ownerCorrespondants, ownerInstance, copilotes, presidence, secretariat],
      },
    ]),
  },
  decision: {
    read: rule<DecisionFacts>('H27', 'lire la décision', [
      { when: decisionAnswered, who: [member] },
      { when: always, who: [proposingBody, proposingPrestataire, competentBody, competentPrestataire, chefDeProjet] },
    ]),
    placeOnAgenda: rule<DecisionFacts>('H28', 'inscrire la proposition à l’ordre du jour', [
      { when: decisionAwaited, who: [competentPresidence, competentSecretariat, chefDeProjet] },
    ]),
    recordResult: rule<DecisionFacts>('H29', 'consigner le résultat de la décision', [
      { when: decisionPending, who: [competentPresidence, competentSecretariat, chefDeProjet] },
    ]),
    withdraw: rule<DecisionFacts>('H30', 'retirer la proposition', [{ when: decisionAwaited, who: [proposingLeads] }]),
    askRelay: rule<DecisionFacts>('H51', 'demander aux structures de relayer la décision', [
      { when: decisionAnswered, who: [competentPresidence, competentSecretariat, chefDeProjet] },
    ]),
  },
} as const satisfies { [R in Resource]: Record<string, Rule<FactsOf[R]>> }

export type ActionOn<R extends Resource> = keyof (typeof rules)[R] & string

/** The rule of an action on a kind of thing. */
export function ruleOf<R extends Resource>(resource: R, action: ActionOn<R>): Rule<FactsOf[R]> {
  return rules[resource][action] as unknown as Rule<FactsOf[R]>
}

function rule<Facts>(number: `H${number}`, verb: string, cases: readonly Case<Facts>[]): Rule<Facts> {
  return { number, verb, cases }
}
