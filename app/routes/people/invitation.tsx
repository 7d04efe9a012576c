import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { withFlash } from '#app/flash.ts'
import { backToConsortium, posting } from '#app/request.ts'

export function loader(args: LoaderFunctionArgs) {
  return backToConsortium(args)
}

/** Invites again somebody who has never signed in (H34). */
export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.people.resendInvitation(actor, { accountId: param('id') })
    return redirect(withFlash(`/${slug}/personnes/${param('id')}`, 'invitation-renvoyee'))
  })
}
