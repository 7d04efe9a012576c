import { data } from '@remix-run/node'
import type { FormErrors } from '#app/forms.ts'
import type { Services } from '#server/services.ts'
import type { FormAnswer } from './form-answers.ts'

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
