import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { Button, ButtonLink } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Filters } from '#app/components/Form.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Pages } from '#app/components/Pages.tsx'
import { Table } from '#app/components/Table.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { capitalised, mediumDate, time } from '#app/formats.ts'
import { journalFilterIn, journalSearch } from '#app/journal/journal-filter.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { JournalEntry } from '#server/domain/journal/journal-page.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { journalSubjectLabel, journalVerbLabel } from '#server/vocabulary/journal.ts'
import { spreadsheetFormatLabels } from '#server/vocabulary/spreadsheets.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Journal')

/** Who did what in the consortium, and when (H35). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const search = new URL(request.url).searchParams
    const filter = journalFilterIn(search)
    const place = { after: search.get('apres') ?? undefined, before: search.get('avant') ?? undefined }
    return { slug, filter, page: await services.journal.journalPage(actor, { ...filter, ...place }) }
  })
}

export default function Journal() {
  const { slug, filter, page } = useLoaderData<typeof loader>()
  const search = journalSearch(filter)
  const filtered = Object.keys(search).length > 0
  return (
    <Page
      title="Journal"
      breadcrumb={[{ label: 'Gestion', to: `/${slug}/gestion` }]}
      lead="Chaque acte laisse ici une ligne que personne ne peut modifier ni retirer. Elle ne contient aucun texte : les noms affichés sont ceux d’aujourd’hui."
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'journal')}
      width="full"
      otherActions={codesOf(spreadsheetFormatLabels).map(format => (
        <a key={format} href={`/${slug}/journal/fichier?${new URLSearchParams({ ...search, format })}`} download>
          Télécharger pour {spreadsheetFormatLabels[format]}
        </a>
      ))}
    >
      <JournalFilters search={search} page={page} filtered={filtered} />
      {page.entries.length === 0 ? (
        <EmptyState action={filtered ? <ButtonLink to="?">Tout afficher</ButtonLink> : undefined}>
          {filtered ? 'Aucun acte ne correspond à ces filtres.' : 'Aucun acte n’est encore inscrit au journal.'}
        </EmptyState>
      ) : (
        <Table
          caption="Actes, du plus récent au plus ancien"
          captionHidden
          rows={page.entries}
          rowKey={entry => String(entry.id)}
          columns={[
            { header: 'Date', cell: ({ at }) => `${mediumDate(at)}, ${time(at)}`, nowrap: true },
            { header: 'Qui', cell: ({ person }) => person ?? 'Le site' },
            { header: 'Acte', rowHeader: true, cell: ({ verb }) => capitalised(journalVerbLabel(verb)) },
            { header: 'Objet', cell: entry => <Subject slug={slug} entry={entry} /> },
          ]}
        />
      )}
      <Pages label="Pages du journal" at={page} search={search} />
    </Page>
  )
}

function Subject({ slug, entry: { subject } }: { slug: string; entry: JournalEntry }) {
  const kind = journalSubjectLabel(subject.kind)
  const label = subject.label || kind
  return (
    <>
      {subject.path ? <Link to={`/${slug}/${subject.path}`}>{label}</Link> : label}
      <br />
      <small>
        {subject.label && `${kind} · `}
        <Link to={`?${new URLSearchParams({ sorte: subject.kind, objet: subject.id })}`}>
          Tous ses actes<span className="visually-hidden"> : {label}</span>
        </Link>
      </small>
    </>
  )
}

type Choices = { people: { accountId: string; name: string }[]; verbs: string[]; subjectKinds: string[] }

function JournalFilters({
  search,
  page,
  filtered,
}: {
  search: Record<string, string>
  page: Choices
  filtered: boolean
}) {
  const byLabel = (one: { label: string }, other: { label: string }) => one.label.localeCompare(other.label, 'fr')
  return (
    // A new form for each address, so that its fields follow « Tout afficher ».
    <Form method="get" key={JSON.stringify(search)}>
      <Filters>
        <SelectField
          name="personne"
          label="Qui"
          placeholder="Tout le monde"
          defaultValue={search.personne ?? ''}
          options={page.people.map(({ accountId, name }) => ({ value: accountId, label: name }))}
        />
        <SelectField
          name="acte"
          label="Acte"
          placeholder="Tous les actes"
          defaultValue={search.acte ?? ''}
          options={page.verbs.map(value => ({ value, label: capitalised(journalVerbLabel(value)) })).toSorted(byLabel)}
        />
        <SelectField
          name="sorte"
          label="Sorte d’objet"
          placeholder="Tous les objets"
          defaultValue={search.sorte ?? ''}
          options={page.subjectKinds.map(value => ({ value, label: journalSubjectLabel(value) })).toSorted(byLabel)}
        />
        <DateField name="du" label="Du" defaultValue={search.du} />
        <DateField name="au" label="Au" defaultValue={search.au} />
        <Button type="submit">Filtrer</Button>
        {filtered && (
          <ButtonLink to="?" variant="quiet">
            Tout afficher
          </ButtonLink>
        )}
      </Filters>
    </Form>
  )
}
