import { Link } from '@remix-run/react'
import { ButtonLink } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Pages } from '#app/components/Pages.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Table } from '#app/components/Table.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { capitalised, mediumDate, time } from '#app/formats.ts'
import type { JournalEntry, JournalPage } from '#server/domain/journal/read-journal.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { journalSubjectLabel, journalVerbLabel } from '#server/vocabulary/journal.ts'
import { spreadsheetFormatLabels } from '#server/vocabulary/spreadsheets.ts'

/** The links to the files of a journal, through the filters in force. */
export function journalFileLinks(file: string, search: Record<string, string>) {
  return codesOf(spreadsheetFormatLabels).map(format => (
    <a key={format} href={`${file}?${new URLSearchParams({ ...search, format })}`} download>
      Télécharger pour {spreadsheetFormatLabels[format]}
    </a>
  ))
}

/** Filters, lines and neighbouring pages of a journal. */
export function JournalContent({
  base,
  search,
  page,
}: {
  /** Where the pages of its things begin: `/tarn`. */
  base: string
  search: Record<string, string>
  page: JournalPage
}) {
  const filtered = Object.keys(search).length > 0
  return (
    <>
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
            { header: 'Détail', cell: entry => <Details entry={entry} /> },
            { header: 'Objet', cell: entry => <Subject base={base} entry={entry} /> },
          ]}
        />
      )}
      <Pages label="Pages du journal" at={page} search={search} />
    </>
  )
}

function Details({ entry: { details } }: { entry: JournalEntry }) {
  if (details.length === 0) return null
  return (
    <PlainList>
      {details.map(detail => (
        <li key={detail}>{detail}</li>
      ))}
    </PlainList>
  )
}

function Subject({ base, entry: { subject } }: { base: string; entry: JournalEntry }) {
  const kind = journalSubjectLabel(subject.kind)
  const label = subject.label || kind
  return (
    <>
      {subject.path ? <Link to={`${base}/${subject.path}`}>{label}</Link> : label}
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
    <FilterForm all={filtered && '?'}>
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
    </FilterForm>
  )
}
