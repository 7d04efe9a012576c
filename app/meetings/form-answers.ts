import { data } from '@remix-run/node'
import type { FormErrors } from '#app/forms.ts'
import type { RefusalView, Services } from '#server/services.ts'

/** What a form page receives when it is shown again: what was typed, and why. */
export type FormAnswer<Typed> = { typed: Typed; refused?: FormErrors; refusal?: RefusalView }

/** What was typed does not have the right form. */
export function refusedForm<Typed>(refused: FormErrors, typed: Typed) {
  return data<FormAnswer<Typed>>({ refused, typed }, { status: 422 })
}

/**
 * Runs an act; what the server refuses of what was typed, or what somebody else changed meanwhile, comes back to the form
 * without losing what was typed. Any other refusal propagates.
 */
export async function keepingTyped<Typed>(services: Services, typed: Typed, act: () => Promise<Response>) {
  try {
    return await act()
  } catch (error) {
    const refusal = services.refusalOf(error)
    if (refusal?.status !== 422 && refusal?.status !== 409) throw error
    return data<FormAnswer<Typed>>({ refusal, typed }, { status: refusal.status })
  }
}

/** What the error summary and the fields of a form read, from either refusal. */
export function problemOf(answer: Partial<FormAnswer<unknown>> | undefined) {
  if (answer?.refused) return { refused: answer.refused }
  if (answer?.refusal) return { refusal: answer.refusal }
  return undefined
}
