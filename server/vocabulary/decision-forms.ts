import * as z from 'zod'
import { decisionResultLabels, relayAnswerLabels } from './decisions.ts'
import { codeSchema, day, identifier, line, optionalDay, paragraph, requiredLine } from './fields.ts'

/** The result of a decision, and the held meeting in which it was taken. */
export const resultForm = z
  .object({
    result: codeSchema(decisionResultLabels, 'Choisissez le résultat.'),
    meetingId: identifier('Choisissez la réunion dans laquelle la décision a été prise.'),
    reason: paragraph(2000),
  })
  .refine(form => form.reason !== '' || form.result === 'adoptee' || form.result === 'prise_d_acte', {
    error: 'Dites pourquoi : le groupe qui propose lira ce motif.',
    path: ['reason'],
  })

export type ResultForm = z.output<typeof resultForm>

/** The coming meeting on whose agenda a proposal is placed. */
export const placementForm = z.object({ meetingId: identifier('Choisissez une réunion de la liste.') })

/** Why a proposal is withdrawn. */
export const withdrawalForm = z.object({ reason: requiredLine(500, 'Dites pourquoi la proposition est retirée.') })

/** By when each institution relays a decision, and what to say of it. */
export const relayForm = z.object({
  dueOn: day('Donnez le jour avant lequel relayer la décision.'),
  instructions: paragraph(1000),
})

export type RelayForm = z.output<typeof relayForm>

/** What an institution did of a decision to relay. */
export const relayAnswerForm = z
  .object({
    outcome: codeSchema(relayAnswerLabels, 'Dites où en est votre structure.'),
    relayedOn: optionalDay(),
    note: line(500),
  })
  .refine(form => form.outcome !== 'relayee' || form.relayedOn !== null, {
    error: 'Donnez le jour où la décision a été relayée.',
    path: ['relayedOn'],
  })
  .refine(form => form.outcome !== 'sans_objet' || form.note !== '', {
    error: 'Dites pourquoi elle ne concerne pas votre structure.',
    path: ['note'],
  })

export type RelayAnswerForm = z.output<typeof relayAnswerForm>
