import type { FactsOf, Resource } from '#server/habilitations/facts.ts'
import type { ActionOn } from '#server/habilitations/rules.ts'
import type { CastName } from '../cast.ts'

/** A thing of the demonstration's Tarn: a body's slug, and what differs from a body that has just met. */
export type About = { body: string } & Partial<
  FactsOf['minutes'] & FactsOf['action'] & FactsOf['decision'] & FactsOf['proposal']
> & {
    /** Slug of the body that proposes; `body` is the competent one. */
    proposing?: string
    owner?: 'membre of parcours' | 'CAF' | 'numerique'
    /** Whose mandate in `body` a mandate or a presence is. */
    holder?: CastName
  }

/**
 * One line of the habilitation table, tried on everyone of the cast: those who may, those who are refused with a sentence
 * that says who can (403), those whom the state forbids it to as to everybody (409). All others get « not found » (404).
 */
export type Row = { [R in Resource]: RowOn<R> }[Resource]

export type RowOn<R extends Resource> = {
  rule: `H${number}`
  on: R
  act: ActionOn<R>
  when: string
  about: About
  yes: readonly CastName[]
  forbidden?: readonly CastName[]
  /** Whom the refusal names. */
  who?: string
  conflict?: readonly CastName[]
  /** In which states it can be done. */
  states?: string
}

/** Members of the Tarn: an active mandate other than invité, or a function. */
export const members: readonly CastName[] = [
  'chef',
  'copilote1',
  'copilote2',
  'membre',
  'suppleant',
  'copiloteOffre',
  'membreOffre',
  'copiloteNumerique',
  'presidentStrategique',
  'membreStrategique',
  'membreRestreint',
  'presidentInstitutionnel',
  'membreInstitutionnel',
  'secretaireInstitutionnel',
  'assistante',
  'assistantDossier',
  'prestataire',
  'observateur',
  'correspondantCaf',
]

const parcoursBody: readonly CastName[] = ['copilote1', 'copilote2', 'membre', 'suppleant']
const copilotes: readonly CastName[] = ['copilote1', 'copilote2']
/** Those who write and run the meetings of Parcours, which has no president and no secretary. */
export const parcoursLeads: readonly CastName[] = [...copilotes, 'chef']
export const parcoursReaders: readonly CastName[] = [...parcoursBody, 'prestataire', 'chef']
export const leadsSentence =
  'les copilotes de l’instance, la présidence de l’instance, le secrétariat de l’instance ou le chef de projet'
const institutionalBody: readonly CastName[] = [
  'presidentInstitutionnel',
  'membreInstitutionnel',
  'secretaireInstitutionnel',
]
/** Level at least operational: by a mandate as president, copilote, membre or suppléant. */
const operationalAndAbove: readonly CastName[] = [
  ...parcoursBody,
  'copiloteOffre',
  'membreOffre',
  'copiloteNumerique',
  'presidentStrategique',
  'membreStrategique',
  'membreRestreint',
  'presidentInstitutionnel',
  'membreInstitutionnel',
]

export const except = (all: readonly CastName[], ...some: readonly CastName[]) =>
  all.filter(name => !some.includes(name))

/** Rules on the consortium, its instances and meetings. */
export const meetingRows: Row[] = [
  {
    rule: 'H1',
    on: 'consortium',
    act: 'enter',
    when: 'at any time',
    about: { body: 'parcours' },
    yes: [...members, 'invite'],
  },
  {
    rule: 'H2',
    on: 'consortium',
    act: 'read',
    when: 'at any time',
    about: { body: 'parcours' },
    yes: members,
  },
  { rule: 'H3', on: 'instance', act: 'read', when: 'of Restreint', about: { body: 'restreint' }, yes: members },
  {
    rule: 'H4',
    on: 'instance',
    act: 'readContacts',
    when: 'of Parcours',
    about: { body: 'parcours' },
    yes: [...parcoursBody, 'chef'],
  },
  {
    rule: 'H5',
    on: 'instance',
    act: 'createMeeting',
    when: 'of Parcours',
    about: { body: 'parcours' },
    yes: parcoursLeads,
    forbidden: except(members, ...parcoursLeads),
    who: leadsSentence,
  },
  {
    rule: 'H5',
    on: 'instance',
    act: 'createMeeting',
    when: 'of the institutional instance',
    about: { body: 'institutionnelle' },
    yes: ['presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'],
    forbidden: except(members, 'presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'),
    who: leadsSentence,
  },
  {
    rule: 'H6',
    on: 'meeting',
    act: 'readEntry',
    when: 'announced',
    about: { body: 'parcours', meetingState: 'invitations_envoyees' },
    yes: [...members, 'invite'],
  },
  {
    rule: 'H6',
    on: 'meeting',
    act: 'readEntry',
    when: 'in preparation',
    about: { body: 'parcours', meetingState: 'preparation' },
    yes: parcoursReaders,
  },
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'announced',
    about: { body: 'parcours', meetingState: 'invitations_envoyees' },
    yes: [...parcoursReaders, 'invite'],
  },
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'in preparation',
    about: { body: 'parcours', meetingState: 'preparation' },
    yes: parcoursReaders,
  },
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'of the strategic instance, announced: its assistant with the dossier too',
    about: { body: 'strategique', meetingState: 'invitations_envoyees' },
    yes: ['presidentStrategique', 'membreStrategique', 'assistantDossier', 'chef'],
  },
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'of the institutional instance, announced: not its assistant without the dossier',
    about: { body: 'institutionnelle', meetingState: 'invitations_envoyees' },
    yes: [...institutionalBody, 'chef'],
  },
  ...meetingVerb(
    'H8',
    'edit',
    ['preparation', 'invitations_envoyees', 'en_cours'],
    'tenue',
    'réunion pas encore tenue',
  ),
  {
    rule: 'H49',
    on: 'meeting',
    act: 'proposeItem',
    when: 'announced',
    about: { body: 'parcours', meetingState: 'invitations_envoyees' },
    yes: parcoursBody,
    forbidden: [...except(members, ...parcoursBody), 'invite'],
    who: 'les membres de l’instance',
  },
  {
    rule: 'H49',
    on: 'meeting',
    act: 'proposeItem',
    when: 'held',
    about: { body: 'parcours', meetingState: 'tenue' },
    yes: [],
    conflict: [...members, 'invite'],
    states: 'réunion pas encore tenue',
  },
  ...meetingVerb('H9', 'announce', ['preparation'], 'invitations_envoyees', 'réunion en préparation'),
  ...meetingVerb('H10', 'start', ['invitations_envoyees'], 'en_cours', 'réunion annoncée, pas encore ouverte'),
  ...meetingVerb('H11', 'close', ['en_cours'], 'tenue', 'réunion en cours'),
  ...meetingVerb('H12', 'cancel', ['preparation', 'invitations_envoyees'], 'en_cours', 'réunion pas encore ouverte'),
  {
    rule: 'H13',
    on: 'meeting',
    act: 'readAttendance',
    when: 'held',
    about: { body: 'parcours', meetingState: 'tenue' },
    yes: parcoursReaders,
  },
  ...meetingVerb(
    'H14',
    'recordAttendance',
    ['invitations_envoyees', 'en_cours', 'tenue'],
    'annulee',
    'réunion annoncée, en cours ou tenue',
  ),
]

/** A verb that the leads of the body may do in some states and nobody in another. */
function meetingVerb(
  rule: `H${number}`,
  act: ActionOn<'meeting'>,
  states: readonly FactsOf['meeting']['meetingState'][],
  refusedIn: FactsOf['meeting']['meetingState'],
  says: string,
): Row[] {
  const allowed = states.map(
    (meetingState): RowOn<'meeting'> => ({
      rule,
      on: 'meeting',
      act,
      when: meetingState,
      about: { body: 'parcours', meetingState },
      yes: parcoursLeads,
      // In preparation, only the body knows of the meeting; afterwards every member does.
      forbidden:
        meetingState === 'preparation'
          ? except(parcoursReaders, ...parcoursLeads)
          : [...except(members, ...parcoursLeads), 'invite'],
      who: leadsSentence,
    }),
  )
  const refused: RowOn<'meeting'> = {
    rule,
    on: 'meeting',
    act,
    when: refusedIn,
    about: { body: 'parcours', meetingState: refusedIn },
    yes: [],
    conflict: [...members, 'invite'],
    states: says,
  }
  return [...allowed, refused]
}

const published = { meetingState: 'tenue', minutesState: 'diffuse' } as const
const draft = { meetingState: 'tenue', minutesState: 'brouillon' } as const
const proofreading = { meetingState: 'tenue', minutesState: 'en_relecture' } as const

/** Rules on minutes. */
export const minutesRows: Row[] = [
  reading('published by Parcours', { body: 'parcours', ...published }, [
    ...operationalAndAbove,
    'prestataire',
    'chef',
    'invite',
  ]),
  reading('published by the strategic instance', { body: 'strategique', ...published }, [
    'presidentStrategique',
    'membreStrategique',
    'membreRestreint',
    'presidentInstitutionnel',
    'membreInstitutionnel',
    'chef',
    'copilote1',
    'copilote2',
    'copiloteOffre',
    'copiloteNumerique',
  ]),
  reading('published by the institutional instance', { body: 'institutionnelle', ...published }, [
    ...institutionalBody,
    'chef',
  ]),
  reading('published by the restricted group', { body: 'restreint', ...published }, ['membreRestreint', 'chef']),
  reading('published by the national group', { body: 'national-2', ...published }, members),
  reading('draft of Parcours', { body: 'parcours', ...draft }, parcoursReaders),
  reading(
    'validated by Parcours, not distributed',
    { body: 'parcours', ...draft, minutesState: 'valide' },
    parcoursReaders,
  ),
  reading('draft of Parcours, meeting not held', { body: 'parcours', ...draft, meetingState: 'en_cours' }, [
    ...parcoursReaders,
    'invite',
  ]),
  reading('draft of the strategic instance', { body: 'strategique', ...draft }, ['presidentStrategique', 'chef']),
  reading('draft of the strategic instance, open to members', { body: 'strategique', ...draft, openToMembers: true }, [
    'presidentStrategique',
    'membreStrategique',
    'chef',
  ]),
  reading('draft of the institutional instance', { body: 'institutionnelle', ...draft }, [
    'presidentInstitutionnel',
    'secretaireInstitutionnel',
    'chef',
  ]),
  {
    rule: 'H16',
    on: 'minutes',
    act: 'write',
    when: 'draft',
    about: { body: 'parcours', ...draft },
    yes: [...parcoursLeads, 'prestataire'],
    forbidden: ['membre', 'suppleant'],
    who: 'les copilotes de l’instance, la présidence de l’instance, le secrétariat de l’instance, le prestataire rattaché à l’instance ou le chef de projet',
  },
  {
    rule: 'H16',
    on: 'minutes',
    act: 'write',
    when: 'draft open to members, meeting running',
    about: { body: 'parcours', ...draft, meetingState: 'en_cours', openToMembers: true },
    yes: parcoursReaders,
    forbidden: ['invite'],
    who: 'les copilotes de l’instance, la présidence de l’instance, le secrétariat de l’instance, le prestataire rattaché à l’instance, le chef de projet ou les membres et suppléants de l’instance',
  },
  {
    rule: 'H16',
    on: 'minutes',
    act: 'write',
    when: 'sealed',
    about: { body: 'parcours', ...published },
    yes: [],
    conflict: [...operationalAndAbove, 'prestataire', 'chef', 'invite'],
    states: 'compte rendu pas encore scellé, réunion ni annulée ni reportée ou rédaction ouverte aux membres',
  },
  minutesVerb('H17', 'openToMembers', 'draft', { body: 'parcours', ...draft }, parcoursLeads, leadsSentence),
  minutesVerb(
    'H18',
    'startProofreading',
    'draft of a held meeting',
    { body: 'parcours', ...draft },
    parcoursLeads,
    leadsSentence,
  ),
  minutesConflict(
    'H18',
    'startProofreading',
    'draft of a running meeting',
    {
      body: 'parcours',
      ...draft,
      meetingState: 'en_cours',
    },
    [...parcoursReaders, 'invite'],
    'compte rendu en brouillon d’une réunion tenue',
  ),
  minutesVerb(
    'H19',
    'resumeDrafting',
    'in proofreading',
    { body: 'parcours', ...proofreading },
    parcoursLeads,
    leadsSentence,
  ),
  minutesVerb(
    'H20',
    'approve',
    'all copilotes validate',
    { body: 'parcours', ...proofreading },
    copilotes,
    'les copilotes de l’instance',
  ),
  minutesConflict(
    'H20',
    'approve',
    'still a draft',
    { body: 'parcours', ...draft },
    parcoursReaders,
    'compte rendu en relecture',
  ),
  {
    rule: 'H20',
    on: 'minutes',
    act: 'approve',
    when: 'the presidency validates',
    about: { body: 'strategique', ...proofreading },
    yes: ['presidentStrategique'],
    forbidden: ['chef'],
    who: 'la présidence de l’instance',
  },
  {
    rule: 'H20',
    on: 'minutes',
    act: 'approve',
    when: 'the chef de projet validates',
    about: { body: 'restreint', ...proofreading },
    yes: ['chef'],
    forbidden: ['membreRestreint'],
    who: 'le chef de projet',
  },
  minutesVerb(
    'H21',
    'validate',
    'all copilotes validate',
    { body: 'parcours', ...proofreading },
    copilotes,
    'les copilotes de l’instance',
  ),
  minutesVerb(
    'H22',
    'validateInAbsence',
    'all copilotes validate',
    { body: 'parcours', ...proofreading },
    parcoursLeads,
    'les copilotes de l’instance ou le chef de projet',
  ),
  minutesConflict(
    'H22',
    'validateInAbsence',
    'the presidency validates',
    { body: 'strategique', ...proofreading },
    ['presidentStrategique', 'chef'],
    'compte rendu en relecture, validation par les copilotes',
  ),
  minutesVerb(
    'H23',
    'distribute',
    'validated',
    { body: 'parcours', ...draft, minutesState: 'valide' },
    copilotes,
    'les copilotes de l’instance',
  ),
  {
    rule: 'H24',
    on: 'minutes',
    act: 'recordApproval',
    when: 'distributed',
    about: { body: 'parcours', ...published },
    yes: copilotes,
    forbidden: [...except(operationalAndAbove, ...copilotes), 'prestataire', 'chef', 'invite'],
    who: 'les copilotes de l’instance, la présidence de l’instance ou le secrétariat de l’instance',
  },
]

function reading(when: string, about: About, yes: readonly CastName[]): Row {
  return { rule: 'H15', on: 'minutes', act: 'read', when, about, yes }
}

/** A verb on a draft of Parcours: its readers who may not are told who can. */
function minutesVerb(
  rule: `H${number}`,
  act: ActionOn<'minutes'>,
  when: string,
  about: About,
  yes: readonly CastName[],
  who: string,
): Row {
  return { rule, on: 'minutes', act, when, about, yes, forbidden: except(parcoursReaders, ...yes), who }
}

function minutesConflict(
  rule: `H${number}`,
  act: ActionOn<'minutes'>,
  when: string,
  about: About,
  conflict: readonly CastName[],
  states: string,
): Row {
  return { rule, on: 'minutes', act, when, about, yes: [], conflict, states }
}

const competentSentence =
  'la présidence de l’instance compétente, le secrétariat de l’instance compétente ou le chef de projet'
const pending = { proposing: 'parcours', body: 'institutionnelle' } as const
/** Proposing body, its prestataire, competent body, chef de projet. */
const pendingReaders: readonly CastName[] = [...parcoursReaders, ...institutionalBody]

/** Rules on actions and decisions. */
export const registerRows: Row[] = [
  {
    rule: 'H25',
    on: 'action',
    act: 'read',
    when: 'its owner reads it, even in minutes that they do not read',
    about: { body: 'strategique', ...draft, owner: 'membre of parcours' },
    yes: ['presidentStrategique', 'chef', 'membre'],
  },
  {
    rule: 'H25',
    on: 'action',
    act: 'read',
    when: 'the representatives of the institution in charge read it',
    about: { body: 'strategique', ...draft, owner: 'CAF' },
    yes: ['presidentStrategique', 'chef', 'copiloteNumerique', 'membreInstitutionnel', 'correspondantCaf'],
  },
  {
    rule: 'H25',
    on: 'action',
    act: 'read',
    when: 'the body in charge reads it',
    about: { body: 'strategique', ...draft, owner: 'numerique' },
    yes: ['presidentStrategique', 'chef', 'copiloteNumerique'],
  },
  {
    rule: 'H26',
    on: 'action',
    act: 'updateProgress',
    when: 'the institution in charge is another',
    about: { body: 'parcours', ...published, owner: 'CAF' },
    yes: ['copilote1', 'copilote2', 'copiloteNumerique', 'membreInstitutionnel', 'correspondantCaf'],
    forbidden: [
      ...except(operationalAndAbove, 'copilote1', 'copilote2', 'copiloteNumerique', 'membreInstitutionnel'),
      'prestataire',
      'chef',
      'invite',
    ],
    who: 'la personne qui en est chargée, les représentants de la structure qui en est chargée, les correspondants de la structure qui en est chargée, les membres de l’instance qui en est chargée, les copilotes de l’instance, la présidence de l’instance ou le secrétariat de l’instance',
  },
  {
    rule: 'H26',
    on: 'action',
    act: 'updateProgress',
    when: 'the body in charge is another',
    about: { body: 'parcours', ...published, owner: 'numerique' },
    yes: ['copilote1', 'copilote2', 'copiloteNumerique'],
    forbidden: [
      ...except(operationalAndAbove, 'copilote1', 'copilote2', 'copiloteNumerique'),
      'prestataire',
      'chef',
      'invite',
    ],
    who: 'la personne qui en est chargée, les représentants de la structure qui en est chargée, les correspondants de la structure qui en est chargée, les membres de l’instance qui en est chargée, les copilotes de l’instance, la présidence de l’instance ou le secrétariat de l’instance',
  },
  {
    rule: 'H27',
    on: 'decision',
    act: 'read',
    when: 'adopted',
    about: { ...pending, decisionState: 'adoptee' },
    yes: members,
  },
  {
    rule: 'H27',
    on: 'decision',
    act: 'read',
    when: 'noted',
    about: { ...pending, decisionState: 'prise_d_acte' },
    yes: members,
  },
  ...(['proposee', 'inscrite', 'rejetee', 'ajournee', 'retiree'] as const).map(
    (decisionState): Row => ({
      rule: 'H27',
      on: 'decision',
      act: 'read',
      when: decisionState,
      about: { ...pending, decisionState },
      yes: pendingReaders,
    }),
  ),
  ...(['proposee', 'inscrite', 'ajournee'] as const).map(
    (decisionState): Row => ({
      rule: 'H28',
      on: 'decision',
      act: 'placeOnAgenda',
      when: decisionState,
      about: { ...pending, decisionState },
      yes: ['presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'],
      forbidden: except(pendingReaders, 'presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'),
      who: competentSentence,
    }),
  ),
  {
    rule: 'H29',
    on: 'decision',
    act: 'recordResult',
    when: 'placed on the agenda of the institutional instance',
    about: { ...pending, decisionState: 'inscrite' },
    yes: ['presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'],
    forbidden: except(pendingReaders, 'presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'),
    who: competentSentence,
  },
  {
    rule: 'H29',
    on: 'decision',
    act: 'recordResult',
    when: 'of the strategic instance: a higher body is not competent for it',
    about: { proposing: 'parcours', body: 'strategique', decisionState: 'proposee' },
    yes: ['presidentStrategique', 'chef'],
    forbidden: [...parcoursBody, 'prestataire', 'membreStrategique'],
    who: competentSentence,
  },
  ...(['adoptee', 'rejetee', 'prise_d_acte', 'ajournee', 'retiree'] as const).map(
    (decisionState): Row => ({
      rule: 'H29',
      on: 'decision',
      act: 'recordResult',
      when: decisionState,
      about: { ...pending, decisionState },
      yes: [],
      conflict: decisionState === 'adoptee' || decisionState === 'prise_d_acte' ? members : pendingReaders,
      states: 'décision proposée ou inscrite',
    }),
  ),
  {
    rule: 'H30',
    on: 'decision',
    act: 'withdraw',
    when: 'proposed',
    about: { ...pending, decisionState: 'proposee' },
    yes: copilotes,
    forbidden: except(pendingReaders, ...copilotes),
    who: 'les copilotes ou la présidence de l’instance qui propose',
  },
  {
    rule: 'H30',
    on: 'decision',
    act: 'withdraw',
    when: 'adopted',
    about: { ...pending, decisionState: 'adoptee' },
    yes: [],
    conflict: members,
    states: 'décision encore attendue',
  },
  ...(['adoptee', 'prise_d_acte'] as const).map(
    (decisionState): Row => ({
      rule: 'H51',
      on: 'decision',
      act: 'askRelay',
      when: decisionState,
      about: { ...pending, decisionState },
      yes: ['presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'],
      forbidden: except(members, 'presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'),
      who: 'la présidence de l’instance compétente, le secrétariat de l’instance compétente ou le chef de projet',
    }),
  ),
  {
    rule: 'H51',
    on: 'decision',
    act: 'askRelay',
    when: 'taken by the strategic instance',
    about: { proposing: 'parcours', body: 'strategique', decisionState: 'adoptee' },
    yes: ['presidentStrategique', 'chef'],
    forbidden: except(members, 'presidentStrategique', 'chef'),
    who: 'la présidence de l’instance compétente, le secrétariat de l’instance compétente ou le chef de projet',
  },
  ...(['proposee', 'inscrite', 'ajournee', 'rejetee', 'retiree'] as const).map(
    (decisionState): Row => ({
      rule: 'H51',
      on: 'decision',
      act: 'askRelay',
      when: decisionState,
      about: { ...pending, decisionState },
      yes: [],
      conflict: pendingReaders,
      states: 'décision adoptée ou dont il est pris acte',
    }),
  ),
]
