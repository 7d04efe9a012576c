import { parseWithZod } from '@conform-to/zod/v4'
import type * as z from 'zod'
import type { FieldMessage } from './components/ErrorSummary.tsx'
import { unbreakableSpaces } from './formats.ts'
import type { Refused } from './request.ts'

/** What a form page receives when what was typed is not accepted: messages by field, and what was typed. */
export type FormErrors = { errors: Record<string, string[]>; typed: Record<string, unknown> }

/** Reads a form; either its value or what is wrong with it. Lists are named `items[0].title`. */
export function readForm<Schema extends z.ZodType>(
  form: FormData,
  schema: Schema,
): { value: z.output<Schema> } | { refused: FormErrors } {
  if (!isOurs(form)) return { refused: { errors: { '': [NOT_OURS] }, typed: {} } }
  const submission = parseWithZod(form, { schema, error: () => NOT_OURS })
  if (submission.status === 'success') return { value: submission.value }
  const errors = Object.entries(submission.error ?? {}).flatMap(([name, messages]) =>
    messages ? [[name, messages.map(unbreakableSpaces)]] : [],
  )
  return { refused: { errors: Object.fromEntries(errors) as Record<string, string[]>, typed: submission.payload } }
}

const NOT_OURS = 'Ce qui a été envoyé n’a pas la forme attendue. Rechargez la page, puis recommencez.'

/** Rows are made up to the one that is named: a far one would fill the memory. */
const FARTHEST_ROW = 999

/** Far above the longest name of a field; a longer one would nest objects until the answer cannot be written. */
const LONGEST_NAME = 100

/**
 * False for what no form of the product sends: files, endless names, rows out of reach, Conform's own commands; a field
 * twice, which Conform gathers in a time that grows with the square of their number.
 */
function isOurs(form: FormData): boolean {
  const fields = [...form]
  if (new Set(fields.map(([name]) => name)).size < fields.length) return false
  return fields.every(
    ([name, value]) =>
      typeof value === 'string' &&
      name.length <= LONGEST_NAME &&
      name !== '__intent__' &&
      [...name.matchAll(/\[(\d+)\]/g)].every(([, row]) => Number(row) <= FARTHEST_ROW),
  )
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
