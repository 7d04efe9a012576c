import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { RadioGroupField, SelectField } from '#app/components/ChoiceField.tsx'
import { TextAreaField } from '#app/components/TextField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor, mayAct } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { capitalised, documentTitle, longDate } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { resultForm } from '#server/vocabulary/decision-forms.ts'
import { type DecisionResult, decisionResultLabels } from '#server/vocabulary/decisions.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Consigner le résultat') }]

/** The result of a decision and the held meeting in which it was taken (H29). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'recordResult')
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, resultForm, {
    allowed: work => mayAct(work, 'recordResult'),
    async act({ services, actor, slug, param }, form) {
      await services.decisions.recordResult(actor, { decisionId: param('id'), form })
      return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'resultat'))
    },
  })
}

export default function Result() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Consigner le résultat"
      errors={errorLines(problem)}
      submission={answer}
      submit={<SubmitButton icon="decision">Consigner le résultat</SubmitButton>}
    >
      <SelectField
        name="meetingId"
        label="Réunion dans laquelle la décision a été prise"
        hint={
          page.heldMeetings.length === 0
            ? 'Aucune réunion de cette instance ne s’est tenue depuis la proposition : le résultat se consigne après la prochaine.'
            : undefined
        }
        placeholder="Choisir une réunion"
        defaultValue={answer?.typed.meetingId}
        error={errorsOf(problem, 'meetingId')}
        options={page.heldMeetings.map(meeting => ({
          value: meeting.id,
          label: capitalised(longDate(meeting.startsAt)),
        }))}
        required
      />
      <RadioGroupField
        name="result"
        label="Résultat"
        defaultValue={answer?.typed.result}
        error={errorsOf(problem, 'result')}
        options={codesOf(decisionResultLabels).map(value => ({
          value,
          label: decisionResultLabels[value],
          hint: hints[value],
        }))}
        required
      />
      <TextAreaField
        name="reason"
        label="Motif"
        hint="Obligatoire pour un rejet ou un ajournement : l’instance qui propose le lira."
        defaultValue={answer?.typed.reason}
        error={errorsOf(problem, 'reason')}
        rows={4}
      />
    </DecisionForm>
  )
}

const hints: Record<DecisionResult, string> = {
  adoptee: 'La proposition est acceptée ; elle reçoit son numéro.',
  rejetee: 'La proposition est refusée ; elle reçoit son numéro.',
  prise_d_acte: 'L’instance en prend connaissance sans avoir à décider ; elle reçoit son numéro.',
  ajournee: 'La réponse est remise à une autre réunion.',
}
