import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import type { Preview } from '#server/domain/access/enter-preview.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { ConsortiumFrame } from '#server/habilitations/enter.ts'
import type { RefusalView, Services } from '#server/services.ts'
import type { SessionAccount } from '#server/sessions/lucia.ts'
import type { VerificationStrength } from '#server/vocabulary/accounts.ts'
import { unbreakableSpaces } from './formats.ts'
import { type Entered, underPreview, underSamePreview } from './preview.ts'
import { LONGEST_RETURN } from './return-path.ts'

type Args = LoaderFunctionArgs | ActionFunctionArgs

export type SignedIn = SessionAccount

/** What the work of a consortium's route receives. */
export type Work = {
  services: Services
  actor: Actor
  consortium: ConsortiumFrame
  /** As whom the page is looked at: `actor` is then a person whom nobody is. */
  preview: Preview | null
  /** The consortium's part of addresses: `tarn`. */
  slug: string
  /** A parameter of the address. */
  param(name: string): string
  request: Request
}

/** What the work of a page around the consortia receives. */
export type SiteWork = Pick<Work, 'services' | 'param' | 'request'> & { person: SignedIn }

/** Where somebody whose password is too short for their powers changes it, before anything else. */
const PASSWORD_PAGE = '/profil/mot-de-passe'

/**
 * The account of the request.
 * @throws a redirection to the sign-in page, or to the change of a password that is too short, which lead back here.
 */
export async function signedIn({ request, context }: Args): Promise<SignedIn> {
  const account = await context.services.sessions.accountOf(request.headers.get('Cookie'))
  const { pathname, search } = new URL(request.url)
  if (account && (!account.mustChangePassword || pathname === PASSWORD_PAGE)) return account
  const here = pathname + search
  const leadsBack = request.method === 'GET' && here.length <= LONGEST_RETURN
  const back = leadsBack ? `?retour=${encodeURIComponent(here)}` : ''
  throw redirect(`${account ? PASSWORD_PAGE : '/connexion'}${back}`)
}

/**
 * A loader of a consortium's route: who is there, then the work; a refusal becomes a page with its status.
 * @throws Response
 */
export async function reading<Result>(args: Args, work: (work: Work) => Promise<Result>): Promise<Result> {
  return readingWith(args, async () => work(await workOf(args)))
}

/** As `reading`, for a page of the site, around the consortia: who is there, then the work. @throws Response */
export async function readingSite<Result>(args: Args, work: (work: SiteWork) => Promise<Result>): Promise<Result> {
  return readingWith(args, async () => work(await siteWorkOf(args)))
}

async function readingWith<Result>(args: Args, work: () => Promise<Result>): Promise<Result> {
  try {
    return underSamePreview(args, await work())
  } catch (error) {
    throw underSamePreview(args, answerTo(args, error))
  }
}

/**
 * The action of a form page. Success redirects; what was typed wrong, or came too late, is said in the form with its
 * status; any other refusal becomes a page that says why.
 * @throws Response
 */
export async function acting<Result>(args: Args, work: (work: Work) => Promise<Result>) {
  return actingWith(args, async () => work(await workOf(args)))
}

/** As `acting`, for a page of the site, around the consortia. @throws Response */
export async function actingOnSite<Result>(args: Args, work: (work: SiteWork) => Promise<Result>) {
  return actingWith(args, async () => work(await siteWorkOf(args)))
}

async function actingWith<Result>(args: Args, work: () => Promise<Result>) {
  requirePost(args)
  try {
    return await work()
  } catch (error) {
    const refusal = args.context.services.refusalOf(error)
    if (refusal?.verification) throw toVerification(args, refusal.verification)
    if (refusal?.status === 422 || refusal?.status === 409) return data({ refusal }, { status: refusal.status })
    throw answerTo(args, error)
  }
}

/**
 * The loader of a file. Nothing of ours stands around a file, so that a refusal, or a failure, is a page by itself.
 * @throws Response
 */
export async function sendingFile(
  args: LoaderFunctionArgs,
  work: (work: Work) => Promise<Response>,
): Promise<Response> {
  return sendingWith(args, async () => work(await workOf(args)))
}

/** As `sendingFile`, for a file of the site, around the consortia. @throws Response */
export async function sendingSiteFile(
  args: LoaderFunctionArgs,
  work: (work: SiteWork) => Promise<Response>,
): Promise<Response> {
  return sendingWith(args, async () => work(await siteWorkOf(args)))
}

async function sendingWith(args: LoaderFunctionArgs, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Response) throw error
    const refusal = args.context.services.refusalOf(error)
    if (refusal) throw pageByItself(args, refusal.status, 'Fichier indisponible', refusal.message)
    args.context.reportError(error)
    throw pageByItself(
      args,
      500,
      'Une erreur est survenue',
      'Le fichier n’a pas pu être préparé. Réessayez dans un instant.',
    )
  }
}

/** The action of the address of a file. @throws Response */
export function receivingNothing(args: ActionFunctionArgs): never {
  throw pageByItself(args, 405, 'Envoi refusé', 'Cette adresse ne reçoit pas de formulaire ; rien n’a été modifié.')
}

/** The action of an address that has no page of its own: every refusal becomes a page that says why. @throws Response */
export function posting(args: Args, work: (work: Work) => Promise<Response>): Promise<Response> {
  requirePost(args)
  return reading(args, work)
}

/** What a form page receives back when its action refused what was typed. */
export type Refused = { refusal: RefusalView } | undefined

function pageByItself({ context }: Args, status: number, title: string, message: string): Response {
  const headers = { 'Content-Type': 'text/html; charset=utf-8' }
  return new Response(context.plainPage({ title, message: unbreakableSpaces(message) }), { status, headers })
}

/** The response that shows a refusal; anything else is a bug and stays what it is. */
export function answerTo(args: Args, error: unknown): unknown {
  const refusal = args.context.services.refusalOf(error)
  if (!refusal) return error
  if (refusal.verification) return toVerification(args, refusal.verification)
  const message = refusal.status === 404 && args.context.preview ? unseenInPreview : refusal.message
  return data({ message, reference: args.context.reference }, { status: refusal.status })
}

const unseenInPreview = 'Cette personne ne verrait pas cette page : pour elle, elle est introuvable.'

/** A second factor is missing: asks for it, then leads back to the page that was asked for. */
function toVerification({ request }: Args, strength: VerificationStrength): Response {
  const { pathname, search } = new URL(request.url)
  return redirect(`/verification?retour=${encodeURIComponent(pathname + search)}&niveau=${strength}`)
}

async function siteWorkOf(args: Args): Promise<SiteWork> {
  return {
    services: args.context.services,
    person: await signedIn(args),
    param: name => args.params[name] ?? '',
    request: args.request,
  }
}

async function workOf(args: Args): Promise<Work> {
  return {
    services: args.context.services,
    ...(await enterOnce(args)),
    slug: args.params.consortium ?? '',
    param: name => args.params[name] ?? '',
    request: args.request,
  }
}

/** Routes of one page are read together: the person signs in and enters the consortium once for all of them. */
const entered = new WeakMap<object, Promise<Entered>>()

function enterOnce(args: Args): Promise<Entered> {
  if (args.request.method !== 'GET') return enter(args)
  const known = entered.get(args.context)
  if (known) return known
  const entering = enter(args)
  entered.set(args.context, entering)
  return entering
}

async function enter(args: Args): Promise<Entered> {
  const entry = await args.context.services.consortia.enter(await signedIn(args), args.params.consortium ?? '')
  return underPreview(args, entry)
}

/** Refuses every other method. @throws the page that says so */
export function requirePost({ request }: Args): void {
  if (request.method !== 'POST') {
    throw data({ message: 'Cette adresse n’accepte que l’envoi d’un formulaire.' }, { status: 405 })
  }
}

/** The loader of an address that only receives a form: reading it leads to the consortium's first page. */
export function backToConsortium(args: LoaderFunctionArgs): Promise<Response> {
  return reading(args, async ({ slug }) => redirect(`/${slug}/accueil`))
}
