import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { RadioGroupField, SelectField } from '#app/components/ChoiceField.tsx'
import { TextAreaField } from '#app/components/TextField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { capitalised, documentTitle, longDate } from '#app/formats.ts'
import { errorLines, errorsOf, readForm } from '#app/forms.ts'
import { acting } from '#app/request.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { resultForm } from '#server/vocabulary/decision-forms.ts'
import { type DecisionResult, decisionResultLabels } from '#server/vocabulary/decisions.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Consigner le résultat') }]

/** The result of a decision and the held meeting in which it was taken (H29). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'recordResult')
}

export async function action(args: ActionFunctionArgs) {
  const read = readForm(await args.request.clone().formData(), resultForm)
  return acting(args, async ({ services, actor, slug, param }) => {
    if ('refused' in read) return data(read, { status: 422 })
    await services.decisions.recordResult(actor, { decisionId: param('id'), form: read.value })
    return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'resultat'))
  })
}

export default function Result() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Consigner le résultat"
      errors={errorLines(answer)}
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
        error={errorsOf(answer, 'meetingId')}
        options={page.heldMeetings.map(meeting => ({
          value: meeting.id,
          label: capitalised(longDate(meeting.startsAt)),
        }))}
        required
      />
      <RadioGroupField
        name="result"
        label="Résultat"
        error={errorsOf(answer, 'result')}
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
        error={errorsOf(answer, 'reason')}
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
