import type { JournalFilter } from '#server/domain/journal/journal-page.ts'

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

/** The filters in force as an address writes them. */
export function journalSearch(filter: JournalFilter): Record<string, string> {
  const given = Object.entries(parameters).flatMap(([name, parameter]) => {
    const value = filter[name as keyof typeof parameters]
    return value ? [[parameter, value]] : []
  })
  return Object.fromEntries(given)
}
