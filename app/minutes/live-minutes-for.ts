import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { reading } from '#app/request.ts'
import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'

type Verb = keyof MinutesPage['can']

/**
 * Live minutes for a page that asks to confirm an act; sealed ones lead back to their own page. Who may read but not act
 * gets the reason, with its status.
 */
export function liveMinutesFor(args: LoaderFunctionArgs, ...verbs: Verb[]) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.minutes.minutesPage(actor, param('id'))
    if (!page.live) throw redirect(`/${slug}/comptes-rendus/${page.id}`)
    services.checkAbility(...verbs.map(verb => page.can[verb]))
    return { slug, now: actor.now, page, live: page.live }
  })
}
