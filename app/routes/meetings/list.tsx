import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Pages } from '#app/components/Pages.tsx'
import { Tabs } from '#app/components/Tabs.tsx'
import { MeetingTable } from '#app/meetings/MeetingTable.tsx'
import styles from '#app/meetings/meeting.css?url'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, ...[data?.past ? 'Réunions passées' : 'Réunions à venir', data?.instance?.name ?? ''])

/** Meetings that the person may know of, to come or past, of all instances or of one (H6). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, consortium, slug, request }) => {
    const { searchParams } = new URL(request.url)
    const past = searchParams.get('quand') === 'passees'
    // An invité sees the meetings they are invited to, not the list of instances.
    const instances = consortium.readsConsortium ? await services.governance.governanceMap(actor) : []
    const instance = instances.find(each => each.slug === searchParams.get('instance')) ?? null
    const meetings = await services.meetings.meetingEntries(actor, {
      instanceSlug: instance?.slug,
      when: past ? 'passees' : 'a-venir',
      after: searchParams.get('apres'),
      before: searchParams.get('avant'),
    })
    return {
      slug,
      past,
      now: actor.now,
      instance: instance && { slug: instance.slug, name: instance.name },
      instances: instances.map(({ slug, name, can }) => ({ slug, name, mayCreate: can.createMeeting.allowed })),
      meetings,
    }
  })
}

export default function Meetings() {
  const { slug, past, now, instance, instances, meetings } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Réunions"
      lead={instance?.name}
      visibleBy="tous les membres du consortium pour les dates, chaque instance pour le reste"
      access={pageAccessPath(slug, 'reunions')}
      primaryAction={<CreateLink slug={slug} instances={instances} chosen={instance?.slug} />}
      notice={<Flash />}
    >
      <div className="stack">
        <Tabs
          label="Réunions à venir ou passées"
          tabs={[
            { label: 'À venir', to: address(slug, { instance: instance?.slug }), current: !past },
            { label: 'Passées', to: address(slug, { instance: instance?.slug, past: true }), current: past },
          ]}
        />
        {instances.length > 0 && (
          <FilterForm submit="Filtrer les réunions" all={instance && address(slug, { past })}>
            {past && <input type="hidden" name="quand" value="passees" />}
            <SelectField
              name="instance"
              label="Instance"
              placeholder="Toutes les instances"
              defaultValue={instance?.slug ?? ''}
              options={instances.map(({ slug, name }) => ({ value: slug, label: name }))}
            />
          </FilterForm>
        )}
        {meetings.rows.length > 0 ? (
          <MeetingTable
            slug={slug}
            caption={past ? 'Réunions passées' : 'Réunions à venir'}
            meetings={meetings.rows}
            withInstance
            now={past ? undefined : now}
          />
        ) : (
          <Nothing slug={slug} past={past} filtered={instance !== null} />
        )}
        <Pages
          label="Pages de la liste des réunions"
          at={meetings}
          search={{ ...(past ? { quand: 'passees' } : {}), ...(instance ? { instance: instance.slug } : {}) }}
        />
      </div>
    </Page>
  )
}

type InstanceChoice = { slug: string; name: string; mayCreate: boolean }

function CreateLink({ slug, instances, chosen }: { slug: string; instances: InstanceChoice[]; chosen?: string }) {
  const possible = instances.filter(instance => instance.mayCreate)
  if (possible.length === 0) return null
  const query = possible.some(instance => instance.slug === chosen) ? `?instance=${chosen}` : ''
  return (
    <ButtonLink to={`/${slug}/reunions/nouvelle${query}`} variant="primary" icon="plus">
      Créer une réunion
    </ButtonLink>
  )
}

function Nothing({ slug, past, filtered }: { slug: string; past: boolean; filtered: boolean }) {
  return (
    <EmptyState action={filtered && <Link to={address(slug, { past })}>Voir toutes les instances</Link>}>
      {past ? 'Aucune réunion passée' : 'Aucune réunion à venir'}
      {filtered ? ' dans cette instance.' : ' que vous puissiez voir.'}
    </EmptyState>
  )
}

/** A view of this page: its tab and its filter are in the address. */
function address(slug: string, view: { instance?: string; past?: boolean }): string {
  const parameters = new URLSearchParams()
  if (view.past) parameters.set('quand', 'passees')
  if (view.instance) parameters.set('instance', view.instance)
  const query = parameters.toString()
  return `/${slug}/reunions${query && `?${query}`}`
}
