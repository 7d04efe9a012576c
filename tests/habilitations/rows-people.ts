import type { FactsOf } from '#server/habilitations/facts.ts'
import type { ActionOn } from '#server/habilitations/rules.ts'
import type { CastName } from '../cast.ts'
import { except, leadsSentence, members, parcoursLeads, parcoursReaders, type Row, type RowOn } from './rows.ts'

const anything = { body: 'parcours' } as const
const chef = 'le chef de projet'

/** An act of the chef de projet on the consortium: everyone else who enters it is told so, the invité too. */
function chefActs(rule: `H${number}`, act: ActionOn<'consortium'>): Row {
  return {
    rule,
    on: 'consortium',
    act,
    when: 'at any time',
    about: anything,
    yes: ['chef'],
    forbidden: [...except(members, 'chef'), 'invite'],
    who: chef,
  }
}

/** What the chef de projet alone reads of the consortium: for everyone else it does not exist. */
function chefReads(rule: `H${number}`, act: ActionOn<'consortium'>): Row {
  return { rule, on: 'consortium', act, when: 'at any time', about: anything, yes: ['chef'] }
}

/** Rules on the government of the consortium, its institutions, proposals and mandates. */
export const governanceRows: Row[] = [
  chefActs('H50', 'edit'),
  chefActs('H31', 'editOrganisations'),
  chefActs('H32', 'editInstances'),
  chefActs('H33', 'editCompetence'),
  chefActs('H34', 'editMandates'),
  chefActs('H37', 'previewAs'),
  chefReads('H35', 'readJournal'),
  chefReads('H36', 'readMails'),
  { rule: 'H38', on: 'organisation', act: 'read', when: 'CAF', about: anything, yes: members },
  {
    // A representative of the CAF in a technical group does not direct it.
    rule: 'H39',
    on: 'organisation',
    act: 'readActivity',
    when: 'CAF',
    about: anything,
    yes: ['correspondantCaf', 'membreInstitutionnel', 'chef'],
  },
  {
    rule: 'H52',
    on: 'organisation',
    act: 'answerRelay',
    when: 'of the CAF',
    about: anything,
    yes: ['correspondantCaf', 'chef'],
    forbidden: except(members, 'correspondantCaf', 'chef'),
    who: 'les correspondants de la structure ou le chef de projet',
  },
  {
    rule: 'H40',
    on: 'organisation',
    act: 'proposeRepresentative',
    when: 'of the CAF',
    about: anything,
    yes: ['correspondantCaf'],
    forbidden: except(members, 'correspondantCaf'),
    who: 'les correspondants de la structure',
  },
  ...(['proposee', 'acceptee', 'retournee', 'retiree'] as const).map(
    (proposalState): Row => ({
      rule: 'H41',
      on: 'proposal',
      act: 'read',
      when: `of the CAF, ${proposalState}`,
      about: { ...anything, proposalState },
      yes: ['correspondantCaf', 'chef'],
    }),
  ),
  ...proposalVerb('H42', 'answer', 'chef', 'correspondantCaf', chef),
  ...proposalVerb('H43', 'withdraw', 'correspondantCaf', 'chef', 'les correspondants de la structure'),
  { rule: 'H44', on: 'mandate', act: 'read', when: 'of a membre', about: held('membre'), yes: members },
  { rule: 'H53', on: 'consortiumFunction', act: 'read', when: 'of anybody', about: anything, yes: members },
  {
    rule: 'H45',
    on: 'mandate',
    act: 'readHandover',
    when: 'of a membre: not even the copilotes',
    about: held('membre'),
    yes: ['membre', 'chef'],
  },
]

/** What may be done with a proposal to examine, and to nobody once it is answered. */
function proposalVerb(
  rule: `H${number}`,
  act: ActionOn<'proposal'>,
  yes: CastName,
  other: CastName,
  who: string,
): Row[] {
  const row = (proposalState: FactsOf['proposal']['proposalState']) =>
    ({ rule, on: 'proposal', act, when: proposalState, about: { ...anything, proposalState } }) as const
  return [
    { ...row('proposee'), yes: [yes], forbidden: [other], who },
    ...(['acceptee', 'retournee', 'retiree'] as const).map(
      (state): Row => ({ ...row(state), yes: [], conflict: [yes, other], states: 'proposition à examiner' }),
    ),
  ]
}

function held(holder: CastName, body = 'parcours') {
  return { body, holder }
}

/** The mandate of the president of the strategic instance, whom an assistant serves. */
const president = held('presidentStrategique', 'strategique')
const strategicReaders: readonly CastName[] = ['presidentStrategique', 'membreStrategique', 'chef']
const withAssistant: readonly CastName[] = [...strategicReaders, 'assistantDossier']

/** Rules on the presence of the holder of a mandate, and on previews of minutes. */
export const presenceRows: Row[] = [
  presence('H47', 'read', 'in preparation', 'preparation', { yes: strategicReaders }),
  ...(['invitations_envoyees', 'en_cours', 'tenue', 'annulee', 'reportee'] as const).map(state =>
    presence('H47', 'read', state, state, { yes: withAssistant }),
  ),
  {
    rule: 'H47',
    on: 'presence',
    act: 'read',
    when: 'cancelled before its announcement',
    about: { ...president, meetingState: 'annulee', announced: false },
    yes: strategicReaders,
  },
  {
    rule: 'H47',
    on: 'presence',
    act: 'read',
    when: 'of a membre of Parcours',
    about: held('membre'),
    yes: parcoursReaders,
  },
  presence('H48', 'answer', 'in preparation: nobody is asked yet', 'preparation', {
    yes: [],
    conflict: strategicReaders,
    states: awaiting(),
  }),
  ...(['invitations_envoyees', 'en_cours'] as const).map(state =>
    presence('H48', 'answer', state, state, {
      yes: ['presidentStrategique', 'assistantDossier'],
      forbidden: ['membreStrategique', 'chef'],
      who: 'la personne qui a le mandat ou la personne qui assiste ce mandat',
    }),
  ),
  ...(['tenue', 'annulee', 'reportee'] as const).map(state =>
    presence('H48', 'answer', state, state, { yes: [], conflict: withAssistant, states: awaiting() }),
  ),
  {
    rule: 'H46',
    on: 'minutes',
    act: 'previewAs',
    when: 'draft',
    about: { body: 'parcours', meetingState: 'tenue', minutesState: 'brouillon' },
    yes: parcoursLeads,
    forbidden: except(parcoursReaders, ...parcoursLeads),
    who: leadsSentence,
  },
  {
    rule: 'H46',
    on: 'minutes',
    act: 'previewAs',
    when: 'draft of the institutional instance',
    about: { body: 'institutionnelle', meetingState: 'tenue', minutesState: 'brouillon' },
    yes: ['presidentInstitutionnel', 'secretaireInstitutionnel', 'chef'],
  },
]

function awaiting(): string {
  return 'réunion annoncée, pas encore tenue'
}

function presence(
  rule: `H${number}`,
  act: ActionOn<'presence'>,
  when: string,
  meetingState: FactsOf['presence']['meetingState'],
  answers: Omit<RowOn<'presence'>, 'rule' | 'on' | 'act' | 'when' | 'about'>,
): Row {
  return { rule, on: 'presence', act, when, about: { ...president, meetingState }, ...answers }
}
