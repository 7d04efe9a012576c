import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ActionLine } from '#app/actions/ActionLine.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Flash } from '#app/components/Flash.tsx'
import type { IconName } from '#app/components/Icon.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { capitalised, dateTime, deadline, mediumDate, relativeDay } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { Awaiting, AwaitingList } from '#server/domain/home/awaiting.ts'
import type { AwaitingDecision } from '#server/domain/home/awaiting-decisions.ts'
import type { AwaitingMinutes } from '#server/domain/home/awaiting-minutes.ts'
import type { AwaitingProposal } from '#server/domain/home/awaiting-proposals.ts'

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
  const of = <List extends AwaitingList>(name: List) => ({ list: awaiting[name], cut: awaiting.cut.includes(name) })
  return (
    <Page
      title="Ce qui vous attend"
      visibleBy="vous"
      whoCanSee={
        <p>
          Chacun a le sien, fait de ce qu’il peut lire par ailleurs. La page de chaque chose dit qui la voit, et
          pourquoi.
        </p>
      }
      notice={<Flash />}
      width="narrow"
    >
      {nothing && (
        <EmptyState>Rien ne vous attend aujourd’hui. Les comptes rendus et décisions restent à lire.</EmptyState>
      )}
      {awaiting.handovers.length > 0 && (
        <Section title="Vous prenez la suite">
          <Entries>
            {awaiting.handovers.map(({ id, instance, startsOn }) => (
              <Entry
                key={id}
                icon="forward"
                title={`Lire la passation – ${instance}`}
                to={`/${slug}/mandats/${id}/passation`}
                detail={`Votre mandat a commencé le ${mediumDate(startsOn)}`}
              />
            ))}
          </Entries>
        </Section>
      )}
      <PresenceSection slug={slug} now={now} {...of('toAnswer')} />
      <NextMeetings slug={slug} now={now} {...of('nextMeetings')} />
      <MinutesSection {...minutes} title="À rédiger" icon="pencil" {...of('toWrite')} />
      <MinutesSection {...minutes} title="À relire et approuver" icon="proofread" {...of('toApprove')} />
      <MinutesSection {...minutes} title="À valider" icon="lock" {...of('toValidate')} />
      <DecisionSection
        {...decisions}
        title="À inscrire ou à décider"
        {...of('toDecide')}
        all={<Link to={`/${slug}/decisions?etat=proposee`}>Toutes les décisions proposées</Link>}
      />
      <DecisionSection {...decisions} title="Réponses à vos propositions" {...of('answered')} answered />
      <RelaySection slug={slug} now={now} {...of('toRelay')} />
      <ProposalSection slug={slug} now={now} title="Représentants proposés, à examiner" {...of('toExamine')} />
      <ProposalSection slug={slug} now={now} title="Propositions retournées, à reprendre" {...of('returned')} />
      <MinutesSection {...minutes} title="À lire" icon="minutes" {...of('toRead')} />
      {awaiting.toDo.length > 0 && (
        <Section title="À faire" {...extent(of('toDo'), 'Les échéances les plus proches')}>
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

/** How many there are; of a list that is cut, which ones are shown. */
function extent({ list, cut }: { list: readonly object[]; cut: boolean }, which: string) {
  return cut
    ? { hint: `${which} : ${list.length} ici, les autres viendront à mesure que la liste se vide.` }
    : { count: list.length }
}

type PresenceProps = { slug: string; now: Date; list: Awaiting['toAnswer']; cut: boolean }

function PresenceSection({ slug, now, list, cut }: PresenceProps) {
  if (list.length === 0) return null
  return (
    <Section title="Dire si vous venez" {...extent({ list, cut }, 'Les réunions les plus proches')}>
      <Entries>
        {list.map(({ id, mandateId, instance, startsAt, person }) => (
          <Entry
            key={mandateId + id}
            icon="people"
            title={`${instance} – ${person ? `la venue de ${person}` : 'votre venue'}`}
            to={`/${slug}/reunions/${id}/ma-presence`}
            detail={capitalised(dateTime(startsAt))}
            aside={relativeDay(startsAt, now)}
          />
        ))}
      </Entries>
    </Section>
  )
}

type NextMeetingsProps = { slug: string; now: Date; list: Awaiting['nextMeetings']; cut: boolean }

function NextMeetings({ slug, now, list, cut }: NextMeetingsProps) {
  if (list.length === 0) return null
  return (
    <Section
      title="Vos prochaines réunions"
      count={cut ? undefined : list.length}
      hint={cut && `Les ${list.length} premières.`}
      action={cut && <Link to={`/${slug}/reunions`}>Toutes les réunions à venir</Link>}
    >
      <Entries>
        {list.map(({ id, instance, startsAt, place, running }) => (
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

type MinutesSectionProps = {
  title: string
  icon: IconName
  list: AwaitingMinutes[]
  cut: boolean
  base: string
  now: Date
}

function MinutesSection({ title, icon, list, cut, base, now }: MinutesSectionProps) {
  if (list.length === 0) return null
  return (
    <Section title={title} {...extent({ list, cut }, 'Les réunions les plus récentes')}>
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

type DecisionSectionProps = {
  title: string
  list: AwaitingDecision[]
  cut: boolean
  base: string
  now: Date
  answered?: boolean
  /** Where they all are, when this list is cut. */
  all?: ReactNode
}

function DecisionSection({ title, list, cut, base, now, answered, all }: DecisionSectionProps) {
  if (list.length === 0) return null
  return (
    <Section title={title} {...extent({ list, cut }, 'Les propositions les plus anciennes')} action={cut && all}>
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

type RelaySectionProps = { slug: string; now: Date; list: Awaiting['toRelay']; cut: boolean }

function RelaySection({ slug, now, list, cut }: RelaySectionProps) {
  if (list.length === 0) return null
  return (
    <Section title="À relayer dans votre structure" {...extent({ list, cut }, 'Les échéances les plus proches')}>
      <Entries>
        {list.map(({ id, number, wording, dueOn, slug: structure }) => (
          <Entry
            key={id + structure}
            icon="forward"
            title={wording}
            to={`/${slug}/decisions/${id}/relais/${structure}`}
            detail={number && `Décision ${number}`}
            aside={deadline(dueOn, now)}
          />
        ))}
      </Entries>
    </Section>
  )
}

type ProposalSectionProps = { slug: string; now: Date; title: string; list: AwaitingProposal[]; cut: boolean }

function ProposalSection({ slug, now, title, list, cut }: ProposalSectionProps) {
  if (list.length === 0) return null
  return (
    <Section
      title={title}
      {...extent({ list, cut }, 'Les premières')}
      action={<Link to={`/${slug}/propositions`}>Toutes les propositions</Link>}
    >
      <Entries>
        {list.map(({ id, kind, name, instance, functionLabel, at }) => (
          <Entry
            key={id}
            icon="person"
            title={`${kind === 'fin' ? 'Fin du mandat de ' : ''}${name} – ${instance}`}
            to={`/${slug}/propositions/${id}`}
            detail={functionLabel}
            aside={relativeDay(at, now)}
          />
        ))}
      </Entries>
    </Section>
  )
}
