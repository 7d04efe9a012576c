import { PassThrough } from 'node:stream'
import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { createReadableStreamFromReadable } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { DocumentContext, type DocumentFacts } from './components/DocumentContext.tsx'

/** Milliseconds a deferred loader has to answer, before what is missing is given up. */
export const streamTimeout = 5_000

/**
 * Renders a document: streamed to browsers as soon as its frame is ready, whole to robots. Every inline script carries
 * the nonce of this request's content security policy.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { cspNonce, reference } = loadContext
  const facts: DocumentFacts = { cspNonce, reference }
  const readyEvent = isbot(request.headers.get('user-agent')) ? 'onAllReady' : 'onShellReady'

  return new Promise((resolve, reject) => {
    let responseStatus = status
    let shellRendered = false
    const { pipe, abort } = renderToPipeableStream(
      <DocumentContext.Provider value={facts}>
        <RemixServer context={remixContext} url={request.url} nonce={cspNonce} />
      </DocumentContext.Provider>,
      {
        nonce: cspNonce,
        [readyEvent]() {
          shellRendered = true
          const body = new PassThrough()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }))
          pipe(body)
        },
        onShellError: reject,
        onError(error) {
          responseStatus = 500
          // Before the shell, the error rejects the promise above and is reported by whoever called us.
          if (shellRendered) loadContext.reportError(error)
        },
      },
    )
    setTimeout(abort, streamTimeout + 1_000).unref()
  })
}

/** Errors thrown by loaders and actions that no route expects. A page left before its end is not one. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  // The router's own refusals (no action at this address) are answers like others.
  const refused = isRouteErrorResponse(error) && error.status < 500
  if (!request.signal.aborted && !refused) context.reportError(error)
}
