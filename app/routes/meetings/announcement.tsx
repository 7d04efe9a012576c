import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Section } from '#app/components/Section.tsx'
import { withFlash } from '#app/flash.ts'
import { capitalised, dateTimeRange } from '#app/formats.ts'
import { ConfirmPage } from '#app/meetings/ConfirmPage.tsx'
import { meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { pageTitle } from '#app/page-title.ts'
import { posting, reading } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Annoncer', ...meetingTitleParts(data?.page))

/** Whom the announcement will reach, before it is made (H9). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    services.checkAbility(page.can.announce)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.meetings.announceMeeting(actor, param('id'))
    return redirect(withFlash(`/${slug}/reunions/${param('id')}`, 'annonce'))
  })
}

export default function Announcement() {
  const { slug, page } = useLoaderData<typeof loader>()
  const ready = page.agenda.length > 0
  return (
    <ConfirmPage
      slug={slug}
      page={page}
      title={`Annoncer la ${meetingName(page)}`}
      submit={
        ready ? (
          <SubmitButton icon="sent" pendingLabel="Annonce en cours…">
            Annoncer la réunion
          </SubmitButton>
        ) : (
          <ButtonLink to={`/${slug}/reunions/${page.id}/modification`} variant="primary" icon="agenda">
            Compléter l’ordre du jour
          </ButtonLink>
        )
      }
    >
      {ready ? (
        <p>
          La réunion apparaîtra dans l’espace de ses destinataires, et tous les membres du consortium en verront la date
          et l’instance. Aucun courriel n’est envoyé pour le moment.
        </p>
      ) : (
        <Notice tone="warning" title="L’ordre du jour est vide">
          Ajoutez au moins un point avant d’annoncer la réunion.
        </Notice>
      )}
      <DescriptionList
        items={[
          { term: 'Date', value: capitalised(dateTimeRange(page.startsAt, page.endsAt)) },
          { term: 'Lieu', value: page.place },
          { term: 'À distance', value: page.link },
          {
            term: 'Ordre du jour',
            value: ready && (
              <ol className="list">
                {page.agenda.map(item => (
                  <li key={item.id}>{item.title}</li>
                ))}
              </ol>
            ),
          },
        ]}
      />
      <Section title="Destinataires" count={page.recipients.length}>
        <ul className="list">
          {page.recipients.map(({ name }, rank) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two people may have the same name, and the list never moves.
            <li key={rank}>{name}</li>
          ))}
        </ul>
      </Section>
    </ConfirmPage>
  )
}
