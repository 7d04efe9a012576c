import * as z from 'zod'
import {
  codeSchema,
  day,
  identifier,
  isEmail,
  line,
  optionalDay,
  optionalIdentifier,
  paragraph,
  requiredLine,
  ticked,
} from './fields.ts'
import { civiliteLabels, functionLabelFor } from './governance.ts'
import { proposableFunctionLabels, servesAnother } from './proposals.ts'

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
    endsOn: optionalDay(),
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
  .refine(form => !servesAnother(form.function) || form.titulaireMandateId !== null, {
    error: 'Dites de qui cette personne est la suppléante ou l’assistante.',
    path: ['titulaireMandateId'],
    when: always,
  })
  .refine(form => form.endsOn === null || form.endsOn >= form.startsOn, {
    error: 'Le dernier jour doit venir après le premier, ou le même jour.',
    path: ['endsOn'],
  })
  .transform(form => ({
    ...form,
    functionLabel: form.functionLabel || functionLabelFor(form.function, form.civilite),
    titulaireMandateId: servesAnother(form.function) ? form.titulaireMandateId : null,
  }))

export type ProposalForm = z.output<typeof proposalForm>

/** The end of a mandate of the institution, that a correspondant proposes. */
export const endingProposalForm = z.object({
  mandateId: identifier('Choisissez le mandat.'),
  endsOn: day('Indiquez le dernier jour du mandat.'),
  message: paragraph(1000).default(''),
})

export type EndingProposalForm = z.output<typeof endingProposalForm>

/** What the chef de projet answers: the mandate as it will be, or its last day, or why not. */
export const proposalAnswerForm = z.discriminatedUnion(
  'answer',
  [
    z.object({
      answer: z.literal('accepter'),
      functionLabel: requiredLine(100, 'Indiquez la fonction dans les mots qui conviennent.'),
      startsOn: day('Indiquez le premier jour du mandat.'),
      endsOn: optionalDay(),
      carriesVoice: ticked(),
    }),
    z.object({ answer: z.literal('accepter_fin'), lastDay: day('Indiquez le dernier jour du mandat.') }),
    z.object({
      answer: z.literal('retourner'),
      reason: paragraph(1000).refine(text => text.length > 0, {
        error: 'Dites pourquoi la proposition est retournée : la structure le lira.',
      }),
    }),
  ],
  { error: 'Choisissez d’accepter la proposition ou de la retourner.' },
)
