import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { capitalised, dateTimeRange } from '#app/formats.ts'
import styles from '#app/meetings/attendance.css?url'
import { aboveMeeting, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { PresenceForm } from '#app/meetings/PresenceForm.tsx'
import { useReadsConsortium } from '#app/meetings/use-reads-consortium.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { presenceId } from '#server/vocabulary/access.ts'
import { presenceForm } from '#server/vocabulary/presence-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Ma présence', ...meetingTitleParts(data?.page))

/** Whether one comes to a meeting, or whether somebody one assists does (H48). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    page: await services.meetings.ownPresences(actor, param('id')),
  }))
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, presenceForm, {
    async allowed({ services, actor, param }) {
      await services.meetings.ownPresences(actor, param('id'))
    },
    async act({ services, actor, slug, param }, form) {
      await services.meetings.answerPresence(actor, { meetingId: param('id'), form })
      return redirect(withFlash(`/${slug}/reunions/${param('id')}/ma-presence`, 'presence-dite'))
    },
  })
}

export default function OwnPresence() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { presences } = page
  const typedFor = answer && 'typed' in answer ? answer.typed.mandateId : undefined
  return (
    <Page
      title={presences.some(({ own }) => !own) ? 'Répondre d’une présence' : 'Ma présence'}
      level={page.instance.level}
      lead={`${page.instance.name} – ${capitalised(dateTimeRange(page.startsAt, page.endsAt))}`}
      badges={<StateBadge of="meeting" state={page.state} />}
      breadcrumb={aboveMeeting(slug, page, useReadsConsortium())}
      visibleBy="les membres de l’instance, le prestataire rattaché, le chef de projet et qui assiste la personne ; le compte rendu ne dit pas les motifs"
      notice={<Flash />}
      width="narrow"
    >
      {presences.map(presence => (
        <PresenceForm
          key={presence.mandateId}
          presence={presence}
          access={accessPath(slug, 'presence', presenceId(page.meetingId, presence.mandateId))}
          answer={typedFor === presence.mandateId || presences.length === 1 ? answer : undefined}
        />
      ))}
      <p>
        <ButtonLink to={page.readsMeeting ? `/${slug}/reunions/${page.meetingId}` : `/${slug}/accueil`} variant="quiet">
          {page.readsMeeting ? 'Voir la réunion' : 'Revenir à l’accueil'}
        </ButtonLink>
      </p>
    </Page>
  )
}
