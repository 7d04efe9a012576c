import type { DirectoryFilter } from '#server/domain/representation/directory.ts'

/** What the address of the directory asks for. */
export type DirectoryWanted = DirectoryFilter & { byInstance: boolean; page: number; addresses: boolean }

/** Reads `?q=…&structure=…&instance=…&par=instance&page=2&adresses=1`. */
export function directoryWanted(request: Request): DirectoryWanted {
  const { searchParams } = new URL(request.url)
  const page = Number(searchParams.get('page'))
  return {
    ...filterIn(searchParams),
    byInstance: searchParams.get('par') === 'instance',
    page: Number.isInteger(page) && page >= 1 && page <= 1000 ? page : 1,
    addresses: searchParams.get('adresses') === '1',
  }
}

/** What narrows the directory, as its address says it. */
export function filterIn(search: URLSearchParams): DirectoryFilter {
  return {
    words: search.get('q') ?? '',
    organisation: search.get('structure') || undefined,
    instance: search.get('instance') || undefined,
  }
}

/** The same as a part of an address, without what is not asked for. */
export function searchOf({ words, organisation, instance, byInstance }: DirectoryFilter & { byInstance?: boolean }) {
  const asked = { par: byInstance && 'instance', q: words, structure: organisation, instance }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as Record<string, string>
}
