import type { Actor } from '#server/habilitations/actor.ts'
import type { Services } from '#server/services.ts'

type Call = (tried: { services: Services; actor: Actor }) => Promise<unknown>

/** How each service of the consortium's shape is called, with nothing wrong but the right to do it. */
export const governanceCalls: Record<string, Call> = {
  'governance.managementPage': ({ services, actor }) => services.governance.managementPage(actor),
}
