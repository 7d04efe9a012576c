import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor, mayAct } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { withdrawalForm } from '#server/vocabulary/decision-forms.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Retirer la proposition') }]

/** The proposing body takes its proposal back (H30). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'withdraw')
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, withdrawalForm, {
    allowed: work => mayAct(work, 'withdraw'),
    async act({ services, actor, slug, param }, form) {
      await services.decisions.withdrawDecision(actor, { decisionId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'retrait'))
    },
  })
}

export default function Withdrawal() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Retirer la proposition"
      errors={errorLines(problem)}
      submission={answer}
      submit={
        <SubmitButton variant="danger" icon="withdrawn">
          Retirer la proposition
        </SubmitButton>
      }
    >
      <p>Une proposition retirée ne se reprend pas : elle se propose de nouveau dans un autre compte rendu.</p>
      <TextField
        name="reason"
        label="Pourquoi la retirer"
        defaultValue={answer?.typed.reason}
        error={errorsOf(problem, 'reason')}
        width="full"
        required
      />
    </DecisionForm>
  )
}
