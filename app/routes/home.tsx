import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ActionLine } from '#app/actions/ActionLine.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Flash } from '#app/components/Flash.tsx'
import type { IconName } from '#app/components/Icon.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { capitalised, dateTime, mediumDate, relativeDay } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { AwaitingDecision, AwaitingMinutes } from '#server/domain/home/awaiting.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Ce qui vous attend')

/** « Ce qui vous attend »: the first screen after signing in. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug }) => ({
    slug,
    now: actor.now,
    awaiting: await services.home.awaiting(actor),
  }))
}

export default function Home() {
  const { slug, now, awaiting } = useLoaderData<typeof loader>()
  const nothing = Object.values(awaiting).every(list => list.length === 0)
  const minutes = { base: `/${slug}/comptes-rendus`, now }
  const decisions = { base: `/${slug}/decisions`, now }
  return (
    <Page title="Ce qui vous attend" notice={<Flash />} width="narrow">
      {nothing && (
        <EmptyState>Rien ne vous attend aujourd’hui. Les comptes rendus et décisions restent à lire.</EmptyState>
      )}
      <NextMeetings slug={slug} now={now} meetings={awaiting.nextMeetings} />
      <MinutesSection {...minutes} title="À rédiger" icon="pencil" list={awaiting.toWrite} />
      <MinutesSection {...minutes} title="À relire et approuver" icon="proofread" list={awaiting.toApprove} />
      <MinutesSection {...minutes} title="À valider" icon="lock" list={awaiting.toValidate} />
      <DecisionSection {...decisions} title="À inscrire ou à décider" list={awaiting.toDecide} />
      <DecisionSection {...decisions} title="Réponses à vos propositions" list={awaiting.answered} answered />
      <MinutesSection {...minutes} title="À lire" icon="minutes" list={awaiting.toRead} />
      {awaiting.toDo.length > 0 && (
        <Section title="À faire" count={awaiting.toDo.length}>
          <ul className="action-lines">
            {awaiting.toDo.map(action => (
              <ActionLine key={action.id} slug={slug} action={action} now={now} back={`/${slug}/accueil`} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}

type Meetings = { id: string; instance: string; startsAt: Date; place: string; running: boolean }[]

function NextMeetings({ slug, now, meetings }: { slug: string; now: Date; meetings: Meetings }) {
  if (meetings.length === 0) return null
  return (
    <Section title="Vos prochaines réunions" count={meetings.length}>
      <Entries>
        {meetings.map(({ id, instance, startsAt, place, running }) => (
          <Entry
            key={id}
            icon="meeting"
            title={instance}
            to={`/${slug}/reunions/${id}`}
            detail={[capitalised(dateTime(startsAt)), place].filter(Boolean).join(' – ')}
            aside={running ? <StateBadge of="meeting" state="en_cours" /> : relativeDay(startsAt, now)}
          />
        ))}
      </Entries>
    </Section>
  )
}

type MinutesSectionProps = { title: string; icon: IconName; list: AwaitingMinutes[]; base: string; now: Date }

function MinutesSection({ title, icon, list, base, now }: MinutesSectionProps) {
  if (list.length === 0) return null
  return (
    <Section title={title} count={list.length}>
      <Entries>
        {list.map(({ id, instance, meetingAt, since }) => (
          <Entry
            key={id}
            icon={icon}
            title={`${instance} – réunion du ${mediumDate(meetingAt)}`}
            to={`${base}/${id}`}
            aside={since ? relativeDay(since, now) : undefined}
          />
        ))}
      </Entries>
    </Section>
  )
}

type DecisionSectionProps = { title: string; list: AwaitingDecision[]; base: string; now: Date; answered?: boolean }

function DecisionSection({ title, list, base, now, answered }: DecisionSectionProps) {
  if (list.length === 0) return null
  return (
    <Section title={title} count={list.length}>
      <Entries>
        {list.map(decision => (
          <Entry
            key={decision.id}
            icon="decision"
            title={decision.wording}
            to={`${base}/${decision.id}`}
            detail={
              answered
                ? `${decision.competent}, ${relativeDay(decision.at, now)}`
                : `Proposée par ${decision.proposing}, ${relativeDay(decision.at, now)}`
            }
            aside={<StateBadge of="decision" state={decision.state} />}
          />
        ))}
      </Entries>
    </Section>
  )
}
