import type { BrowserContext, ConsoleMessage } from 'playwright-core'

/** What the pages of a window complained of, and what a test said it would cause. */
const complaints = new WeakMap<BrowserContext, { found: string[]; expected: RegExp[] }>()

/** Keeps every error of the console, exception, refused policy and request to another site, of all pages of a window. */
export function watch(context: BrowserContext, address: string): void {
  const found: string[] = []
  complaints.set(context, { found, expected: [] })
  context.on('console', message => {
    if (message.type() === 'error' && !isRefusedPage(message)) found.push(`${pageOf(message)}: ${message.text()}`)
  })
  context.on('weberror', error => found.push(String(error.error().stack)))
  context.on('request', request => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== address && protocol.startsWith('http')) found.push(`a request to another site: ${request.url()}`)
  })
}

/** Says that what follows may write this to the console: a network that one cuts, for instance. */
export function expectComplaint(context: BrowserContext, complaint: RegExp): void {
  complaints.get(context)?.expected.push(complaint)
}

/** The complaints that nobody expected. */
export function unexpectedOf(context: BrowserContext): string[] {
  const { found, expected } = complaints.get(context) ?? { found: [], expected: [] }
  return found.filter(complaint => !expected.some(pattern => pattern.test(complaint)))
}

/** A page that answers 403 or 404 is an answer, which Chromium reports; a script or a style that is missing is not. */
function isRefusedPage(message: ConsoleMessage): boolean {
  return (
    /the server responded with a status of (401|403|404|405|409|422)/.test(message.text()) &&
    !/\/assets\//.test(message.location().url)
  )
}

function pageOf(message: ConsoleMessage): string {
  return new URL(message.page()?.url() ?? 'about:blank').pathname
}
