import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { EndingForm } from '#app/meetings/EndingForm.tsx'
import { meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { cancellationForm } from '#server/vocabulary/meeting-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Annuler', ...meetingTitleParts(data?.page))

/** Asks why a meeting is cancelled (H12). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    services.checkAbility(page.can.cancel)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, cancellationForm, {
    async allowed({ services, actor, param }) {
      services.checkAbility((await services.meetings.meetingPage(actor, param('id'))).can.cancel)
    },
    async act({ services, actor, slug, param }, form) {
      await services.meetings.cancelMeeting(actor, { meetingId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/reunions/${param('id')}`, 'annulation'))
    },
  })
}

export default function Cancellation() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const announced = page.state !== 'preparation'
  return (
    <EndingForm
      slug={slug}
      page={page}
      title={`Annuler la ${meetingName(page)}`}
      explanation={
        announced
          ? 'La réunion restera visible, avec ce motif. Son annulation est définitive : pour une autre date, reportez-la plutôt.'
          : 'La réunion n’est pas encore annoncée : seule l’instance verra ce motif. Son annulation est définitive.'
      }
      answer={answer}
      submit={
        <SubmitButton variant="danger" icon="circle-cross" pendingLabel="Annulation en cours…">
          Annuler la réunion
        </SubmitButton>
      }
    />
  )
}
