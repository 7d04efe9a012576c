import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { withFlash } from '#app/flash.ts'
import { keepingTyped, refusedForm } from '#app/form-actions.ts'
import type { FormAnswer } from '#app/form-answers.ts'
import { readForm } from '#app/forms.ts'
import { MeetingForm, MORE_ROWS } from '#app/meetings/MeetingForm.tsx'
import styles from '#app/meetings/meeting-form.css?url'
import { belowMeeting, meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import {
  type MeetingValues,
  typedAfterConflict,
  typedMeeting,
  valuesOfMeeting,
  withoutBlanks,
} from '#app/meetings/meeting-values.ts'
import { SavedMeanwhile } from '#app/meetings/SavedMeanwhile.tsx'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading } from '#app/request.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import { meetingForm, meetingRevision } from '#server/vocabulary/meeting-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Modifier', ...meetingTitleParts(data?.page))

/** The form of an existing meeting (H8). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    services.checkAbility(page.can.edit)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param, request }) => {
    const meetingId = param('id')
    services.checkAbility((await services.meetings.meetingPage(actor, meetingId)).can.edit)
    const form = await request.formData()
    const typed = typedMeeting(form)
    if (form.has(MORE_ROWS)) return data({ typed: withoutBlanks(typed) })
    const revision = readForm(form, meetingRevision)
    if ('refused' in revision) return refusedForm(revision.refused, typed)
    const read = readForm(form, meetingForm)
    if ('refused' in read) return refusedForm(read.refused, typed)
    const answer = await keepingTyped(services, typed, async () => {
      await services.meetings.editMeeting(actor, { meetingId, ...revision.value, form: read.value })
      return redirect(withFlash(`/${slug}/reunions/${meetingId}`, 'reunion-modifiee'))
    })
    if (answer instanceof Response || answer.data.refusal?.status !== 409) return answer
    const saved = await services.meetings.meetingPage(actor, meetingId)
    services.checkAbility(saved.can.edit)
    return conflictWith(saved, answer.data)
  })
}

/** What was typed goes with the version saved meanwhile: saving again then replaces it knowingly. */
function conflictWith(saved: MeetingPage, { typed, refusal }: FormAnswer<MeetingValues>) {
  return data({ refusal, saved, typed: typedAfterConflict(typed, saved.agenda) }, { status: 409 })
}

export default function EditMeeting() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const current: MeetingPage = saved ?? page
  return (
    <Page
      title={`Modifier la ${meetingName(page)}`}
      lead={page.instance.name}
      level={page.instance.level}
      badges={<StateBadge of="meeting" state={page.state} />}
      breadcrumb={belowMeeting(slug, page)}
      notice={page.state === 'invitations_envoyees' && <AlreadyAnnounced />}
    >
      <MeetingForm
        values={valuesOfMeeting(page)}
        answer={saved ? { typed: answer?.typed } : answer}
        proposals={current.agenda.flatMap(item => (item.decisionId ? [item.id] : []))}
        submitLabel={saved ? 'Enregistrer ma version' : 'Enregistrer la réunion'}
        cancel={
          <ButtonLink to={`/${slug}/reunions/${page.id}`} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        }
      >
        <input type="hidden" name="revision" value={current.revision} />
        {saved && <SavedMeanwhile page={saved} />}
      </MeetingForm>
    </Page>
  )
}

function AlreadyAnnounced() {
  return (
    <Notice>
      Cette réunion est annoncée : ses destinataires verront vos changements dans leur espace. Pour une autre date,
      préférez « Reporter la réunion ».
    </Notice>
  )
}
