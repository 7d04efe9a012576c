import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { withFlash } from '#app/flash.ts'
import { readForm } from '#app/forms.ts'
import { EndingForm } from '#app/meetings/EndingForm.tsx'
import { keepingTyped, refusedForm } from '#app/meetings/form-actions.ts'
import { meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { valuesOfMeeting } from '#app/meetings/meeting-values.ts'
import { requirePossible } from '#app/meetings/possible.ts'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading } from '#app/request.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import { postponementForm } from '#server/vocabulary/meeting-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Reporter', ...meetingTitleParts(data?.page))

/** Asks for the new date of a meeting and why it changes (H12). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    requirePostponable(page)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param, request }) => {
    const meetingId = param('id')
    requirePostponable(await services.meetings.meetingPage(actor, meetingId))
    const form = await request.formData()
    const text = (name: string) => String(form.get(name) ?? '')
    const typed = { reason: text('reason'), day: text('day'), startTime: text('startTime') }
    const read = readForm(form, postponementForm)
    if ('refused' in read) return refusedForm(read.refused, typed)
    return keepingTyped(services, typed, async () => {
      const replacement = await services.meetings.postponeMeeting(actor, { meetingId, ...read.value })
      return redirect(withFlash(`/${slug}/reunions/${replacement.meetingId}`, 'report'))
    })
  })
}

/** Only what was announced is put off. @throws the page that says why it is not possible */
function requirePostponable(page: MeetingPage): void {
  requirePossible(page.can.cancel)
  if (page.state === 'preparation') {
    throw data({ message: 'Cette réunion n’est pas encore annoncée : modifiez simplement sa date.' }, { status: 409 })
  }
}

export default function Postponement() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <EndingForm
      slug={slug}
      page={page}
      title={`Reporter la ${meetingName(page)}`}
      explanation="Une nouvelle réunion, en préparation, reprendra le lieu, le lien et l’ordre du jour à la nouvelle date ; vous l’annoncerez ensuite. Celle-ci restera visible, avec ce motif."
      answer={answer}
      date={{ day: '', startTime: valuesOfMeeting(page).startTime }}
      submit={
        <SubmitButton icon="postponed" pendingLabel="Report en cours…">
          Reporter la réunion
        </SubmitButton>
      }
    />
  )
}
