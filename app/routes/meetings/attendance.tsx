import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { withFlash } from '#app/flash.ts'
import { keepingTyped, refusedForm } from '#app/form-actions.ts'
import type { FormAnswer } from '#app/form-answers.ts'
import { readForm } from '#app/forms.ts'
import { AttendanceForm } from '#app/meetings/AttendanceForm.tsx'
import styles from '#app/meetings/attendance.css?url'
import { type AttendanceValues, changedLines, typedAttendance } from '#app/meetings/attendance-values.ts'
import { belowMeeting, meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading } from '#app/request.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import type { Services } from '#server/services.ts'
import { attendanceForm } from '#server/vocabulary/meeting-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Présences', ...meetingTitleParts(data?.page))

/** The attendance of a meeting, to be marked in the room (H14). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    requireOpen(services, page)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param, request }) => {
    const meetingId = param('id')
    requireOpen(services, await services.meetings.meetingPage(actor, meetingId))
    const form = await request.formData()
    const typed = typedAttendance(form)
    const read = readForm(form, attendanceForm)
    if ('refused' in read) return refusedForm(read.refused, typed)
    return keepingTyped(services, typed, async () => {
      const lines = changedLines(read.value.lines, typed)
      await services.meetings.recordAttendance(actor, { meetingId, form: { lines } })
      return redirect(withFlash(`/${slug}/reunions/${meetingId}`, 'presences'))
    })
  })
}

/** @throws the page that says why attendance is not recorded, or not any more */
function requireOpen(services: Services, page: MeetingPage): void {
  services.checkAbility(page.can.recordAttendance)
  if (!page.attendanceOpen) {
    throw data(
      { message: 'Le compte rendu est validé : les présences qu’il contient ne changent plus.' },
      { status: 409 },
    )
  }
}

export default function Attendance() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer: Partial<FormAnswer<AttendanceValues[]>> | undefined = useActionData<typeof action>()
  return (
    <Page
      title="Relever les présences"
      lead={`${page.instance.name}, ${meetingName(page)}`}
      level={page.instance.level}
      badges={<StateBadge of="meeting" state={page.state} />}
      breadcrumb={belowMeeting(slug, page)}
      visibleBy="les membres de l’instance, le prestataire rattaché et le chef de projet ; le compte rendu ne dit pas les motifs"
      access={accessPath(slug, 'reunion', page.id)}
      width="narrow"
    >
      {page.attendance && page.attendance.length > 0 ? (
        <AttendanceForm page={page} answer={answer} back={`/${slug}/reunions/${page.id}`} />
      ) : (
        <EmptyState>Personne n’a de mandat dans cette instance à la date de la réunion.</EmptyState>
      )}
    </Page>
  )
}
