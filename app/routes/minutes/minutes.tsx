import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { Flash } from '#app/components/Flash.tsx'
import { Letterhead } from '#app/components/Letterhead.tsx'
import { MinutesLayout } from '#app/components/MinutesLayout.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { LateEdits } from '#app/editor/LateEdits.tsx'
import { outlineOf } from '#app/editor/reading/outline.ts'
import { capitalised, dateTimeRange, documentTitle, mediumDate } from '#app/formats.ts'
import { useReadsConsortium } from '#app/meetings/use-reads-consortium.ts'
import { asidePanels } from '#app/minutes/AsidePanels.tsx'
import { leaveToDocument } from '#app/minutes/document-text.ts'
import { OtherActions, PrimaryAction } from '#app/minutes/MinutesActions.tsx'
import { MinutesNotices } from '#app/minutes/MinutesNotices.tsx'
import { MinutesText } from '#app/minutes/MinutesText.tsx'
import { Outline } from '#app/minutes/Outline.tsx'
import { readersSentence } from '#app/minutes/readers-sentence.ts'
import { useLiveMinutes } from '#app/minutes/use-live-minutes.tsx'
import { reading } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: data
      ? documentTitle(
          `Compte rendu du ${mediumDate(data.page.meeting.startsAt)}`,
          data.page.instance.shortName,
          data.page.consortium.name,
        )
      : documentTitle('Compte rendu'),
  },
]

/** Minutes: the document it will become, live for who writes (H15, H16). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param, preview }) => {
    const { content, ...page } = preview
      ? await services.access.minutesPreview(actor, preview, param('id'))
      : await services.minutes.minutesPage(actor, param('id'))
    // A live text is in the document, then comes to the editor: a third copy would cost as much again.
    const inDocument = page.live !== null && args.context.isDocument
    if (inDocument) leaveToDocument(args.context, content)
    return {
      slug,
      now: actor.now,
      account: { id: actor.accountId, name: actor.name },
      page,
      content: inDocument ? null : content,
      outline: outlineOf(content),
    }
  })
}

export default function Minutes() {
  const data = useLoaderData<typeof loader>()
  const { slug, page } = data
  const live = useLiveMinutes(page, data.outline)
  const readsConsortium = useReadsConsortium()
  const title = `Compte rendu de la réunion du ${mediumDate(page.meeting.startsAt)}`
  return (
    <Page
      title={title}
      layout="bare"
      width="full"
      level={page.instance.level}
      breadcrumb={[
        { label: 'Réunions', to: `/${slug}/reunions` },
        // An invité has no page of the instance.
        ...(readsConsortium
          ? [{ label: page.instance.shortName, to: `/${slug}/instances/${page.instance.slug}` }]
          : []),
        ...(page.meeting.opens
          ? [{ label: `Réunion du ${mediumDate(page.meeting.startsAt)}`, to: `/${slug}/reunions/${page.meeting.id}` }]
          : []),
      ]}
      badges={<StateBadge of="minutes" state={page.state} />}
      visibleBy={readersSentence(page)}
      access={accessPath(slug, 'compte-rendu', page.id)}
      primaryAction={<PrimaryAction slug={slug} page={page} />}
      otherActions={<OtherActions slug={slug} page={page} />}
      notice={
        <>
          <Flash />
          <MinutesNotices page={page} slug={slug} />
        </>
      }
    >
      <MinutesLayout
        outline={<Outline items={live.outline} />}
        sheet={
          <>
            <Letterhead
              consortiumName={page.consortium.name}
              territory={page.consortium.territory}
              instanceName={page.instance.name}
              level={page.instance.level}
              title={title}
              draft={page.sealed === null && page.live !== null}
              facts={[
                { term: 'Date', value: capitalised(dateTimeRange(page.meeting.startsAt, page.meeting.endsAt)) },
                { term: 'Lieu', value: page.meeting.place },
                { term: 'Objet', value: page.meeting.title },
              ]}
            />
            <LateEdits
              accountId={data.account.id}
              minutesId={page.id}
              writableEpoch={page.live ? page.epoch : null}
              sealed={page.sealed && { by: page.sealed.validatedBy, at: page.sealed.validatedAt.toISOString() }}
            />
            <MinutesText {...data} live={live} />
          </>
        }
        aside={asidePanels({ ...data, people: live.people })}
        statusBar={live.statusBar}
      />
    </Page>
  )
}
