import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { withFlash } from '#app/flash.ts'
import { posting, reading } from '#app/request.ts'

/** Takes an answer off « Réponses à vos propositions ». */
export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.decisions.markAnswerSeen(actor, param('id'))
    return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'reponse-lue'))
  })
}

/** Only receives a form: reading the address leads to the decision, if one may read it. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ slug, param }) => redirect(`/${slug}/decisions/${param('id')}`))
}

export { default } from '#app/components/NoPage.tsx'
