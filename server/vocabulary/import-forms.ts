import * as z from 'zod'
import { codeSchema, line, optionalIdentifier, paragraph } from './fields.ts'
import { isImportedConsortiumFunction, pastedFunctionLabels } from './governance.ts'

/** More than a consortium designates in one go. */
export const MOST_LINES = 300

/** One person to designate, as read from a file or a list: every field as text, judged together with the others. */
export const importLine = z.object({
  givenName: line(100),
  familyName: line(100),
  email: line(254).transform(text => text.toLowerCase()),
  civilite: line(20),
  qualite: line(200),
  organisation: line(200),
  instance: line(200),
  function: line(100),
  voice: line(10),
  startsOn: line(20),
  endsOn: line(20),
  titulaire: line(254).transform(text => text.toLowerCase()),
})

export type ImportLine = z.output<typeof importLine>

/** The lines of a preview, sent back to be looked at again or confirmed: `seen` tells what their author saw. */
export const importForm = z.object({
  lines: z
    .array(importLine)
    .max(MOST_LINES, { error: `${MOST_LINES} lignes au plus à la fois.` })
    .default([]),
  seen: line(100),
  step: z.enum(['revoir', 'confirmer'], { error: 'Choisissez de revoir ou de confirmer.' }).default('revoir'),
})

/** A list that was pasted, and what all its people have in common. */
export const pasteForm = z
  .object({
    text: paragraph(60_000).refine(text => text !== '', { error: 'Collez une liste : « Prénom NOM <courriel>; … ».' }),
    instanceId: optionalIdentifier(),
    function: codeSchema(pastedFunctionLabels, 'Choisissez la fonction.'),
    startsOn: line(20),
  })
  .refine(form => isImportedConsortiumFunction(form.function) || form.instanceId !== null, {
    error: 'Choisissez l’instance.',
    path: ['instanceId'],
    when: () => true,
  })
  .refine(form => !isImportedConsortiumFunction(form.function) || form.instanceId === null, {
    error: 'Cette fonction vaut dans tout le consortium : laissez l’instance vide.',
    path: ['instanceId'],
    when: () => true,
  })
