import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { GovernanceMap } from '#app/components/GovernanceMap.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { capitalised, dateTime, relativeDay } from '#app/formats.ts'
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
    territory: consortium.territory,
    instances: await services.governance.governanceMap(actor),
  }))
}

export default function GovernancePage() {
  const { slug, now, territory, instances } = useLoaderData<typeof loader>()
  const mapped = instances.map(({ nextMeetingAt, ...instance }) => ({
    ...instance,
    nextMeeting: nextMeetingAt?.toISOString() ?? null,
  }))
  return (
    <Page
      title="Instances"
      lead={`Qui décide, qui coordonne et qui travaille au service public de l’insertion et de l’emploi. Territoire : ${territory}.`}
      visibleBy="tous les membres du consortium"
      notice={<Flash />}
    >
      <YourInstances slug={slug} now={now} instances={instances.filter(instance => instance.yours)} />
      {instances.length > 0 ? (
        <Section title="Toutes les instances">
          <GovernanceMap instances={mapped} consortiumSlug={slug} headingLevel={3} />
        </Section>
      ) : (
        <EmptyState>Aucune instance n’est encore enregistrée dans ce consortium.</EmptyState>
      )}
    </Page>
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
