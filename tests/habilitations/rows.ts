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

const technicalCopilotes: readonly CastName[] = ['copilote1', 'copilote2', 'copiloteOffre', 'copiloteNumerique']
/** Level at least strategic. */
const strategicAndAbove: readonly CastName[] = [
  'presidentStrategique',
  'membreStrategique',
  'membreRestreint',
  'presidentInstitutionnel',
  'membreInstitutionnel',
]
const institutionalLeads: readonly CastName[] = ['presidentInstitutionnel', 'secretaireInstitutionnel', 'chef']

type MeetingState = FactsOf['meeting']['meetingState']

const announcedStates = ['invitations_envoyees', 'en_cours', 'tenue', 'annulee', 'reportee'] as const
const statesOfMeeting: readonly MeetingState[] = ['preparation', ...announcedStates]
/** In preparation, or cancelled before it was announced. */
const unannounced = [{ meetingState: 'preparation' }, { meetingState: 'annulee', announced: false }] as const

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
  ...announcedStates.map(state => meetingReading('H6', 'readEntry', state, [...members, 'invite'])),
  ...unannounced.map(about => meetingReading('H6', 'readEntry', about, parcoursReaders)),
  ...announcedStates.map(state => meetingReading('H7', 'read', state, [...parcoursReaders, 'invite'])),
  ...unannounced.map(about => meetingReading('H7', 'read', about, parcoursReaders)),
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'of the strategic instance, announced: its assistant with the dossier and the copilotes of technical groups too',
    about: { body: 'strategique', meetingState: 'invitations_envoyees' },
    yes: ['presidentStrategique', 'membreStrategique', 'assistantDossier', 'chef', ...technicalCopilotes],
  },
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'of the strategic instance, in preparation',
    about: { body: 'strategique', meetingState: 'preparation' },
    yes: ['presidentStrategique', 'membreStrategique', 'chef'],
  },
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'of the institutional instance, announced: not its assistant without the dossier',
    about: { body: 'institutionnelle', meetingState: 'invitations_envoyees' },
    yes: [...institutionalBody, 'chef'],
  },
  // Permanent invités of the strategic instance itself: not of what else stands at its level.
  ...(['groupe_restreint', 'groupe_national', 'participation'] as const).map(
    (kind): Row => ({
      rule: 'H7',
      on: 'meeting',
      act: 'read',
      when: `of a ${kind} at the strategic level, announced`,
      about: { body: 'restreint', kind, meetingState: 'invitations_envoyees' },
      yes: ['membreRestreint', 'chef'],
    }),
  ),
  {
    rule: 'H7',
    on: 'meeting',
    act: 'read',
    when: 'of a transversal group, announced: not the copilotes of the others',
    about: { body: 'numerique', meetingState: 'invitations_envoyees' },
    yes: ['copiloteNumerique', 'chef'],
  },
  ...meetingVerb('H8', 'edit', ['preparation', 'invitations_envoyees', 'en_cours'], 'réunion pas encore tenue'),
  ...statesOfMeeting.map((meetingState): Row => {
    const row = { rule: 'H49', on: 'meeting', act: 'proposeItem', when: meetingState } as const
    const about = { body: 'parcours', meetingState }
    const knowing = meetingState === 'preparation' ? parcoursReaders : [...members, 'invite' as const]
    return ['preparation', 'invitations_envoyees', 'en_cours'].includes(meetingState)
      ? {
          ...row,
          about,
          yes: parcoursBody,
          forbidden: except(knowing, ...parcoursBody),
          who: 'les membres de l’instance',
        }
      : { ...row, about, yes: [], conflict: knowing, states: 'réunion pas encore tenue' }
  }),
  ...meetingVerb('H9', 'announce', ['preparation'], 'réunion en préparation'),
  ...meetingVerb('H10', 'start', ['invitations_envoyees'], 'réunion annoncée, pas encore ouverte'),
  ...meetingVerb('H11', 'close', ['en_cours'], 'réunion en cours'),
  ...meetingVerb('H12', 'cancel', ['preparation', 'invitations_envoyees'], 'réunion pas encore ouverte'),
  ...statesOfMeeting.map(state => meetingReading('H13', 'readAttendance', state, parcoursReaders)),
  ...meetingVerb(
    'H14',
    'recordAttendance',
    ['invitations_envoyees', 'en_cours', 'tenue'],
    'réunion annoncée, en cours ou tenue',
  ),
]

/** What is read of a meeting of Parcours, in a state. */
function meetingReading(
  rule: `H${number}`,
  act: ActionOn<'meeting'>,
  which: MeetingState | Partial<About>,
  yes: readonly CastName[],
): Row {
  const about = typeof which === 'string' ? { meetingState: which } : which
  const when = about.announced === false ? `${about.meetingState}, never announced` : `${about.meetingState}`
  return { rule, on: 'meeting', act, when, about: { body: 'parcours', ...about }, yes }
}

/** A verb that the leads of the body may do in some states and nobody in the others. */
function meetingVerb(
  rule: `H${number}`,
  act: ActionOn<'meeting'>,
  states: readonly MeetingState[],
  says: string,
): Row[] {
  const [first = 'preparation'] = states
  const row = { rule, on: 'meeting', act } as const
  // In preparation, only the body knows of the meeting; afterwards every member does.
  const knowing = (state: MeetingState, body: readonly CastName[], ...invites: CastName[]) =>
    state === 'preparation' ? body : [...members, ...invites]
  return [
    ...statesOfMeeting.map((meetingState): Row => {
      const about = { body: 'parcours', meetingState }
      const all = knowing(meetingState, parcoursReaders, 'invite')
      return states.includes(meetingState)
        ? {
            ...row,
            when: meetingState,
            about,
            yes: parcoursLeads,
            forbidden: except(all, ...parcoursLeads),
            who: leadsSentence,
          }
        : { ...row, when: meetingState, about, yes: [], conflict: all, states: says }
    }),
    {
      ...row,
      when: `${first}, of the institutional instance`,
      about: { body: 'institutionnelle', meetingState: first },
      yes: institutionalLeads,
      forbidden: except(knowing(first, [...institutionalBody, 'chef']), ...institutionalLeads),
      who: leadsSentence,
    },
  ]
}

const published = { meetingState: 'tenue', minutesState: 'diffuse' } as const
const draft = { meetingState: 'tenue', minutesState: 'brouillon' } as const
const proofreading = { meetingState: 'tenue', minutesState: 'en_relecture' } as const

type MinutesStates = Pick<FactsOf['minutes'], 'meetingState' | 'minutesState'>

const isPublished = ({ minutesState }: MinutesStates) => minutesState === 'diffuse' || minutesState === 'approuve'
const isProofread = ({ minutesState }: MinutesStates) => minutesState === 'en_relecture'
const isWritable = ({ meetingState, minutesState }: MinutesStates) =>
  (minutesState === 'brouillon' || minutesState === 'en_relecture') &&
  meetingState !== 'annulee' &&
  meetingState !== 'reportee'

const writersSentence =
  'les copilotes de l’instance, la présidence de l’instance, le secrétariat de l’instance, le prestataire rattaché à l’instance ou le chef de projet'
const writableStates = 'compte rendu pas encore scellé, réunion ni annulée ni reportée ou rédaction ouverte aux membres'
/** Those who read published minutes of Parcours, visible to its level. */
const publishedReaders: readonly CastName[] = [...operationalAndAbove, 'prestataire', 'chef', 'invite']

/** Each state of minutes, and each state of a meeting of which they may be a draft or in proofreading. */
const statesOfMinutes: readonly MinutesStates[] = [
  ...statesOfMeeting.flatMap(meetingState => [
    { meetingState, minutesState: 'brouillon' as const },
    { meetingState, minutesState: 'en_relecture' as const },
  ]),
  ...(['valide', 'diffuse', 'approuve'] as const).map(minutesState => ({
    meetingState: 'tenue' as const,
    minutesState,
  })),
]

/** Rules on minutes. */
export const minutesRows: Row[] = [
  ...(['diffuse', 'approuve'] as const).flatMap(minutesState =>
    reading(`${minutesState}, by Parcours`, { body: 'parcours', ...published, minutesState }, publishedReaders),
  ),
  ...reading('published by Parcours to itself alone', { body: 'parcours', ...published, visibility: 'instance' }, [
    ...parcoursReaders,
    'invite',
  ]),
  ...reading('published by the strategic instance', { body: 'strategique', ...published }, [
    ...strategicAndAbove,
    'chef',
    ...technicalCopilotes,
  ]),
  ...reading(
    'published by the strategic instance to itself alone',
    {
      body: 'strategique',
      ...published,
      visibility: 'instance',
    },
    ['presidentStrategique', 'membreStrategique', 'chef'],
  ),
  ...reading(
    'published by the strategic instance to every member',
    { body: 'strategique', ...published, visibility: 'consortium' },
    members,
  ),
  ...reading('published by the institutional instance', { body: 'institutionnelle', ...published }, [
    ...institutionalBody,
    'chef',
  ]),
  ...reading('published by the restricted group', { body: 'restreint', ...published }, ['membreRestreint', 'chef']),
  // What else stands at the strategic level is not the strategic instance: copilotes of technical groups stay out.
  ...(['groupe_restreint', 'groupe_national', 'participation'] as const).flatMap(kind =>
    reading(`published by a ${kind} to its level`, { body: 'restreint', kind, ...published, visibility: 'niveau' }, [
      ...strategicAndAbove,
      'chef',
    ]),
  ),
  ...reading('published by the national group', { body: 'national-2', ...published }, members),
  ...(['brouillon', 'en_relecture', 'valide'] as const).flatMap(minutesState => [
    ...reading(`${minutesState}, of Parcours`, { body: 'parcours', ...draft, minutesState }, parcoursReaders),
    ...reading(
      `${minutesState}, of Parcours, for who writes alone`,
      { body: 'parcours', ...draft, minutesState, draftReaders: 'redacteurs' },
      [...parcoursLeads, 'prestataire'],
    ),
    ...reading(`${minutesState}, of the strategic instance`, { body: 'strategique', ...draft, minutesState }, [
      'presidentStrategique',
      'chef',
    ]),
    ...reading(`${minutesState}, of the institutional instance`, { body: 'institutionnelle', ...draft, minutesState }, [
      'presidentInstitutionnel',
      'secretaireInstitutionnel',
      'chef',
    ]),
    ...reading(
      `${minutesState}, of the strategic instance, open to members`,
      { body: 'strategique', ...draft, minutesState, openToMembers: true },
      minutesState === 'valide'
        ? ['presidentStrategique', 'chef']
        : ['presidentStrategique', 'membreStrategique', 'chef'],
      // An action in it is not part of what is written together.
      ['presidentStrategique', 'chef'],
    ),
    ...reading(
      `${minutesState}, for who writes alone, open to members`,
      { body: 'parcours', ...draft, minutesState, draftReaders: 'redacteurs', openToMembers: true },
      minutesState === 'valide' ? [...parcoursLeads, 'prestataire'] : parcoursReaders,
      [...parcoursLeads, 'prestataire'],
    ),
  ]),
  ...statesOfMeeting.flatMap(meetingState =>
    reading(
      `draft of Parcours, meeting ${meetingState}`,
      { body: 'parcours', ...draft, meetingState },
      draftReadersIn(meetingState),
      parcoursReaders,
    ),
  ),
  ...eachState('H16', 'write', {
    says: writersSentence,
    states: writableStates,
    allowed: isWritable,
    yes: [...parcoursLeads, 'prestataire'],
  }),
  ...eachState('H16', 'write', {
    about: { openToMembers: true },
    says: `${writersSentence.replace(' ou le chef de projet', ', le chef de projet')} ou les membres et suppléants de l’instance`,
    states: writableStates,
    allowed: isWritable,
    yes: parcoursReaders,
  }),
  inInstitutional('H16', 'write', draft, institutionalLeads, writersSentence),
  ...eachState('H17', 'openToMembers', {
    says: leadsSentence,
    states: 'compte rendu pas encore scellé, réunion ni annulée ni reportée',
    allowed: isWritable,
    yes: parcoursLeads,
  }),
  inInstitutional('H17', 'openToMembers', draft, institutionalLeads, leadsSentence),
  ...eachState('H18', 'startProofreading', {
    says: leadsSentence,
    states: 'compte rendu en brouillon d’une réunion tenue',
    allowed: ({ meetingState, minutesState }) => meetingState === 'tenue' && minutesState === 'brouillon',
    yes: parcoursLeads,
  }),
  inInstitutional('H18', 'startProofreading', draft, institutionalLeads, leadsSentence),
  ...eachState('H19', 'resumeDrafting', {
    says: leadsSentence,
    states: 'compte rendu en relecture',
    allowed: isProofread,
    yes: parcoursLeads,
  }),
  inInstitutional('H19', 'resumeDrafting', proofreading, institutionalLeads, leadsSentence),
  ...validation('H20', 'approve', isProofread, 'en_relecture', 'compte rendu en relecture'),
  ...validation('H21', 'validate', isProofread, 'en_relecture', 'compte rendu en relecture'),
  ...validation('H23', 'distribute', ({ minutesState }) => minutesState === 'valide', 'valide', 'compte rendu validé'),
  ...(['tous_les_copilotes', 'un_copilote'] as const).flatMap(validatorRule =>
    eachState('H22', 'validateInAbsence', {
      about: { validatorRule },
      says: 'les copilotes de l’instance ou le chef de projet',
      states: 'compte rendu en relecture, validation par les copilotes',
      allowed: isProofread,
      yes: parcoursLeads,
    }),
  ),
  ...(['presidence', 'chef_de_projet'] as const).map(
    (validatorRule): Row => ({
      rule: 'H22',
      on: 'minutes',
      act: 'validateInAbsence',
      when: `${validatorRule} validates`,
      about: { body: 'parcours', ...proofreading, validatorRule },
      yes: [],
      conflict: parcoursReaders,
      states: 'compte rendu en relecture, validation par les copilotes',
    }),
  ),
  ...eachState('H24', 'recordApproval', {
    says: 'les copilotes de l’instance, la présidence de l’instance ou le secrétariat de l’instance',
    states: 'compte rendu diffusé, pas encore approuvé',
    allowed: ({ minutesState }) => minutesState === 'diffuse',
    yes: copilotes,
  }),
  inInstitutional(
    'H24',
    'recordApproval',
    published,
    ['presidentInstitutionnel', 'secretaireInstitutionnel'],
    'les copilotes de l’instance, la présidence de l’instance ou le secrétariat de l’instance',
  ),
]

/** Who reads minutes, and who reads the actions in them (the same people unless it is said). */
function reading(when: string, about: About, yes: readonly CastName[], actions = yes): Row[] {
  return [
    { rule: 'H15', on: 'minutes', act: 'read', when, about, yes },
    { rule: 'H25', on: 'action', act: 'read', when: `in minutes ${when}`, about, yes: actions },
  ]
}

/** The invité of a meeting reads its draft from the announcement until it is held. */
function draftReadersIn(meetingState: MeetingState): readonly CastName[] {
  return meetingState === 'invitations_envoyees' || meetingState === 'en_cours'
    ? [...parcoursReaders, 'invite']
    : parcoursReaders
}

/** A verb on minutes of Parcours in each state: its readers who may not are told who can, or that nobody can. */
function eachState(
  rule: `H${number}`,
  act: ActionOn<'minutes'>,
  said: {
    about?: Partial<About>
    says: string
    states: string
    allowed: (states: MinutesStates) => boolean
    yes: readonly CastName[]
  },
): Row[] {
  return statesOfMinutes.map((states): Row => {
    const readers = isPublished(states) ? publishedReaders : draftReadersIn(states.meetingState)
    const more = said.about ? `, ${JSON.stringify(said.about)}` : ''
    const row = {
      rule,
      on: 'minutes',
      act,
      when: `${states.minutesState}, meeting ${states.meetingState}${more}`,
      about: { body: 'parcours', ...states, ...said.about },
    } as const
    return said.allowed(states)
      ? { ...row, yes: said.yes, forbidden: except(readers, ...said.yes), who: said.says }
      : { ...row, yes: [], conflict: readers, states: said.states }
  })
}

/** The same verb in the institutional instance, which has a president and a secretary, and no copilote. */
function inInstitutional(
  rule: `H${number}`,
  act: ActionOn<'minutes'>,
  states: MinutesStates,
  yes: readonly CastName[],
  who: string,
): Row {
  const readers = isPublished(states) ? [...institutionalBody, 'chef' as const] : institutionalLeads
  const about = { body: 'institutionnelle', ...states }
  return {
    rule,
    on: 'minutes',
    act,
    when: 'of the institutional instance',
    about,
    yes,
    forbidden: except(readers, ...yes),
    who,
  }
}

/** A verb of those who validate: whom the rule of the instance names, and nobody else. */
function validation(
  rule: `H${number}`,
  act: ActionOn<'minutes'>,
  allowed: (states: MinutesStates) => boolean,
  minutesState: MinutesStates['minutesState'],
  states: string,
): Row[] {
  const by = {
    tous_les_copilotes: 'les copilotes de l’instance',
    un_copilote: 'les copilotes de l’instance',
    presidence: 'la présidence de l’instance',
    chef_de_projet: 'le chef de projet',
  } as const
  const one = (
    body: string,
    validatorRule: keyof typeof by,
    readers: readonly CastName[],
    yes: readonly CastName[],
  ): Row => ({
    rule,
    on: 'minutes',
    act,
    when: `of ${body}, ${validatorRule} validates`,
    about: { body, meetingState: 'tenue', minutesState, validatorRule },
    yes,
    forbidden: except(readers, ...yes),
    who: by[validatorRule],
  })
  const strategic: readonly CastName[] = ['presidentStrategique', 'chef']
  return [
    ...eachState(rule, act, { says: by.tous_les_copilotes, states, allowed, yes: copilotes }),
    one('parcours', 'un_copilote', parcoursReaders, copilotes),
    one('parcours', 'presidence', parcoursReaders, []),
    one('parcours', 'chef_de_projet', parcoursReaders, ['chef']),
    one('strategique', 'tous_les_copilotes', strategic, []),
    one('strategique', 'un_copilote', strategic, []),
    one('strategique', 'presidence', strategic, ['presidentStrategique']),
    one('strategique', 'chef_de_projet', strategic, ['chef']),
  ]
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
  ...(
    [
      ['membre of parcours', ['membre']],
      ['CAF', ['copiloteNumerique', 'membreInstitutionnel', 'correspondantCaf']],
    ] as const
  ).map(
    ([owner, inCharge]): Row => ({
      rule: 'H26',
      on: 'action',
      act: 'updateProgress',
      when: `in charge: ${owner}`,
      about: { body: 'institutionnelle', ...published, owner },
      yes: ['presidentInstitutionnel', 'secretaireInstitutionnel', ...inCharge],
      forbidden: except(
        [...institutionalBody, 'chef'],
        'presidentInstitutionnel',
        'secretaireInstitutionnel',
        ...inCharge,
      ),
      who: 'la personne qui en est chargée, les représentants de la structure qui en est chargée, les correspondants de la structure qui en est chargée, les membres de l’instance qui en est chargée, les copilotes de l’instance, la présidence de l’instance ou le secrétariat de l’instance',
    }),
  ),
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
  {
    rule: 'H27',
    on: 'decision',
    act: 'read',
    when: 'proposed to a body whose prestataire is attached to it alone',
    about: { proposing: 'numerique', body: 'offre', decisionState: 'proposee' },
    yes: ['copiloteNumerique', 'copiloteOffre', 'membreOffre', 'prestataire', 'chef'],
  },
  ...answered('H28', 'placeOnAgenda', ['adoptee', 'rejetee', 'prise_d_acte', 'retiree'], 'décision encore attendue'),
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
  ...answered(
    'H29',
    'recordResult',
    ['adoptee', 'rejetee', 'prise_d_acte', 'ajournee', 'retiree'],
    'décision proposée ou inscrite',
  ),
  ...(['proposee', 'inscrite', 'ajournee'] as const).map(
    (decisionState): Row => ({
      rule: 'H30',
      on: 'decision',
      act: 'withdraw',
      when: decisionState,
      about: { ...pending, decisionState },
      yes: copilotes,
      forbidden: except(pendingReaders, ...copilotes),
      who: 'les copilotes ou la présidence de l’instance qui propose',
    }),
  ),
  {
    rule: 'H30',
    on: 'decision',
    act: 'withdraw',
    when: 'proposed by a body that has a president',
    about: { proposing: 'strategique', body: 'institutionnelle', decisionState: 'proposee' },
    yes: ['presidentStrategique'],
    forbidden: ['membreStrategique', ...institutionalBody, 'chef'],
    who: 'les copilotes ou la présidence de l’instance qui propose',
  },
  ...answered('H30', 'withdraw', ['adoptee', 'rejetee', 'prise_d_acte', 'retiree'], 'décision encore attendue'),
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
  ...answered(
    'H51',
    'askRelay',
    ['proposee', 'inscrite', 'ajournee', 'rejetee', 'retiree'],
    'décision adoptée ou dont il est pris acte',
  ),
]

/** What nobody may do with a decision in these states. */
function answered(
  rule: `H${number}`,
  act: ActionOn<'decision'>,
  states: readonly FactsOf['decision']['decisionState'][],
  says: string,
): Row[] {
  return states.map(decisionState => ({
    rule,
    on: 'decision',
    act,
    when: decisionState,
    about: { ...pending, decisionState },
    yes: [],
    conflict: decisionState === 'adoptee' || decisionState === 'prise_d_acte' ? members : pendingReaders,
    states: says,
  }))
}
