import type { ReactNodeViewProps } from '@tiptap/react'
import { BlockShell } from './BlockShell.tsx'

/** A point of attention while it is written. */
export function VigilanceView(view: ReactNodeViewProps) {
  return <BlockShell kind="vigilance" view={view} removeLabel="Supprimer le point de vigilance" />
}

/** « L’essentiel en trois lignes » while it is written: it heads the text, and stays. */
export function EssentialView(view: ReactNodeViewProps) {
  return <BlockShell kind="essential" view={view} />
}
