import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { withFlash } from '#app/flash.ts'
import { backToConsortium, posting } from '#app/request.ts'

export function loader(args: LoaderFunctionArgs) {
  return backToConsortium(args)
}

/** Erases a mandate that was a mistake and that nothing refers to (H34). */
export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.mandates.eraseMistakenMandate(actor, { mandateId: param('id') })
    return redirect(withFlash(`/${slug}/personnes`, 'mandat-supprime'))
  })
}
