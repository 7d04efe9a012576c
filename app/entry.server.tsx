import { Writable } from 'node:stream'
import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { Preview } from './access/Preview.tsx'
import { DocumentContext, type DocumentFacts } from './components/DocumentContext.tsx'
import { documentText } from './minutes/document-text.ts'
import { stillDocument } from './still-document.ts'

/** Milliseconds a deferred loader has to answer, before what is missing is given up. */
export const streamTimeout = 5_000

/**
 * Renders a document, whole: no loader of ours answers late, and one piece costs less to send than many. Every inline
 * script carries the nonce of this request's content security policy.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { cspNonce, reference, preview } = loadContext
  const facts: DocumentFacts = {
    cspNonce,
    reference,
    text: documentText(loadContext),
    around: preview && (page => <Preview preview={preview}>{page}</Preview>),
  }
  const finish = (body: Buffer<ArrayBuffer>) => (preview ? stillDocument(body.toString(), preview) : body)

  return new Promise((resolve, reject) => {
    let responseStatus = status
    let shellRendered = false
    const { pipe, abort } = renderToPipeableStream(
      <DocumentContext.Provider value={facts}>
        <RemixServer context={remixContext} url={request.url} nonce={cspNonce} />
      </DocumentContext.Provider>,
      {
        nonce: cspNonce,
        onAllReady() {
          clearTimeout(tooLate)
          headers.set('Content-Type', 'text/html; charset=utf-8')
          pipe(whole(body => resolve(new Response(finish(body), { headers, status: responseStatus }))))
        },
        // Before the shell, an error rejects the promise and is reported by whoever called us.
        onShellReady() {
          shellRendered = true
        },
        onShellError: reject,
        onError(error) {
          responseStatus = 500
          if (shellRendered) loadContext.reportError(error)
        },
      },
    )
    const tooLate = setTimeout(abort, streamTimeout + 1_000).unref()
  })
}

/** Receives a document piece by piece, and gives it as one. */
function whole(give: (body: Buffer<ArrayBuffer>) => void): Writable {
  const pieces: Buffer[] = []
  return new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece)
      done()
    },
    final(done) {
      give(Buffer.concat(pieces))
      done()
    },
  })
}

/** Errors thrown by loaders and actions that no route expects. A page left before its end is not one. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  // The router's own refusals (no action at this address) are answers like others.
  const refused = isRouteErrorResponse(error) && error.status < 500
  if (!request.signal.aborted && !refused) context.reportError(error)
}
