import { ButtonLink } from '#app/components/Button.tsx'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { spreadsheetFormatLabels } from '#server/vocabulary/spreadsheets.ts'

/** The same list as a file, one link for each format. @param search what the list is narrowed to */
export function FileLinks({ to, search }: { to: string; search: Record<string, string> }) {
  return codesOf(spreadsheetFormatLabels).map(format => (
    <ButtonLink
      key={format}
      to={`${to}?${new URLSearchParams({ ...search, format })}`}
      variant="quiet"
      icon="download"
      reloadDocument
    >
      Télécharger pour {spreadsheetFormatLabels[format]}
    </ButtonLink>
  ))
}
