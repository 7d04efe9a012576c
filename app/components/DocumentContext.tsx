import { createContext, type ReactNode, useContext } from 'react'
import type { TextNode } from '#app/editor/reading/text-node.ts'

/** What a document was served with, outside of any loader: known to the page even when loading failed. */
export interface DocumentFacts {
  /** The nonce of this document's content security policy. */
  cspNonce: string
  /** The reference under which the server's log knows this request. */
  reference: string
  /** On the server, the text of minutes that the document shows and its data leave out. */
  text?: TextNode | undefined
  /** On the server, in a preview: what stands around the page. Such a document does nothing, it is only looked at. */
  around?: ((page: ReactNode) => ReactNode) | undefined
}

/** Filled by `entry.server.tsx` from the load context, and by `entry.client.tsx` from the document's `<meta>`. */
export const DocumentContext = createContext<DocumentFacts>({ cspNonce: '', reference: '' })

export function useDocumentFacts(): DocumentFacts {
  return useContext(DocumentContext)
}
