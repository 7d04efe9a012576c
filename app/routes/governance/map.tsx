import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { GovernanceMap } from '#app/components/GovernanceMap.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { capitalised, counted, dateTime, mediumDate, relativeDay } from '#app/formats.ts'
import styles from '#app/governance/governance-map.css?url'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { MapInstance } from '#server/domain/governance/governance-map.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Instances')

/** The governance of the consortium as a picture, with its list (H2). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, consortium, slug }) => ({
    slug,
    now: actor.now,
    about: await services.consortia.consortiumPage(actor),
    administers: consortium.administers,
    today: actor.today,
    instances: await services.governance.governanceMap(actor),
  }))
}

export default function GovernancePage() {
  const { slug, now, today, about, administers, instances: all } = useLoaderData<typeof loader>()
  const instances = all.filter(({ endsOn }) => endsOn === null || endsOn >= today)
  const mapped = instances.map(({ nextMeetingAt, ...instance }) => ({
    ...instance,
    nextMeeting: nextMeetingAt?.toISOString() ?? null,
  }))
  return (
    <Page
      title="Instances"
      lead={`${about.purpose || 'Qui décide, qui coordonne et qui travaille au service public de l’insertion et de l’emploi.'} Territoire : ${about.territory}.`}
      visibleBy="tous les membres du consortium"
      access={pageAccessPath(slug, 'instances')}
      primaryAction={
        administers && (
          <ButtonLink to={`/${slug}/instances/nouvelle`} variant="primary" icon="plus">
            Créer une instance
          </ButtonLink>
        )
      }
      notice={<Flash />}
    >
      <YourInstances slug={slug} now={now} instances={instances.filter(instance => instance.yours)} />
      {instances.length > 0 ? (
        <Section title="Toutes les instances" action={<Link to={`/${slug}/competences`}>Qui décide de quoi</Link>}>
          <GovernanceMap instances={mapped} consortiumSlug={slug} headingLevel={3} />
        </Section>
      ) : (
        <EmptyState>Aucune instance n’est encore enregistrée dans ce consortium.</EmptyState>
      )}
      <Dissolved slug={slug} instances={all.filter(instance => !instances.includes(instance))} />
    </Page>
  )
}

/** Bodies of the past: what they wrote stays readable. */
function Dissolved({ slug, instances }: { slug: string; instances: MapInstance[] }) {
  if (instances.length === 0) return null
  return (
    <Disclosure summary={counted(instances.length, 'instance dissoute', 'instances dissoutes')}>
      <ul className="list">
        {instances.map(instance => (
          <li key={instance.slug}>
            <Link to={`/${slug}/instances/${instance.slug}`}>{instance.name}</Link>
            {instance.endsOn && `, jusqu’au ${mediumDate(instance.endsOn)}`}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** Where the reader sits, the soonest meeting first: what they come for most often. */
function YourInstances({ slug, now, instances }: { slug: string; now: Date; instances: MapInstance[] }) {
  if (instances.length === 0) return null
  return (
    <Section title="Vos instances" count={instances.length}>
      <Entries>
        {instances.toSorted(bySoonest).map(instance => (
          <Entry
            key={instance.slug}
            icon={`tier-${instance.level}`}
            title={instance.name}
            to={`/${slug}/instances/${instance.slug}`}
            detail={
              instance.nextMeetingAt
                ? `Prochaine réunion : ${dateTime(instance.nextMeetingAt)}`
                : 'Pas de réunion prévue'
            }
            aside={instance.nextMeetingAt ? capitalised(relativeDay(instance.nextMeetingAt, now)) : undefined}
          />
        ))}
      </Entries>
    </Section>
  )
}

function bySoonest(one: MapInstance, other: MapInstance): number {
  return (
    (one.nextMeetingAt?.getTime() ?? Number.POSITIVE_INFINITY) -
      (other.nextMeetingAt?.getTime() ?? Number.POSITIVE_INFINITY) || 0
  )
}
