import type { JournalFilter } from '#server/domain/journal/read-journal.ts'

/** The filters of the journal by the names that its address gives them. */
const parameters = {
  accountId: 'personne',
  verb: 'acte',
  subjectKind: 'sorte',
  subjectId: 'objet',
  from: 'du',
  until: 'au',
} as const satisfies Partial<Record<keyof JournalFilter, string>>

/** What the address of the journal asks for. */
export function journalFilterIn(search: URLSearchParams): JournalFilter {
  const given = Object.entries(parameters).flatMap(([name, parameter]) => {
    const value = search.get(parameter)?.slice(0, 100).replaceAll('\0', '')
    return value ? [[name, value]] : []
  })
  return Object.fromEntries(given) as JournalFilter
}

/** The filters and the place that a page of a journal is asked for. */
export function journalAsked(request: Request) {
  const search = new URL(request.url).searchParams
  const place = { after: search.get('apres') ?? undefined, before: search.get('avant') ?? undefined }
  return { filter: journalFilterIn(search), place }
}

/** The filters in force as an address writes them. */
export function journalSearch(filter: JournalFilter): Record<string, string> {
  const given = Object.entries(parameters).flatMap(([name, parameter]) => {
    const value = filter[name as keyof typeof parameters]
    return value ? [[parameter, value]] : []
  })
  return Object.fromEntries(given)
}
