import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { withFlash } from '#app/flash.ts'
import { posting } from '#app/request.ts'

/** Opens writing to membres and suppléants, or closes it (H17). */
export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param, request }) => {
    const open = (await request.formData()).get('ouverte') === 'oui'
    await services.minutes.setOpenToMembers(actor, { minutesId: param('id'), open })
    const page = `/${slug}/comptes-rendus/${param('id')}`
    return redirect(withFlash(page, open ? 'redaction-ouverte' : 'redaction-fermee'))
  })
}

export { default } from '#app/components/NoPage.tsx'
export { backToMinutes as loader } from '#app/minutes/back.ts'
