import type { LoaderFunctionArgs } from '@remix-run/node'
import { reading, type Work } from '#app/request.ts'
import type { DecisionPage } from '#server/domain/decisions/decision-page.ts'

/** A decision for a page that asks to confirm an act; who may read but not act gets the reason, with its status. */
export function decisionFor(args: LoaderFunctionArgs, verb: keyof DecisionPage['can']) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.decisions.decisionPage(actor, param('id'))
    services.checkAbility(page.can[verb])
    if (verb === 'recordResult') services.checkVerification(actor, 'forte')
    return { slug, page }
  })
}

/** For an act on the decision of the address. @throws the refusal that says why it is not possible, and who can */
export async function mayAct({ services, actor, param }: Work, verb: keyof DecisionPage['can']): Promise<void> {
  services.checkAbility((await services.decisions.decisionPage(actor, param('id'))).can[verb])
}
