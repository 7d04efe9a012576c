import * as z from 'zod'
import { codeSchema, identifier, line, paragraph } from './fields.ts'
import { attendanceModeLabels } from './meetings.ts'

/** What a person answers of the own presence; absence is only ever recorded, by the secretariat. */
export const presenceAnswers = ['present', 'represente', 'excuse'] as const

/** The presence of the holder of a mandate, answered by them or by their assistant. */
export const presenceForm = z
  .object({
    mandateId: identifier(),
    status: z.enum(presenceAnswers, { error: 'Choisissez une réponse.' }),
    mode: z
      .union([z.literal(''), codeSchema(attendanceModeLabels, '')], {
        error: 'Choisissez « sur place » ou « à distance ».',
      })
      .default(''),
    representedBy: line(200),
    reason: paragraph(300),
  })
  .refine(form => form.status !== 'represente' || form.representedBy !== '', {
    error: 'Dites par qui cette personne sera représentée.',
    path: ['representedBy'],
  })

export type PresenceForm = z.output<typeof presenceForm>
