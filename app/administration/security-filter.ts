import type { SecurityFilter } from '#server/domain/administration/security-log.ts'

/** The filters of the security log by the names that its address gives them. */
const parameters = { accountId: 'compte', event: 'evenement', from: 'du', until: 'au' } as const

/** What the address of the security log asks for. */
export function securityFilterIn(search: URLSearchParams): SecurityFilter {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) => {
      const value = search.get(parameter)?.slice(0, 100).replaceAll('\0', '')
      return value ? [[name, value]] : []
    }),
  )
}

/** The filters in force as an address writes them. */
export function securitySearch(filter: SecurityFilter): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) => {
      const value = filter[name as keyof SecurityFilter]
      return value ? [[parameter, value]] : []
    }),
  )
}
