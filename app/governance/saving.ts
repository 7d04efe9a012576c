import { type ActionFunctionArgs, data } from '@remix-run/node'
import type * as z from 'zod'
import { keepingTyped, refusedForm, type Typed } from '#app/form-actions.ts'
import { readForm } from '#app/forms.ts'
import { acting, type Work } from '#app/request.ts'

type Saving<Page, Value, Asked> = {
  /** What the page shows, for who may act; refuses the others. */
  load(work: Work): Promise<Page>
  act(work: Work, value: Value): Promise<Response>
  /** What must be said, and confirmed, before the act; null when nothing must. */
  ask?(work: Work, value: Value): Promise<Asked | null>
}

/**
 * The action of a page that changes settings. What was typed is never lost; when somebody else changed them meanwhile, what
 * is now saved comes beside it: saving again then replaces it knowingly.
 */
export function savingSettings<Schema extends z.ZodType, Page, Asked = never>(
  args: ActionFunctionArgs,
  schema: Schema,
  { load, act, ask }: Saving<Page, z.output<Schema>, Asked>,
) {
  return acting(args, async work => {
    await load(work)
    const form = await work.request.formData()
    const typed: Typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
    const read = readForm(form, schema)
    if ('refused' in read) return refusedForm(read.refused, typed)
    let asked: Asked | null = null
    const answer = await keepingTyped(work.services, typed, async () => {
      asked = (await ask?.(work, read.value)) ?? null
      return asked === null ? act(work, read.value) : new Response()
    })
    if (asked !== null) return data({ typed, asked: asked as Asked })
    if (answer instanceof Response || answer.data.refusal?.status !== 409) return answer
    return data({ ...answer.data, saved: await load(work) }, { status: 409 })
  })
}
