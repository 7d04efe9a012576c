import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { withFlash } from '#app/flash.ts'
import { counted, list, NBSP } from '#app/formats.ts'
import { ConfirmPage } from '#app/meetings/ConfirmPage.tsx'
import { meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { pageTitle } from '#app/page-title.ts'
import { posting, reading } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Clore', ...meetingTitleParts(data?.page))

/** Asks before closing a meeting, and says who is not marked yet (H11). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    services.checkAbility(page.can.close)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.meetings.closeMeeting(actor, param('id'))
    return redirect(withFlash(`/${slug}/reunions/${param('id')}`, 'cloture'))
  })
}

export default function Closing() {
  const { slug, page } = useLoaderData<typeof loader>()
  const unknown = (page.attendance ?? []).filter(line => line.titulaire && line.status === null)
  return (
    <ConfirmPage
      slug={slug}
      page={page}
      title={`Clore la ${meetingName(page)}`}
      submit={
        <SubmitButton icon="check" pendingLabel="Clôture en cours…">
          Clore la réunion
        </SubmitButton>
      }
    >
      {unknown.length > 0 && (
        <Notice tone="warning" title={`La présence de ${counted(unknown.length, 'personne')} n’est pas renseignée`}>
          <p>
            Sans autre indication,{' '}
            {unknown.length === 1 ? 'elle sera comptée absente' : 'elles seront comptées absentes'}
            {`${NBSP}: `}
            {list(unknown.map(line => line.name))}.
          </p>
          <p>
            <Link to={`/${slug}/reunions/${page.id}/presences`}>Relever les présences</Link>
          </p>
        </Notice>
      )}
      <p>
        La réunion sera tenue : sa date et son ordre du jour ne changeront plus. Le compte rendu continue de s’écrire,
        puis passe en relecture ; les présences se corrigent jusqu’à sa validation.
      </p>
    </ConfirmPage>
  )
}
