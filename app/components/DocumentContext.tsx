import { createContext, useContext } from 'react'

/** What a document was served with, outside of any loader: known to the page even when loading failed. */
export interface DocumentFacts {
  /** The nonce of this document's content security policy. */
  cspNonce: string
  /** The reference under which the server's log knows this request. */
  reference: string
}

/** Filled by `entry.server.tsx` from the load context, and by `entry.client.tsx` from the document's `<meta>`. */
export const DocumentContext = createContext<DocumentFacts>({ cspNonce: '', reference: '' })

export function useDocumentFacts(): DocumentFacts {
  return useContext(DocumentContext)
}
