import * as z from 'zod'
import { codeSchema, day, identifier, line, requiredLine } from './fields.ts'
import { organisationPhaseLabels } from './governance.ts'

/** A day that may be left out: empty is null. */
export function optionalDay() {
  return z
    .union([z.literal(''), day('')], { error: 'Cette date n’existe pas. Écrivez-la ainsi : 31/12/2026.' })
    .default('')
    .transform(value => value || null)
}

/** The state from which a form was made. */
export const versionField = z.string({ error: 'Rechargez la page.' }).max(64, { error: 'Rechargez la page.' })

const names = {
  name: requiredLine(200, 'Indiquez le nom de la structure.'),
  shortName: requiredLine(40, 'Indiquez le sigle ou le nom court.'),
}

const facts = {
  phase: codeSchema(organisationPhaseLabels, 'Choisissez la phase d’entrée.'),
  territory: line(200),
  enteredOn: optionalDay(),
  /** The number of the decision that made it enter. */
  enteredByNumber: line(40),
  enteredByAct: line(300),
}

/** An institution that enters. */
export const newOrganisationForm = z.object({ ...names, ...facts })
export type NewOrganisationForm = z.output<typeof newOrganisationForm>

/** What is known of an institution, beside its names. */
export const organisationForm = z.object({ ...facts, version: versionField })
export type OrganisationForm = z.output<typeof organisationForm>

/** What is done to the names of an institution. */
export const organisationNameForm = z.discriminatedUnion(
  'act',
  [
    z.object({
      act: z.literal('ajouter'),
      ...names,
      startsOn: day('Indiquez le premier jour du nouveau nom.'),
      version: versionField,
    }),
    z.object({ act: z.literal('corriger'), nameId: identifier(), ...names, version: versionField }),
    z.object({ act: z.literal('retirer'), nameId: identifier(), version: versionField }),
  ],
  { error: 'Rechargez la page, puis recommencez.' },
)
export type OrganisationNameForm = z.output<typeof organisationNameForm>

/** The departure of an institution, whose consequences were said; or taken back. */
export const departureForm = z.discriminatedUnion(
  'act',
  [
    z.object({ act: z.literal('partir'), lastDay: day('Indiquez le dernier jour.'), version: versionField }),
    z.object({ act: z.literal('annuler') }),
  ],
  { error: 'Rechargez la page, puis recommencez.' },
)
