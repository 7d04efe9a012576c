import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { Table } from '#app/components/Table.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { counted, mediumDate } from '#app/formats.ts'
import { RoleState } from '#app/mandates/role-days.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { PeopleFilters, PersonRow, RoleView } from '#server/domain/governance/people-list.ts'
import { consortiumFunctionLabels, seatFunctionLabels } from '#server/vocabulary/governance.ts'

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'Personnes et mandats')

const functions = { ...seatFunctionLabels, ...consortiumFunctionLabels }
const states = {
  en_cours: 'Un rôle en cours',
  a_venir: 'Un rôle à venir seulement',
  termine: 'Plus aucun rôle',
  finit: 'Un mandat qui finit dans le mois',
  jamais: 'Aucune connexion',
} as const

/** The people of the consortium, for who designates them (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const search = new URL(request.url).searchParams
    const filters = filtersIn(search)
    return { slug, filters, now: actor.today, people: await services.people.peopleList(actor, filters) }
  })
}

export default function People() {
  const { slug, filters, people, now } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Personnes et mandats"
      lead="Qui siège, où, et depuis quand."
      breadcrumb={[{ label: 'Gestion du consortium', to: `/${slug}/gestion` }]}
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'personnes')}
      primaryAction={
        <ButtonLink to={`/${slug}/mandats/nouveau`} variant="primary" icon="plus">
          Désigner une personne
        </ButtonLink>
      }
      otherActions={
        <>
          <ButtonLink to={`/${slug}/personnes/nouvelles`} variant="quiet">
            Désigner plusieurs personnes
          </ButtonLink>
          <ButtonLink to={`/${slug}/fonctions/nouvelle`} variant="quiet">
            Donner une fonction dans le consortium
          </ButtonLink>
        </>
      }
      notice={<Flash />}
    >
      <div className="stack">
        <Search filters={filters} people={people} />
        {people.rows.length > 0 ? (
          <Table
            caption={counted(people.total, 'personne')}
            rows={people.rows}
            rowKey={row => row.id}
            columns={[
              { header: 'Nom', cell: row => <PersonLink slug={slug} row={row} /> },
              { header: 'Rôles', cell: row => <Roles roles={row.roles} today={now} /> },
              { header: 'État', cell: row => <RoleState state={row.state} /> },
              { header: 'Accès', cell: row => <Access row={row} /> },
            ]}
          />
        ) : (
          <EmptyState action={<Link to={`/${slug}/personnes`}>Voir toutes les personnes</Link>}>
            Personne ne répond à ces critères.
          </EmptyState>
        )}
        <PageLinks page={people.page} pages={people.pages} filters={filters} />
      </div>
    </Page>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function Search({ filters, people }: Pick<Loaded, 'filters' | 'people'>) {
  const options = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }))
  const choices = (list: readonly { slug: string; name: string }[]) =>
    list.map(({ slug, name }) => ({ value: slug, label: name }))
  const { page, ...narrowed } = filters
  const filtered = Object.values(narrowed).some(Boolean)
  return (
    <FilterForm submit="Filtrer les personnes" all={filtered && '?'}>
      <TextField name="recherche" label="Nom ou courriel" defaultValue={filters.search} type="search" />
      <SelectField
        name="structure"
        label="Structure"
        placeholder="Toutes"
        defaultValue={filters.organisation ?? ''}
        options={choices(people.organisations)}
      />
      <SelectField
        name="instance"
        label="Instance"
        placeholder="Toutes"
        defaultValue={filters.instance ?? ''}
        options={choices(people.instances)}
      />
      <SelectField
        name="fonction"
        label="Fonction"
        placeholder="Toutes"
        defaultValue={filters.function ?? ''}
        options={options(functions)}
      />
      <SelectField
        name="etat"
        label="État"
        placeholder="Toutes les personnes"
        defaultValue={filters.state ?? ''}
        options={options(states)}
      />
    </FilterForm>
  )
}

function PersonLink({ slug, row }: { slug: string; row: PersonRow }) {
  return (
    <>
      <Link to={`/${slug}/personnes/${row.id}`}>
        {row.givenName} {row.familyName}
      </Link>
      <br />
      <span className="soft">{row.email}</span>
    </>
  )
}

function Roles({ roles, today }: { roles: RoleView[]; today: string }) {
  const lasting = roles.filter(role => role.endsOn === null || role.endsOn >= today)
  const shown = lasting.length > 0 ? lasting : roles.slice(0, 1)
  return (
    <PlainList>
      {shown.map(role => (
        <li key={`${role.label}${role.instance}${role.startsOn}`}>
          {[role.label, role.instance, role.organisation].filter(Boolean).join(' – ')}
          {role.endsOn !== null && <span className="soft"> jusqu’au {mediumDate(role.endsOn)}</span>}
        </li>
      ))}
    </PlainList>
  )
}

function Access({ row }: { row: PersonRow }) {
  if (row.suspended) {
    return (
      <Badge icon="lock" tone="danger">
        Suspendu
      </Badge>
    )
  }
  return row.hasPassword ? (
    'Mot de passe choisi'
  ) : (
    <Badge icon="clock" tone="warning">
      Aucune connexion
    </Badge>
  )
}

function PageLinks({ page, pages, filters }: { page: number; pages: number; filters: PeopleFilters }) {
  if (pages === 1) return null
  return (
    <nav aria-label="Pages de la liste des personnes">
      <ButtonRow>
        {page > 1 && (
          <ButtonLink to={address(filters, page - 1)} icon="back">
            Page précédente
          </ButtonLink>
        )}
        <span>
          Page {page} sur {pages}
        </span>
        {page < pages && (
          <ButtonLink to={address(filters, page + 1)} icon="forward">
            Page suivante
          </ButtonLink>
        )}
      </ButtonRow>
    </nav>
  )
}

function filtersIn(search: URLSearchParams): PeopleFilters & { search: string } {
  const one = <Code extends string>(name: string, labels: Readonly<Record<Code, string>>): Code | null => {
    const value = search.get(name) ?? ''
    return Object.hasOwn(labels, value) ? (value as Code) : null
  }
  return {
    search: (search.get('recherche') ?? '').replaceAll('\u0000', '').slice(0, 100),
    organisation: search.get('structure') || null,
    instance: search.get('instance') || null,
    function: one('fonction', functions),
    state: one('etat', states),
    page: Number(search.get('page')) || 1,
  }
}

function address(filters: PeopleFilters, page: number): string {
  const { search, organisation, instance, function: fn, state } = filters
  const values = { recherche: search, structure: organisation, instance, fonction: fn, etat: state }
  const kept = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return `?${new URLSearchParams([...kept, ['page', String(page)]] as [string, string][])}`
}
