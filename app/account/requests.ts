import { type ActionFunctionArgs, data } from '@remix-run/node'
import type * as z from 'zod'
import type { FormAnswer } from '#app/form-answers.ts'
import { readForm } from '#app/forms.ts'
import { answerTo, requirePost, type SignedIn, signedIn } from '#app/request.ts'
import type { Services } from '#server/services.ts'

/** What a page about one's own account receives: no consortium stands around it. */
export type OwnWork = {
  services: Services
  person: SignedIn
  /** Where the request comes from. */
  address: string
}

/** What was typed and may be shown again: neither a password nor a code. */
export type Typed = Readonly<Record<string, string>>

const secrets = new Set(['password', 'current', 'code', 'secret'])

/**
 * Reads a form and does what it asks for. What is wrong with it, or came too late or too often, comes back to it with what
 * was typed, secrets aside; any other refusal becomes a page.
 * @throws Response
 */
export async function answering<Schema extends z.ZodType, Result>(
  args: ActionFunctionArgs,
  form: FormData,
  schema: Schema,
  act: (value: z.output<Schema>) => Promise<Result>,
) {
  const shown = [...form].filter(([name]) => !secrets.has(name)).map(([name, value]) => [name, String(value)])
  const typed: Typed = Object.fromEntries(shown)
  const read = readForm(form, schema)
  if ('refused' in read) {
    const refused = { errors: read.refused.errors, typed }
    return data<FormAnswer<Typed>>({ refused, typed }, { status: 422 })
  }
  try {
    return await act(read.value)
  } catch (error) {
    const refusal = args.context.services.refusalOf(error)
    if (!refusal || refusal.verification || ![409, 422, 429].includes(refusal.status)) throw answerTo(args, error)
    return data<FormAnswer<Typed>>({ refusal, typed }, { status: refusal.status })
  }
}

/** The form of a page that is read without signing in, once it is known to be one. @throws Response */
export async function postedForm(args: ActionFunctionArgs): Promise<FormData> {
  requirePost(args)
  return args.request.formData()
}

/** The form of a page about one's own account. @throws Response */
export async function ownForm(args: ActionFunctionArgs): Promise<{ form: FormData } & OwnWork> {
  requirePost(args)
  const person = await signedIn(args)
  const form = await args.request.formData()
  return { form, services: args.context.services, person, address: args.context.address }
}

/** What the buttons of a page with several forms ask for. */
export function gesture(form: FormData): string {
  return String(form.get('geste') ?? '')
}
