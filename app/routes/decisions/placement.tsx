import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor, mayAct } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { capitalised, documentTitle, longDate } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { placementForm } from '#server/vocabulary/decision-forms.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Inscrire à l’ordre du jour') }]

/** The coming meeting of the competent instance on whose agenda the proposal is placed (H28). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'placeOnAgenda')
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, placementForm, {
    allowed: work => mayAct(work, 'placeOnAgenda'),
    async act({ services, actor, slug, param }, form) {
      await services.decisions.placeOnAgenda(actor, { decisionId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'inscription'))
    },
  })
}

export default function Placement() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  const none = page.comingMeetings.length === 0
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Inscrire à l’ordre du jour"
      errors={errorLines(problem)}
      submission={answer}
      submit={
        none ? (
          <ButtonLink to={`/${slug}/reunions/nouvelle?instance=${page.competent.slug}`} variant="primary" icon="plus">
            Créer une réunion
          </ButtonLink>
        ) : (
          <SubmitButton icon="agenda">Inscrire à l’ordre du jour</SubmitButton>
        )
      }
    >
      {none ? (
        <p>Aucune réunion de cette instance n’est prévue : créez-en une, puis inscrivez-y la proposition.</p>
      ) : (
        <SelectField
          name="meetingId"
          label="Réunion"
          placeholder="Choisir une réunion"
          defaultValue={answer?.typed.meetingId}
          error={errorsOf(problem, 'meetingId')}
          options={page.comingMeetings.map(meeting => ({
            value: meeting.id,
            label: capitalised(longDate(meeting.startsAt)),
          }))}
          required
        />
      )}
    </DecisionForm>
  )
}
