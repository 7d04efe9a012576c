import { ButtonLink, ButtonRow } from './Button.tsx'

export interface PagesProps {
  /** « Pages du registre » */
  label: string
  /** Where the neighbouring pages begin; null at either end. */
  at: { next: string | null; previous: string | null }
  /** The filters in force, which every page keeps. */
  search?: Record<string, string>
}

/** The way through a long list, with or without JavaScript: each page has its address. */
export function Pages({ label, at: { next, previous }, search }: PagesProps) {
  if (!next && !previous) return null
  const to = (place: Record<string, string>) => `?${new URLSearchParams({ ...search, ...place })}`
  return (
    <nav aria-label={label}>
      <ButtonRow>
        {previous && (
          <ButtonLink to={to({ avant: previous })} icon="back">
            Page précédente
          </ButtonLink>
        )}
        {next && (
          <ButtonLink to={to({ apres: next })} icon="forward">
            Page suivante
          </ButtonLink>
        )}
      </ButtonRow>
    </nav>
  )
}
