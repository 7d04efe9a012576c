import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { withFlash } from '#app/flash.ts'
import { daysUntil, longDate, relativeDay } from '#app/formats.ts'
import { ConfirmPage } from '#app/meetings/ConfirmPage.tsx'
import { meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { pageTitle } from '#app/page-title.ts'
import { posting, reading } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Ouvrir', ...meetingTitleParts(data?.page))

/** Asks before opening a meeting (H10). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    services.checkAbility(page.can.start)
    return { slug, page, now: actor.now }
  })
}

export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.meetings.startMeeting(actor, param('id'))
    return redirect(withFlash(`/${slug}/reunions/${param('id')}`, 'ouverture'))
  })
}

export default function Opening() {
  const { slug, page, now } = useLoaderData<typeof loader>()
  return (
    <ConfirmPage
      slug={slug}
      page={page}
      title={`Ouvrir la ${meetingName(page)}`}
      submit={
        <SubmitButton icon="live" pendingLabel="Ouverture en cours…">
          Ouvrir la réunion
        </SubmitButton>
      }
    >
      {daysUntil(page.startsAt, now) !== 0 && (
        <Notice tone="warning" title="Ce n’est pas le jour prévu">
          Cette réunion est prévue le {longDate(page.startsAt)}, {relativeDay(page.startsAt, now)}. Si sa date a changé,
          reportez-la plutôt.
        </Notice>
      )}
      <p>
        Une fois la réunion ouverte, vous relevez les présences et le compte rendu s’écrit à plusieurs. Elle ne peut
        plus être annulée ni reportée.
      </p>
    </ConfirmPage>
  )
}
