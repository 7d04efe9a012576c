import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { DateField, TextAreaField } from '#app/components/TextField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor, mayAct } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { relayForm } from '#server/vocabulary/decision-forms.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Demander de relayer la décision') }]

/** By when each institution is asked to relay the decision within itself (H51). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'askRelay')
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, relayForm, {
    allowed: work => mayAct(work, 'askRelay'),
    async act({ services, actor, slug, param }, form) {
      await services.decisions.askRelay(actor, { decisionId: param('id'), form })
      return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'relais-demande'))
    },
  })
}

export default function AskRelay() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  const { relay } = page
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title={relay ? 'Changer la demande de relais' : 'Demander de relayer la décision'}
      errors={errorLines(problem)}
      submission={answer}
      submit={<SubmitButton icon="forward">{relay ? 'Changer la demande' : 'Demander de relayer'}</SubmitButton>}
    >
      <p>
        Le correspondant de chaque structure dira quand et comment elle l’a relayée ; tous les membres voient où en est
        chacune.
      </p>
      <DateField
        name="dueOn"
        label="À relayer avant le"
        defaultValue={answer?.typed.dueOn ?? relay?.dueOn}
        error={errorsOf(problem, 'dueOn')}
        required
      />
      <TextAreaField
        name="instructions"
        label="À qui, et que dire"
        hint="Par exemple : aux référents de parcours, avec la fiche jointe au compte rendu."
        defaultValue={answer?.typed.instructions ?? relay?.instructions}
        error={errorsOf(problem, 'instructions')}
        rows={3}
      />
      {page.can.withdrawRelay.allowed && (
        <p>
          Aucune structure n’a encore répondu :{' '}
          <Link to={`/${slug}/decisions/${page.id}/relais/retrait`}>retirer la demande</Link> est possible.
        </p>
      )}
    </DecisionForm>
  )
}
