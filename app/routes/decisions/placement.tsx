import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { decisionFor } from '#app/decisions/decision-for.ts'
import { withFlash } from '#app/flash.ts'
import { capitalised, documentTitle, longDate } from '#app/formats.ts'
import { errorLines, errorsOf, readForm } from '#app/forms.ts'
import { acting } from '#app/request.ts'
import { placementForm } from '#server/vocabulary/decision-forms.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Inscrire à l’ordre du jour') }]

/** The coming meeting of the competent instance on whose agenda the proposal is placed (H28). */
export function loader(args: LoaderFunctionArgs) {
  return decisionFor(args, 'placeOnAgenda')
}

export async function action(args: ActionFunctionArgs) {
  const read = readForm(await args.request.clone().formData(), placementForm)
  return acting(args, async ({ services, actor, slug, param }) => {
    if ('refused' in read) return data(read, { status: 422 })
    await services.decisions.placeOnAgenda(actor, { decisionId: param('id'), meetingId: read.value.meetingId })
    return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'inscription'))
  })
}

export default function Placement() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const none = page.comingMeetings.length === 0
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Inscrire à l’ordre du jour"
      errors={errorLines(answer)}
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
          error={errorsOf(answer, 'meetingId')}
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
