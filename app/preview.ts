import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import type { Preview } from '#server/domain/access/enter-preview.ts'
import type { Entry } from '#server/habilitations/enter.ts'
import { AS, PUBLISHED, previewQuery, withPreview } from './preview-address.ts'

type Args = LoaderFunctionArgs | ActionFunctionArgs

export type Entered = Entry & { preview: Preview | null }

/**
 * Who asks for a page: the person of the session, or whom they want to look as. Nothing is ever done from a preview:
 * neither from its address, nor from a page that was shown under it.
 * @throws Response
 */
export async function underPreview({ request, context, params }: Args, entry: Entry): Promise<Entered> {
  const url = new URL(request.url)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (isPreview(url) || comesFromPreview(request)) throw refusal()
    return { ...entry, preview: null }
  }
  const code = url.searchParams.get(AS)
  if (code === null) return { ...entry, preview: null }
  const entered = await context.services.access.enterPreview(entry, {
    code,
    published: url.searchParams.has(PUBLISHED),
    minutesId: minutesOf(url.pathname, params.consortium),
  })
  const { label, published, everywhere } = entered.preview
  const query = previewQuery(code, published)
  context.preview = { consortium: entered.consortium.slug, query, label, published, everywhere }
  return entered
}

/** A page that leads elsewhere in the consortium, looked at as somebody else, leads there as them. */
export function underSamePreview<Result>({ context: { preview } }: Args, result: Result): Result {
  if (!preview?.everywhere || !(result instanceof Response)) return result
  const to = result.headers.get('Location')
  if (to !== null && isInside(to, preview.consortium)) result.headers.set('Location', withPreview(to, preview.query))
  return result
}

function isInside(address: string, consortium: string): boolean {
  const { pathname } = new URL(address, 'http://here')
  return address.startsWith('/') && (pathname === `/${consortium}` || pathname.startsWith(`/${consortium}/`))
}

/** The minutes whose own page an address is, if it is one. */
function minutesOf(pathname: string, consortium = ''): string | null {
  const [, first, second, id, ...more] = pathname.replace(/\.data$/, '').split('/')
  return first === consortium && second === 'comptes-rendus' && id && more.length === 0 ? id : null
}

function isPreview(url: URL): boolean {
  return url.searchParams.has(AS)
}

function comesFromPreview(request: Request): boolean {
  const from = request.headers.get('Referer')
  return from !== null && URL.canParse(from) && isPreview(new URL(from))
}

function refusal() {
  const message = 'Vous regardez en aperçu : rien ne peut y être fait. Quittez l’aperçu pour agir en votre nom.'
  return data({ message }, { status: 403 })
}
