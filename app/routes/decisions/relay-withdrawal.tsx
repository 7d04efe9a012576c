import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { documentTitle } from '#app/formats.ts'
import { errorLines } from '#app/forms.ts'
import { acting } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Retirer la demande de relais') }]

/** Takes the request back while no institution has answered it (H51). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'withdrawRelay')
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param }) => {
    await services.decisions.withdrawRelay(actor, param('id'))
    return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'relais-retire'))
  })
}

export default function WithdrawRelay() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Retirer la demande de relais"
      errors={errorLines(answer)}
      submission={answer}
      submit={
        <SubmitButton variant="danger" icon="withdrawn">
          Retirer la demande
        </SubmitButton>
      }
    >
      <p>Les structures ne seront plus invitées à relayer cette décision. Vous pourrez le leur demander de nouveau.</p>
    </DecisionForm>
  )
}
