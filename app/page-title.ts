import { documentTitle } from './formats.ts'

/** The title of a consortium's page, « Réunions – Tarn – Espace SPIE », from the routes that match it. */
export function pageTitle(matches: readonly { id: string; data: unknown }[], ...parts: string[]) {
  const frame = matches.find(match => match.id === 'routes/consortium')?.data as Frame
  return [{ title: documentTitle(...parts, frame?.consortium?.name) }]
}

/** What the loader of `routes/consortium.tsx` gives; nothing when it failed. */
type Frame = { consortium?: { name: string } } | undefined
