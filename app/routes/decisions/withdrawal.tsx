import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { documentTitle } from '#app/formats.ts'
import { errorLines, errorsOf, readForm } from '#app/forms.ts'
import { acting } from '#app/request.ts'
import { withdrawalForm } from '#server/vocabulary/decision-forms.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Retirer la proposition') }]

/** The proposing body takes its proposal back (H30). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'withdraw')
}

export async function action(args: ActionFunctionArgs) {
  const read = readForm(await args.request.clone().formData(), withdrawalForm)
  return acting(args, async ({ services, actor, slug, param }) => {
    if ('refused' in read) return data(read, { status: 422 })
    await services.decisions.withdrawDecision(actor, { decisionId: param('id'), reason: read.value.reason })
    return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'retrait'))
  })
}

export default function Withdrawal() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Retirer la proposition"
      errors={errorLines(answer)}
      submission={answer}
      submit={
        <SubmitButton variant="danger" icon="withdrawn">
          Retirer la proposition
        </SubmitButton>
      }
    >
      <p>Une proposition retirée ne se reprend pas : elle se propose de nouveau dans un autre compte rendu.</p>
      <TextField name="reason" label="Pourquoi la retirer" error={errorsOf(answer, 'reason')} width="full" required />
    </DecisionForm>
  )
}
