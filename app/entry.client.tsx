import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { DocumentContext } from './components/DocumentContext.tsx'

// The same facts as those the server rendered with, or the two trees would differ.
const facts = { cspNonce: metaContent('property', 'csp-nonce'), reference: metaContent('name', 'reference') }

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <DocumentContext.Provider value={facts}>
        <RemixBrowser />
      </DocumentContext.Provider>
    </StrictMode>,
  )
})

function metaContent(attribute: string, value: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[${attribute}="${value}"]`)?.content ?? ''
}
