import type { AccessKind } from '#server/vocabulary/access.ts'

/** The page that says who reads a thing and why. */
export function accessPath(slug: string, kind: AccessKind, id: string): string {
  return `/${slug}/acces/${kind}/${id}`
}
