import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { withFlash } from '#app/flash.ts'
import { posting } from '#app/request.ts'

/** Sends minutes to the validators (H18), or takes them back to the draft (H19). */
export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param, request }) => {
    const back = (await request.formData()).get('etape') === 'brouillon'
    if (back) await services.minutes.resumeDrafting(actor, param('id'))
    else await services.minutes.startProofreading(actor, param('id'))
    return redirect(withFlash(`/${slug}/comptes-rendus/${param('id')}`, back ? 'brouillon' : 'relecture'))
  })
}

export { default } from '#app/components/NoPage.tsx'
export { backToMinutes as loader } from '#app/minutes/back.ts'
