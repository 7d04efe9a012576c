import * as z from 'zod'
import { decisionResultLabels } from './decisions.ts'
import { codeSchema, identifier, paragraph, requiredLine } from './fields.ts'

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
