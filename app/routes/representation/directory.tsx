import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Tabs } from '#app/components/Tabs.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { counted } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { AddressesPanel } from '#app/representation/AddressesPanel.tsx'
import { DirectoryList } from '#app/representation/DirectoryList.tsx'
import styles from '#app/representation/directory.css?url'
import { type DirectoryWanted, directoryWanted, searchOf } from '#app/representation/directory-filter.ts'
import { FileLinks } from '#app/representation/FileLinks.tsx'
import { reading } from '#app/request.ts'
import type { Directory } from '#server/domain/representation/directory.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, ...(data?.chosen ? [data.chosen] : []), 'Annuaire')

/** The people of the consortium, with their mandates; addresses for who may read them (H2, H4, H44). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const { addresses, ...wanted } = directoryWanted(request)
    const directory = await services.representation.directory(actor, wanted)
    return {
      slug,
      wanted,
      directory,
      pages: Math.max(1, Math.ceil(directory.total / peoplePerPage)),
      chosen: [...directory.instances, ...directory.organisations].find(
        each => each.slug === (wanted.instance ?? wanted.organisation),
      )?.name,
      addresses: addresses ? await services.representation.directoryAddresses(actor, wanted) : null,
    }
  })
}

const peoplePerPage = 50

type Wanted = Omit<DirectoryWanted, 'addresses'>

export default function DirectoryPage() {
  const { slug, wanted, directory, pages, chosen, addresses } = useLoaderData<typeof loader>()
  const search = searchOf(wanted)
  const here = (more: Record<string, string>) => `/${slug}/annuaire?${new URLSearchParams({ ...search, ...more })}`
  const choosesInstance = wanted.byInstance && wanted.instance === undefined && !wanted.words && !wanted.organisation
  return (
    <Page
      title="Annuaire"
      lead={chosen}
      visibleBy="tous les membres du consortium ; les adresses et les téléphones, par qui siège dans une même instance et par le chef de projet"
      access={pageAccessPath(slug, 'annuaire')}
      primaryAction={
        <ButtonLink to={`${here({ adresses: '1' })}#adresses`} icon="copy">
          Copier les adresses
        </ButtonLink>
      }
      otherActions={
        <>
          <FileLinks to={`/${slug}/annuaire/fichier`} search={search} />
          <ButtonLink to={`/${slug}/representation`} variant="quiet" icon="agenda">
            Voir le tableau de représentation
          </ButtonLink>
          <ButtonLink to={`/${slug}/organigramme`} variant="quiet" icon="instances">
            Voir l’organigramme
          </ButtonLink>
        </>
      }
    >
      <Tabs
        label="Classement de l’annuaire"
        tabs={[
          { label: 'Par structure', to: `/${slug}/annuaire`, current: !wanted.byInstance },
          { label: 'Par instance', to: `/${slug}/annuaire?par=instance`, current: wanted.byInstance },
        ]}
      />
      <Search slug={slug} wanted={wanted} directory={directory} />
      {addresses && <AddressesPanel addresses={addresses} />}
      {choosesInstance ? (
        <InstanceChoice slug={slug} instances={directory.instances} />
      ) : (
        <>
          <p role="status" className="soft">
            {counted(directory.total, 'personne')}
            {pages > 1 && `, page ${wanted.page} sur ${pages}`}
          </p>
          {directory.people.length > 0 ? (
            <DirectoryList slug={slug} directory={directory} filter={wanted} />
          ) : (
            <EmptyState action={<Link to={`/${slug}/annuaire`}>Voir tout l’annuaire</Link>}>
              Personne ne correspond à cette recherche.
            </EmptyState>
          )}
          <PageLinks wanted={wanted} pages={pages} here={here} />
        </>
      )}
    </Page>
  )
}

function Search({ slug, wanted, directory }: { slug: string; wanted: Wanted; directory: Directory }) {
  const { par, ...narrowed } = searchOf(wanted)
  return (
    <FilterForm
      submit="Chercher dans l’annuaire"
      icon="search"
      all={Object.keys(narrowed).length > 0 && `/${slug}/annuaire${par ? `?par=${par}` : ''}`}
    >
      {wanted.byInstance && <input type="hidden" name="par" value="instance" />}
      <TextField type="search" name="q" label="Nom ou qualité" defaultValue={wanted.words} maxLength={200} />
      <SelectField
        name="structure"
        label="Structure"
        placeholder="Toutes les structures"
        defaultValue={wanted.organisation ?? ''}
        options={directory.organisations.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
      <SelectField
        name="instance"
        label="Instance"
        placeholder="Toutes les instances"
        defaultValue={wanted.instance ?? ''}
        options={directory.instances.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
    </FilterForm>
  )
}

function InstanceChoice({ slug, instances }: { slug: string; instances: Directory['instances'] }) {
  return (
    <Entries>
      {instances.map(({ slug: instance, name, level, people }) => (
        <Entry
          key={instance}
          icon={`tier-${level}`}
          title={name}
          to={`/${slug}/annuaire?par=instance&instance=${instance}`}
          aside={counted(people, 'personne')}
        />
      ))}
    </Entries>
  )
}

type PageLinksProps = { wanted: Wanted; pages: number; here: (more: Record<string, string>) => string }

function PageLinks({ wanted: { page }, pages, here }: PageLinksProps) {
  if (pages === 1 && page === 1) return null
  return (
    <nav aria-label="Pages de l’annuaire">
      <ButtonRow>
        {page > 1 && (
          <ButtonLink to={here({ page: String(Math.min(page - 1, pages)) })} icon="back">
            Page précédente
          </ButtonLink>
        )}
        {page < pages && (
          <ButtonLink to={here({ page: String(page + 1) })} icon="forward">
            Page suivante
          </ButtonLink>
        )}
      </ButtonRow>
    </nav>
  )
}
