import type { FormErrors } from '#app/forms.ts'
import type { RefusalView } from '#server/services.ts'

/** What a form page receives when it is shown again: what was typed, and why. */
export type FormAnswer<Typed> = { typed: Typed; refused?: FormErrors; refusal?: RefusalView }

/** What the error summary and the fields of a form read, from either refusal. */
export function problemOf(answer: Partial<FormAnswer<unknown>> | undefined) {
  if (answer?.refused) return { refused: answer.refused }
  if (answer?.refusal) return { refusal: answer.refusal }
  return undefined
}
