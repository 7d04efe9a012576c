import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { DocumentContext } from './components/DocumentContext.tsx'

// The same facts as those the server rendered with, or the two trees would differ.
const facts = { cspNonce: metaContent('property', 'csp-nonce'), reference: metaContent('name', 'reference') }

void dataDecoded().then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <DocumentContext.Provider value={facts}>
          <RemixBrowser />
        </DocumentContext.Provider>
      </StrictMode>,
    )
  }),
)

/**
 * Remix decodes the page's data when it first renders, which it suspends meanwhile. A click or a key at that moment would
 * make React give up on the page for good (« Root did not complete », remix-run/remix#10214): it is decoded before.
 */
async function dataDecoded(): Promise<void> {
  try {
    RemixBrowser({})
  } catch (decoding) {
    await decoding
  }
}

function metaContent(attribute: string, value: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[${attribute}="${value}"]`)?.content ?? ''
}
