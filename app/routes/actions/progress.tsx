import { type ActionFunctionArgs, data, redirect } from '@remix-run/node'
import { withFlash } from '#app/flash.ts'
import { errorLines, readForm } from '#app/forms.ts'
import { posting } from '#app/request.ts'
import { returnPath } from '#app/return-path.ts'
import { progressForm } from '#server/vocabulary/action-forms.ts'

/** Says where an action stands (H26), and goes back to where it was said. */
export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param, request }) => {
    const form = await request.formData()
    const read = readForm(form, progressForm)
    const back = returnPath(String(form.get('retour') ?? ''))
    const path = back === '/' ? `/${slug}/accueil` : back
    if ('refused' in read) throw data({ message: errorLines(read)[0]?.message }, { status: 422 })
    await services.actions.updateProgress(actor, { actionId: param('id'), state: read.value.state })
    return redirect(withFlash(path, 'avancement'))
  })
}

export { default } from '#app/components/NoPage.tsx'
/** Sent from another page: its address alone shows nothing. */
export { backToConsortium as loader } from '#app/request.ts'
