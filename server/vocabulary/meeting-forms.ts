import * as z from 'zod'
import { codeSchema, day, identifier, line, paragraph, requiredLine, time, webAddress } from './fields.ts'
import { attendanceModeLabels, attendanceStatusLabels } from './meetings.ts'

/** Says everything that is to be mended at once: a check between fields does not wait for each of them to be right. */
const always = () => true

/** A point of the agenda, as typed. A known one keeps its identifier. */
const agendaItem = z
  .object({
    id: identifier().optional(),
    title: line(300),
    reporter: line(200),
    durationMinutes: z
      .union([z.literal(''), z.coerce.number()], { error: 'Durée : de 1 à 600 minutes.' })
      .optional()
      .transform(value => (value === '' || value === undefined ? null : value))
      .refine(value => value === null || (Number.isInteger(value) && value >= 1 && value <= 600), {
        error: 'Durée : de 1 à 600 minutes.',
      }),
  })
  .refine(item => item.title !== '' || (item.reporter === '' && item.durationMinutes === null), {
    error: 'Donnez un intitulé à ce point, ou videz toute sa ligne.',
    path: ['title'],
  })

/** An item that a member proposes for the agenda. */
export const itemProposalForm = z.object({
  title: requiredLine(300, 'Donnez un intitulé au point : c’est ce que lira l’instance.'),
  reason: paragraph(1000),
})

/** What becomes of a proposed item. */
export const itemAnswerForm = z
  .object({
    proposal: identifier(),
    answer: z.enum(['inscrite', 'ecartee', 'retiree'], { error: 'Choisissez d’inscrire ou d’écarter le point.' }),
    title: line(300),
    reason: line(500),
  })
  .refine(({ answer, title }) => answer !== 'inscrite' || title !== '', {
    error: 'Donnez un intitulé au point.',
    path: ['title'],
  })
  .refine(({ answer, reason }) => answer !== 'ecartee' || reason !== '', {
    error: 'Dites pourquoi le point est écarté : la personne qui l’a proposé le lira.',
    path: ['reason'],
  })

export type ItemAnswerForm = z.output<typeof itemAnswerForm>

/** Date, place and agenda of a meeting. */
export const meetingForm = z
  .object({
    day: day('Indiquez la date de la réunion.'),
    startTime: time('Indiquez l’heure de début.'),
    endTime: z
      .union([z.literal(''), time('')], { error: 'Cette heure n’existe pas. Écrivez-la ainsi : 14:30.' })
      .default(''),
    title: line(200),
    place: line(300),
    link: webAddress(),
    items: z.array(agendaItem).max(100, { error: 'Un ordre du jour compte 100 points au plus.' }).default([]),
  })
  .refine(form => !form.endTime || !form.startTime || form.endTime > form.startTime, {
    error: 'La réunion doit finir après avoir commencé.',
    path: ['endTime'],
    when: always,
  })
  .refine(form => Boolean(form.place || form.link), {
    error: 'Indiquez un lieu, un lien de visioconférence, ou les deux.',
    path: ['place'],
    when: always,
  })
  .transform(form => ({ ...form, items: form.items.filter(item => item.title !== '') }))

export type MeetingForm = z.output<typeof meetingForm>

/** A new version of a meeting: made from the revision that its author saw. */
export const meetingRevision = z.object({ revision: z.coerce.number().int().min(1) })

/** Why a meeting is cancelled. */
export const cancellationForm = z.object({
  reason: requiredLine(500, 'Dites pourquoi la réunion est annulée : les membres le liront.'),
})

/** A meeting put off to another day. */
export const postponementForm = z.object({
  reason: requiredLine(500, 'Dites pourquoi la réunion est reportée : les membres le liront.'),
  day: day('Indiquez la nouvelle date.'),
  startTime: time('Indiquez l’heure de début.'),
})

/** Who was there: one line for each mandate; a line without a status is left as it was. */
export const attendanceForm = z.object({
  lines: z
    .array(
      z
        .object({
          mandateId: identifier(),
          status: z
            .union([z.literal(''), codeSchema(attendanceStatusLabels, '')], {
              error: 'Choisissez une présence de la liste.',
            })
            .default(''),
          mode: z
            .union([z.literal(''), codeSchema(attendanceModeLabels, '')], {
              error: 'Choisissez « sur place » ou « à distance ».',
            })
            .default(''),
          representedBy: line(200),
          reason: paragraph(300),
        })
        .refine(entry => entry.status !== 'represente' || entry.representedBy !== '', {
          error: 'Dites par qui cette personne est représentée.',
          path: ['representedBy'],
        }),
    )
    .max(500, { error: 'Trop de lignes.' })
    .default([]),
})

export type AttendanceForm = z.output<typeof attendanceForm>
