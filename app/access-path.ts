import type { AccessKind, ConsortiumPage } from '#server/vocabulary/access.ts'

/** The page that says who reads a thing and why. */
export function accessPath(slug: string, kind: Exclude<AccessKind, 'page'>, id: string): string {
  return `/${slug}/acces/${kind}/${id}`
}

/** The same, of a page that is about no thing in particular. */
export function pageAccessPath(slug: string, page: ConsortiumPage): string {
  return `/${slug}/acces/page/${page}`
}
