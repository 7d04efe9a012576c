import { parseWithZod } from '@conform-to/zod/v4'
import type * as z from 'zod'
import type { FieldMessage } from './components/ErrorSummary.tsx'
import type { Refused } from './request.ts'

/** What a form page receives when what was typed is not accepted: messages by field, and what was typed. */
export type FormErrors = { errors: Record<string, string[]>; typed: Record<string, unknown> }

/** Reads a form; either its value or what is wrong with it. Lists are named `items[0].title`. */
export function readForm<Schema extends z.ZodType>(
  form: FormData,
  schema: Schema,
): { value: z.output<Schema> } | { refused: FormErrors } {
  const submission = parseWithZod(form, { schema })
  if (submission.status === 'success') return { value: submission.value }
  const errors = Object.entries(submission.error ?? {}).flatMap(([name, messages]) =>
    messages ? [[name, messages]] : [],
  )
  return { refused: { errors: Object.fromEntries(errors) as Record<string, string[]>, typed: submission.payload } }
}

/** The lines of an error summary, from a refused form or from a refusal of the server. */
export function errorLines(result: { refused: FormErrors } | Refused): FieldMessage[] {
  if (!result) return []
  if ('refused' in result) return linesOf(result.refused.errors)
  const lines = linesOf(result.refusal.fields)
  return lines.length > 0 ? lines : [{ message: result.refusal.message }]
}

/** Messages of one field. */
export function errorsOf(result: { refused: FormErrors } | Refused, name: string): string[] | undefined {
  if (!result) return undefined
  return 'refused' in result ? result.refused.errors[name] : result.refusal.fields[name]
}

function linesOf(errors: Readonly<Record<string, string[]>>): FieldMessage[] {
  return Object.entries(errors).flatMap(([name, messages]) =>
    messages.map(message => (name === '' ? { message } : { name, message })),
  )
}
