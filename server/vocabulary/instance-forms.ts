import * as z from 'zod'
import { codeSchema, day, identifier, line, paragraph, requiredLine } from './fields.ts'
import {
  draftReadersLabels,
  instanceKindLabels,
  levelLabels,
  technicalGroupKinds,
  type VotingRules,
  validatorRuleLabels,
  visibilityLabels,
} from './governance.ts'
import { versionField } from './organisation-forms.ts'

/** A whole number written in a field. */
function wholeNumber(least: number, most: number, error: string) {
  return z
    .string({ error })
    .trim()
    .regex(/^\d{1,4}$/, { error })
    .transform(Number)
    .refine(value => value >= least && value <= most, { error })
}

const ticked = z
  .literal('oui', { error: 'Rechargez la page.' })
  .optional()
  .transform(value => value === 'oui')

/** What voices an institution has there; an empty field is one voice. */
const weight = z.object({
  organisationId: identifier(),
  voices: z
    .union([z.literal(''), wholeNumber(0, 99, 'Un nombre de voix entre 0 et 99.')])
    .default('')
    .transform(value => (value === '' ? 1 : value)),
})

const settings = z.object({
  name: requiredLine(200, 'Indiquez le nom de l’instance.'),
  shortName: requiredLine(60, 'Indiquez le nom court de l’instance.'),
  code: line(20)
    .transform(code => code.toUpperCase())
    .refine(code => /^[A-Z0-9]{2,10}$/.test(code), {
      error: 'De 2 à 10 lettres sans accent ou chiffres, par exemple STRAT.',
    }),
  level: codeSchema(levelLabels, 'Choisissez le niveau.'),
  kind: codeSchema(instanceKindLabels, 'Choisissez la nature de l’instance.'),
  parentId: z
    .union([z.literal(''), identifier()], { error: 'Choisissez une instance de la liste.' })
    .default('')
    .transform(id => id || null),
  territory: line(200),
  purpose: paragraph(2000),
  /** One on each line. */
  roles: paragraph(8000).transform(text =>
    text
      .split('\n')
      .map(role => role.trim())
      .filter(Boolean),
  ),
  composition: paragraph(2000),
  cadence: line(200),
  meetingsPerYear: z
    .union([z.literal(''), wholeNumber(1, 366, 'Un nombre de réunions par an, ou rien.')], {
      error: 'Un nombre de réunions par an, ou rien.',
    })
    .default('')
    .transform(value => (value === '' ? null : value)),
  validatorRule: codeSchema(validatorRuleLabels, 'Dites qui valide les comptes rendus.'),
  draftReaders: codeSchema(draftReadersLabels, 'Dites qui lit les brouillons.'),
  minutesVisibility: codeSchema(visibilityLabels, 'Dites qui lit les comptes rendus diffusés.'),
  opensWritingToMembers: ticked,
  votes: ticked,
  quorumPercent: z
    .union([z.literal(''), wholeNumber(0, 100, 'Un pourcentage entre 0 et 100.')], {
      error: 'Un pourcentage entre 0 et 100.',
    })
    .default('')
    .transform(value => (value === '' ? 0 : value)),
  castingVote: ticked,
  mostProxies: z
    .union([z.literal(''), wholeNumber(0, 9, 'Un nombre de pouvoirs entre 0 et 9.')], {
      error: 'Un nombre de pouvoirs entre 0 et 9.',
    })
    .default('')
    .transform(value => (value === '' ? 0 : value)),
  weights: z.array(weight).max(300, { error: 'Trop de lignes.' }).default([]),
})

type Settings = z.output<typeof settings>

/** Rules between fields, said with the others. */
const always = () => true

function checked<Schema extends z.ZodType<Settings>>(schema: Schema) {
  return schema
    .refine(form => form.level === 'operationnel' || !technicalGroupKinds.includes(form.kind), {
      error: 'Un groupe opérationnel ou transversal est de niveau opérationnel : changez le niveau, ou la nature.',
      path: ['level'],
      when: always,
    })
    .refine(form => form.minutesVisibility !== 'instance' || !technicalGroupKinds.includes(form.kind), {
      error:
        'L’instance stratégique reçoit tous les comptes rendus des groupes techniques : ils ne peuvent pas être réservés au groupe.',
      path: ['minutesVisibility'],
      when: always,
    })
}

/** An instance to create. */
export const newInstanceForm = checked(settings)
export type NewInstanceForm = z.output<typeof newInstanceForm>

/** The settings of an instance, with what its author was told of their consequences. */
export const instanceForm = checked(settings.extend({ version: versionField, confirmed: versionField.default('') }))
export type InstanceForm = NewInstanceForm & { version: string; confirmed: string }

/** The voting rules of a form: none for a body that decides by consensus. Institutions of one voice are left out. */
export function votingRulesFrom(form: NewInstanceForm): VotingRules | null {
  if (!form.votes) return null
  const weights = form.weights.filter(({ voices }) => voices !== 1)
  return {
    quorumPercent: form.quorumPercent,
    weights: Object.fromEntries(weights.map(({ organisationId, voices }) => [organisationId, voices])),
    castingVote: form.castingVote ? 'presidence' : 'aucune',
    mostProxies: form.mostProxies,
  }
}

/** The dissolution of an instance, whose consequences were said; or taken back. */
export const dissolutionForm = z.discriminatedUnion(
  'act',
  [
    z.object({ act: z.literal('dissoudre'), lastDay: day('Indiquez le dernier jour.'), version: versionField }),
    z.object({ act: z.literal('annuler') }),
  ],
  { error: 'Rechargez la page, puis recommencez.' },
)
