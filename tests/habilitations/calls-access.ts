import type { Actor } from '#server/habilitations/actor.ts'
import type { Services } from '#server/services.ts'

type Call = (tried: { services: Services; actor: Actor; on: { minutesId: string } }) => Promise<unknown>

const consortium = {
  slug: 'tarn',
  name: '',
  territory: '',
  readsConsortium: true,
  hasOthers: false,
  administers: false,
  speaksForOrganisation: false,
}

/** How each service that says who sees what is called, with nothing wrong but the right to do it. */
export const accessCalls: Record<string, Call> = {
  'access.accessPage': ({ services, actor, on }) =>
    services.access.accessPage(actor, { kind: 'compte-rendu', id: on.minutesId }),
  'access.previewPage': ({ services, actor }) => services.access.previewPage(actor),
  'access.enterPreview': ({ services, actor, on }) =>
    services.access.enterPreview(
      { actor, consortium },
      { code: 'membre.parcours', published: false, minutesId: on.minutesId || null },
    ),
  // As oneself: what one reads, and nothing else.
  'access.minutesPreview': ({ services, actor, on }) =>
    services.access.minutesPreview(actor, { reader: actor, published: false }, on.minutesId),
}
