import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { EndingForm } from '#app/meetings/EndingForm.tsx'
import { meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { valuesOfMeeting } from '#app/meetings/meeting-values.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import type { Services } from '#server/services.ts'
import { postponementForm } from '#server/vocabulary/meeting-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Reporter', ...meetingTitleParts(data?.page))

/** Asks for the new date of a meeting and why it changes (H12). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    requirePostponable(services, page)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, postponementForm, {
    async allowed({ services, actor, param }) {
      requirePostponable(services, await services.meetings.meetingPage(actor, param('id')))
    },
    async act({ services, actor, slug, param }, form) {
      const { meetingId } = await services.meetings.postponeMeeting(actor, { meetingId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/reunions/${meetingId}`, 'report'))
    },
  })
}

/** Only what was announced is put off. @throws the page that says why it is not possible */
function requirePostponable(services: Services, page: MeetingPage): void {
  services.checkAbility(page.can.cancel)
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
