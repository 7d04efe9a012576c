import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { withFlash } from '#app/flash.ts'
import { posting } from '#app/request.ts'

/** Takes distributed minutes off « À lire ». */
export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.minutes.markMinutesRead(actor, param('id'))
    return redirect(withFlash(`/${slug}/comptes-rendus/${param('id')}`, 'lecture'))
  })
}

export { default } from '#app/components/NoPage.tsx'
export { backToMinutes as loader } from '#app/minutes/back.ts'
