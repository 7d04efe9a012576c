import type { Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorsOf } from '#app/forms.ts'
import type { FieldOf } from './PersonFields.tsx'

/** The fields of a form: what was typed before it was refused, else what there is; a box that is ticked says « on ». */
export function fieldsOf(
  answer: Partial<FormAnswer<Typed>> | undefined,
  values: Readonly<Record<string, string | boolean | null | undefined>>,
): FieldOf {
  const problem = problemOf(answer)
  return name => ({
    name,
    defaultValue: answer?.typed ? answer.typed[name] : written(values[name]),
    error: errorsOf(problem, name),
  })
}

function written(value: string | boolean | null | undefined): string | undefined {
  if (typeof value === 'boolean') return value ? 'on' : undefined
  return value ?? undefined
}
