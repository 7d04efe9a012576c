import * as z from 'zod'
import {
  codeSchema,
  day,
  emailAddress,
  identifier,
  line,
  optionalDay,
  optionalIdentifier,
  requiredLine,
  ticked,
} from './fields.ts'
import { civiliteLabels, consortiumFunctionLabels, functionLabelFor, seatFunctionLabels } from './governance.ts'

/** Says everything that is to be mended at once. */
const always = () => true

/** What a mandate says, whoever holds it and wherever. */
const mandateFields = {
  civilite: codeSchema(civiliteLabels, 'Choisissez Mme ou M.'),
  qualite: requiredLine(200, 'Indiquez la qualité : « directrice adjointe », « conseiller départemental ».'),
  organisationId: identifier('Choisissez la structure que la personne représente.'),
  function: codeSchema(seatFunctionLabels, 'Choisissez la fonction.'),
  functionLabel: line(100),
  carriesVoice: ticked(),
  titulaireMandateId: optionalIdentifier(),
  readsDossier: ticked(),
  replacesMandateId: optionalIdentifier(),
  startsOn: day('Indiquez le premier jour.'),
  endsOn: optionalDay(),
}

/** Fills in what is understood: the words of the function, and what other functions have no use for. */
function completed<Form extends z.output<z.ZodObject<typeof mandateFields>>>(form: Form): Form {
  const serves = form.function === 'suppleant' || form.function === 'assistant'
  return {
    ...form,
    functionLabel: form.functionLabel || functionLabelFor(form.function, form.civilite),
    titulaireMandateId: serves ? form.titulaireMandateId : null,
    readsDossier: form.function === 'assistant' && form.readsDossier,
  }
}

/** A new mandate: the person by an address, and the names to give to whoever nobody knows yet. */
export const newMandateForm = z
  .object({
    email: emailAddress('Indiquez l’adresse de la personne.'),
    givenName: line(100),
    familyName: line(100),
    ...mandateFields,
  })
  .refine(form => (form.givenName === '') === (form.familyName === ''), {
    error: 'Indiquez le prénom et le nom, ou aucun des deux si la personne est déjà du consortium.',
    path: ['familyName'],
    when: always,
  })
  .transform(completed)

/** A mandate that is corrected: `seen` tells which one its author had before their eyes. */
export const mandateForm = z.object({ ...mandateFields, seen: line(100) }).transform(completed)

/** The last day of a mandate, of a function, of an attachment: at once, or on a day. */
export const endForm = z
  .object({
    when: z.enum(['maintenant', 'jour'], { error: 'Dites si la fin est immédiate, ou quel jour.' }),
    lastDay: optionalDay(),
  })
  .refine(form => form.when === 'maintenant' || form.lastDay !== null, {
    error: 'Indiquez le dernier jour.',
    path: ['lastDay'],
  })

export type EndForm = z.output<typeof endForm>

const functionFields = {
  civilite: mandateFields.civilite,
  qualite: mandateFields.qualite,
  functionLabel: mandateFields.functionLabel,
  organisationId: optionalIdentifier(),
  startsOn: mandateFields.startsOn,
  endsOn: mandateFields.endsOn,
}

/** A function in the consortium, given to a person. */
export const newFunctionForm = z
  .object({
    email: emailAddress('Indiquez l’adresse de la personne.'),
    givenName: line(100),
    familyName: line(100),
    function: codeSchema(consortiumFunctionLabels, 'Choisissez la fonction.'),
    ...functionFields,
  })
  .refine(form => (form.givenName === '') === (form.familyName === ''), {
    error: 'Indiquez le prénom et le nom, ou aucun des deux si la personne est déjà du consortium.',
    path: ['familyName'],
    when: always,
  })
  .refine(form => form.function !== 'correspondant' || Boolean(form.organisationId), {
    error: 'Choisissez la structure dont cette personne est la correspondante.',
    path: ['organisationId'],
    when: always,
  })

/** A function that is corrected. */
export const functionForm = z.object({ ...functionFields, seen: line(100) })

/** An instance that a prestataire supports, from a day. */
export const attachmentForm = z.object({
  instanceId: identifier('Choisissez une instance.'),
  startsOn: day('Indiquez le premier jour.'),
  endsOn: optionalDay(),
})

/** The names and addresses of somebody who has never signed in. */
export const personForm = z.object({
  givenName: requiredLine(100, 'Indiquez le prénom.'),
  familyName: requiredLine(100, 'Indiquez le nom.'),
  email: emailAddress('Indiquez l’adresse.'),
  phone: line(30),
})
