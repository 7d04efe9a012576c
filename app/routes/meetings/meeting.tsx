import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { useProjection } from '#app/components/Frame.tsx'
import { Icon } from '#app/components/Icon.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Columns } from '#app/components/Section.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { capitalised, counted, dateTimeRange, longDate, mediumDate, relativeDay } from '#app/formats.ts'
import { Agenda } from '#app/meetings/Agenda.tsx'
import { AttendanceSummary } from '#app/meetings/AttendanceSummary.tsx'
import { OtherActions, PrimaryAction, WhoLeads } from '#app/meetings/MeetingActions.tsx'
import styles from '#app/meetings/meeting.css?url'
import { aboveMeeting, meetingName, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { ProposedItems } from '#app/meetings/ProposedItems.tsx'
import { useReadsConsortium } from '#app/meetings/use-reads-consortium.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, ...meetingTitleParts(data?.page))

/** A meeting: when, where, about what, who came, and what to do now (H7). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    now: actor.now,
    page: await services.meetings.meetingPage(actor, param('id')),
  }))
}

export default function Meeting() {
  const { slug, now, page } = useLoaderData<typeof loader>()
  const projected = useProjection()
  const base = `/${slug}/reunions/${page.id}`
  return (
    <Page
      title={capitalised(meetingName(page))}
      level={page.instance.level}
      breadcrumb={aboveMeeting(slug, page, useReadsConsortium())}
      badges={<StateBadge of="meeting" state={page.state} />}
      lead={page.title ? `${page.instance.name} – ${page.title}` : page.instance.name}
      visibleBy={visibleBy(page)}
      access={accessPath(slug, 'reunion', page.id)}
      primaryAction={<PrimaryAction base={base} slug={slug} page={page} now={now} />}
      otherActions={<OtherActions base={base} page={page} />}
      notice={
        <>
          <Flash />
          <Ended slug={slug} page={page} />
        </>
      }
    >
      <Columns aside={<AttendanceSummary slug={slug} page={page} />}>
        <div className="stack">
          <Facts slug={slug} page={page} now={now} />
          {!projected && <Recipients page={page} />}
          {!projected && <WhoLeads page={page} />}
        </div>
        <Agenda slug={slug} page={page} />
        {!projected && <ProposedItems base={base} page={page} />}
      </Columns>
    </Page>
  )
}

function Facts({ slug, page, now }: { slug: string; page: MeetingPage; now: Date }) {
  const coming = page.state === 'preparation' || page.state === 'invitations_envoyees'
  return (
    <DescriptionList
      items={[
        {
          term: 'Date',
          value: `${capitalised(dateTimeRange(page.startsAt, page.endsAt))}${coming ? ` (${relativeDay(page.startsAt, now)})` : ''}`,
        },
        { term: 'Lieu', value: page.place },
        { term: 'À distance', value: page.link && <RemoteLink link={page.link} /> },
        {
          term: 'Compte rendu',
          value: page.minutes && (page.state === 'en_cours' || page.state === 'tenue') && (
            <>
              <Link to={`/${slug}/comptes-rendus/${page.minutes.id}`}>Ouvrir le compte rendu</Link>{' '}
              <StateBadge of="minutes" state={page.minutes.state} />
            </>
          ),
        },
        {
          term: 'Remplace',
          value: page.replaces && (
            <Link to={`/${slug}/reunions/${page.replaces.id}`}>la réunion du {mediumDate(page.replaces.startsAt)}</Link>
          ),
        },
      ]}
    />
  )
}

function RemoteLink({ link }: { link: string }) {
  return (
    <a href={link} rel="noreferrer external" className="remote-link">
      <Icon name="external" /> Rejoindre la visioconférence
      <span className="soft small">{new URL(link).host}</span>
    </a>
  )
}

function Recipients({ page }: { page: MeetingPage }) {
  if (page.recipients.length === 0) return null
  const people = counted(page.recipients.length, 'personne')
  const summary =
    page.state === 'preparation'
      ? `Sera annoncée à ${people}`
      : `Annoncée${page.announcedAt ? ` le ${mediumDate(page.announcedAt)}` : ''} à ${people}`
  return (
    <Disclosure summary={summary}>
      <ul className="list recipients">
        {page.recipients.map(({ name }, rank) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two people may have the same name, and the list never moves.
          <li key={rank}>{name}</li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** What became of a meeting that will not be held. */
function Ended({ slug, page }: { slug: string; page: MeetingPage }) {
  if (page.state !== 'annulee' && page.state !== 'reportee') return null
  return (
    <Notice
      tone="warning"
      title={page.state === 'annulee' ? 'Cette réunion est annulée' : 'Cette réunion est reportée'}
    >
      {page.endReason && <p>{page.endReason}</p>}
      {page.replacedBy && (
        <p>
          <Link to={`/${slug}/reunions/${page.replacedBy.id}`}>
            Voir la réunion du {longDate(page.replacedBy.startsAt)}, qui la remplace
          </Link>
        </p>
      )}
    </Notice>
  )
}

function visibleBy({ announcedAt }: MeetingPage): string {
  return announcedAt === null
    ? 'les membres de l’instance, le prestataire rattaché et le chef de projet'
    : 'les membres de l’instance, ses invités, le prestataire rattaché et le chef de projet'
}
