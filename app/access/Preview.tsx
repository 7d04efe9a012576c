import { useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon } from '#app/components/Icon.tsx'
import { withoutPreview } from '#app/preview-address.ts'
import type { PreviewedDocument } from '#server/http/load-context.ts'

type PreviewProps = { preview: PreviewedDocument; children: ReactNode }

/** Says as whom a page is looked at, and how to leave. */
function Banner({ preview: { label, published, everywhere } }: Pick<PreviewProps, 'preview'>) {
  const { pathname, search } = useLocation()
  return (
    <div className="preview-banner">
      <Icon name="eye" />
      <p>
        Aperçu : vous voyez cette page comme <strong>{label}</strong>
        {published && ', une fois le compte rendu diffusé'}. Rien ne peut y être fait
        {everywhere ? '' : ', et l’aperçu se limite à ce compte rendu'}.
      </p>
      <a data-leaves-preview="" href={`${pathname}${withoutPreview(search)}`}>
        Quitter l’aperçu
      </a>
    </div>
  )
}

/** What stands around a page that is only looked at; `stillDocument` does the rest. */
export function Preview({ preview, children }: PreviewProps) {
  return (
    <>
      <Banner preview={preview} />
      {children}
    </>
  )
}
