import { type ActionFunctionArgs, data } from '@remix-run/node'
import type * as z from 'zod'
import { type FormErrors, readForm } from '#app/forms.ts'
import { acting, actingOnSite, type SiteWork, type Work } from '#app/request.ts'
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

/** What a person typed in a form without repeated rows. */
export type Typed = Readonly<Record<string, string>>

/** What a form page does: may the person act at all, whatever they typed; then the act itself. */
type Submission<Where, Value> = {
  allowed(work: Where): Promise<void>
  act(work: Where, value: Value): Promise<Response>
}

/** The action of a page that holds one such form: a refusal of what was typed shows it again with what was typed. */
export function submitting<Schema extends z.ZodType>(
  args: ActionFunctionArgs,
  schema: Schema,
  submission: Submission<Work, z.output<Schema>>,
) {
  return acting(args, work => submit(work, schema, submission))
}

/** As `submitting`, for a page of the site, around the consortia. */
export function submittingOnSite<Schema extends z.ZodType>(
  args: ActionFunctionArgs,
  schema: Schema,
  submission: Submission<SiteWork, z.output<Schema>>,
) {
  return actingOnSite(args, work => submit(work, schema, submission))
}

async function submit<Where extends Pick<SiteWork, 'services' | 'request'>, Schema extends z.ZodType>(
  work: Where,
  schema: Schema,
  { allowed, act }: Submission<Where, z.output<Schema>>,
) {
  await allowed(work)
  const form = await work.request.formData()
  const typed: Typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const read = readForm(form, schema)
  if ('refused' in read) return refusedForm(read.refused, typed)
  return keepingTyped(work.services, typed, () => act(work, read.value))
}
