import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { acting, reading, type Work } from '#app/request.ts'
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
    if (verbs.includes('validate')) services.checkVerification(actor, 'courriel')
    return { slug, now: actor.now, page, live: page.live }
  })
}

/**
 * An act confirmed on such a page. When somebody else has sealed the minutes meanwhile, the page no longer stands: the
 * refusal is a page of its own, instead of being lost on the way to the sealed minutes.
 */
export function actingOnLiveMinutes<Result>(args: ActionFunctionArgs, work: (work: Work) => Promise<Result>) {
  return acting(args, async given => {
    const { services, actor, param } = given
    try {
      return await work(given)
    } catch (error) {
      const refusal = services.refusalOf(error)
      if (refusal?.status !== 409 || (await services.minutes.minutesPage(actor, param('id'))).live) throw error
      throw data({ message: refusal.message }, { status: 409 })
    }
  })
}
