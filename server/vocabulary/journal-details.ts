import { actionStateLabels } from './actions.ts'
import { decisionNatureLabels } from './decisions.ts'
import { isDay, mediumDate, unbreakableSpaces } from './french.ts'
import {
  consortiumFunctionLabels,
  draftReadersLabels,
  instanceKindLabels,
  levelLabels,
  mandateFunctionLabels,
  validatorRuleLabels,
  visibilityLabels,
} from './governance.ts'
import { attendanceModeLabels, attendanceStatusLabels } from './meetings.ts'

export type DetailValue = string | number | boolean | null

/** A value that gives rights, before and after; of a field that holds words, `true` alone: the journal keeps no content. */
export type DetailChange = { before: DetailValue; after: DetailValue }

/** What a journal line keeps beside its verb: identifiers, codes and days by field, never content nor anybody's name. */
export type JournalDetail = Record<string, DetailValue | DetailChange>

/** The name of today of an instance or an institution: `instance:<id>`. */
type Names = (thing: string) => string | undefined
type Field = { label: string; say: (value: DetailValue, names: Names) => string }

/** The fields that are told with their values, in the order in which they are told. */
const fields: Record<string, Field> = {
  nature: code('Nature', decisionNatureLabels),
  level: code('Niveau', levelLabels),
  kind: code('Sorte', instanceKindLabels),
  function: code('Fonction', { ...mandateFunctionLabels, ...consortiumFunctionLabels }),
  instanceId: {
    label: 'Instance',
    say: (id, names) => (id === null ? 'l’instance qui propose' : named('instance', id, names)),
  },
  organisationId: {
    label: 'Structure',
    say: (id, names) => (id === null ? 'aucune' : named('organisation', id, names)),
  },
  validatorRule: code('Qui valide', validatorRuleLabels),
  draftReaders: code('Qui lit les brouillons', draftReadersLabels),
  minutesVisibility: code('Visibilité des comptes rendus', visibilityLabels),
  opensWritingToMembers: yesNo('Rédaction ouverte aux membres'),
  ...Object.fromEntries(
    Object.entries(instanceKindLabels).map(([kind, label]) => [kind, code(label, visibilityLabels)]),
  ),
  carriesVoice: yesNo('Porte la voix'),
  readsDossier: yesNo('Lit le dossier'),
  state: code('Avancement', actionStateLabels),
  status: code('Présence', attendanceStatusLabels),
  mode: code('Comment', attendanceModeLabels),
  startsOn: day('Premier jour'),
  endsOn: day('Dernier jour'),
  lastDay: day('Dernier jour'),
  organisations: count('Structures'),
  instances: count('Instances'),
  mandates: count('Désignations'),
}

/** The fields that hold words, or point at somebody: that they changed is told, not what they say. */
const words: Record<string, string> = {
  name: 'nom',
  shortName: 'nom court',
  code: 'code',
  parentId: 'rattachement',
  territory: 'territoire',
  purpose: 'objet',
  roles: 'rôles',
  composition: 'composition',
  cadence: 'rythme',
  meetingsPerYear: 'réunions par an',
  votingRules: 'règles de vote',
  civilite: 'civilité',
  qualite: 'qualité',
  functionLabel: 'intitulé de la fonction',
  titulaireMandateId: 'personne secondée',
  replacesMandateId: 'personne remplacée',
}

/** What a line of the journal changed, in French, one sentence a field; what this version does not know is left out. */
export function journalDetails(detail: JournalDetail, names: Names): string[] {
  const told = Object.entries(fields).flatMap(([field, { label, say }]) => {
    const value = detail[field]
    if (value === undefined) return []
    if (!isChange(value)) return value === null ? [] : [`${label} : ${say(value, names)}`]
    return [`${label} : ${say(value.before, names)} → ${say(value.after, names)}`]
  })
  const others = Object.entries(words).flatMap(([field, label]) => (detail[field] === true ? [label] : []))
  const ended = Object.keys(detail).filter(key => /^[0-9a-f-]{36}$/.test(key)).length
  return [
    ...told,
    ...(others.length > 0 ? [`Autres champs modifiés : ${others.join(', ')}`] : []),
    ...(ended > 0 ? [`Mandats terminés : ${ended}`] : []),
  ].map(unbreakableSpaces)
}

/** The identifiers of one kind of thing that details name. */
export function namedIn(details: readonly JournalDetail[], field: 'instanceId' | 'organisationId'): string[] {
  return details.flatMap(detail => {
    const value = detail[field]
    const values = value !== undefined && isChange(value) ? [value.before, value.after] : [value]
    return values.filter(each => typeof each === 'string')
  })
}

function isChange(value: DetailValue | DetailChange): value is DetailChange {
  return typeof value === 'object' && value !== null
}

function code(label: string, labels: Readonly<Record<string, string>>): Field {
  return { label, say: value => (value === null ? 'aucun' : (labels[String(value)] ?? String(value))) }
}

function day(label: string): Field {
  return { label, say: value => (typeof value === 'string' && isDay(value) ? mediumDate(value) : 'aucun') }
}

function yesNo(label: string): Field {
  return { label, say: value => (value === true ? 'oui' : 'non') }
}

function count(label: string): Field {
  return { label, say: String }
}

function named(kind: string, id: DetailValue, names: Names): string {
  return names(`${kind}:${id}`) ?? 'supprimée depuis'
}
