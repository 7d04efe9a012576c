import * as z from 'zod'
import {
  codeSchema,
  day,
  identifier,
  isEmail,
  line,
  optionalIdentifier,
  paragraph,
  requiredLine,
  ticked,
} from './fields.ts'
import { civiliteLabels, functionLabelFor } from './governance.ts'
import { proposableFunctionLabels } from './proposals.ts'

/** Says everything that is to be mended at once. */
const always = () => true

/** Somebody that a correspondant proposes: chosen among those of the institution, or named with an address. */
export const proposalForm = z
  .object({
    organisationId: identifier('Choisissez la structure.'),
    instanceId: identifier('Choisissez l’instance.'),
    accountId: optionalIdentifier(),
    civilite: codeSchema(civiliteLabels, 'Choisissez Mme ou M.'),
    givenName: line(100),
    familyName: line(100),
    email: line(254).refine(text => text === '' || isEmail(text), {
      error: 'Cette adresse n’est pas complète. Écrivez-la ainsi : prenom.nom@exemple.fr.',
    }),
    qualite: requiredLine(200, 'Indiquez la qualité : « directrice adjointe », par exemple.'),
    function: codeSchema(proposableFunctionLabels, 'Choisissez la fonction.'),
    functionLabel: line(100),
    carriesVoice: ticked(),
    titulaireMandateId: optionalIdentifier(),
    replacesMandateId: optionalIdentifier(),
    startsOn: day('Indiquez à partir de quel jour.'),
    message: paragraph(1000),
  })
  .refine(form => form.accountId !== null || (form.givenName && form.familyName && form.email), {
    error: 'Choisissez une personne de la structure, ou indiquez le prénom, le nom et l’adresse d’une autre.',
    path: ['accountId'],
    when: always,
  })
  .refine(form => form.accountId === null || (!form.givenName && !form.familyName && !form.email), {
    error: 'Choisissez une personne de la liste, ou nommez-en une autre : pas les deux.',
    path: ['accountId'],
    when: always,
  })
  .refine(form => form.function !== 'suppleant' || form.titulaireMandateId !== null, {
    error: 'Dites de quel titulaire cette personne est la suppléante.',
    path: ['titulaireMandateId'],
    when: always,
  })
  .transform(form => ({
    ...form,
    functionLabel: form.functionLabel || functionLabelFor(form.function, form.civilite),
    titulaireMandateId: form.function === 'suppleant' ? form.titulaireMandateId : null,
  }))

export type ProposalForm = z.output<typeof proposalForm>

/** What the chef de projet answers: the mandate as it will be, or why not. */
export const proposalAnswerForm = z.discriminatedUnion(
  'answer',
  [
    z.object({
      answer: z.literal('accepter'),
      functionLabel: requiredLine(100, 'Indiquez la fonction dans les mots qui conviennent.'),
      startsOn: day('Indiquez le premier jour du mandat.'),
      carriesVoice: ticked(),
    }),
    z.object({
      answer: z.literal('retourner'),
      reason: paragraph(1000).refine(text => text.length > 0, {
        error: 'Dites pourquoi la proposition est retournée : la structure le lira.',
      }),
    }),
  ],
  { error: 'Choisissez d’accepter la proposition ou de la retourner.' },
)
