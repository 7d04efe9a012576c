import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { withFlash } from '#app/flash.ts'
import { readForm } from '#app/forms.ts'
import { EndingForm } from '#app/meetings/EndingForm.tsx'
import { keepingTyped, refusedForm } from '#app/meetings/form-actions.ts'
import { meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { requirePossible } from '#app/meetings/possible.ts'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading } from '#app/request.ts'
import { cancellationForm } from '#server/vocabulary/meeting-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Annuler', ...meetingTitleParts(data?.page))

/** Asks why a meeting is cancelled (H12). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    requirePossible(page.can.cancel)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param, request }) => {
    const meetingId = param('id')
    requirePossible((await services.meetings.meetingPage(actor, meetingId)).can.cancel)
    const form = await request.formData()
    const typed = { reason: String(form.get('reason') ?? '') }
    const read = readForm(form, cancellationForm)
    if ('refused' in read) return refusedForm(read.refused, typed)
    return keepingTyped(services, typed, async () => {
      await services.meetings.cancelMeeting(actor, { meetingId, ...read.value })
      return redirect(withFlash(`/${slug}/reunions/${meetingId}`, 'annulation'))
    })
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
