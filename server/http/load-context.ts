import type { Services } from '#server/services.ts'

/** What a loader or an action receives as `context`: made anew for each request. */
export type RequestContext = {
  services: Services
  /** For every inline script and style of the page. */
  cspNonce: string
  /** What an error page shows and what the log line of this request carries. */
  reference: string
  /** Where the request comes from, as far as trusted proxies tell: only to limit failed sign-ins. */
  address: string
  /** The instant of the request: rights, deadlines and journal lines of one request agree. */
  now: Date
  /** True for a whole page, false for the data of one that the browser already shows. */
  isDocument: boolean
  /** A page that needs nothing but itself, with this request's reference: for a refusal that no page of ours surrounds. */
  plainPage(page: { title: string; message: string }): string
  /** When the page is looked at as an invented person. */
  preview?: PreviewedDocument
  /** Writes an unexpected error to the log with the request's reference; expected refusals are not errors. */
  reportError(error: unknown): void
}

/** A document that is looked at as an invented person would see it: it needs no script. */
export type PreviewedDocument = {
  consortium: string
  /** What its links hold after their question mark. */
  query: string
  label: string
  /** True when what is to be published is shown as published. */
  published: boolean
  /** False when the preview is that of one page only: its links leave it. */
  everywhere: boolean
}

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
}
