import type { Actor } from '#server/habilitations/actor.ts'
import type { Services } from '#server/services.ts'

type Call = (tried: { services: Services; actor: Actor }) => Promise<unknown>

/** How each service that says who represents whom is called, with nothing wrong but the right to do it. */
export const representationCalls: Record<string, Call> = {
  'representation.representationMatrix': ({ services, actor }) =>
    services.representation.representationMatrix(actor, { day: actor.today }),
  'representation.representationFile': ({ services, actor }) =>
    services.representation.representationFile(actor, { day: actor.today, format: 'csv' }),
  'representation.directory': ({ services, actor }) => services.representation.directory(actor),
  'representation.directoryFile': ({ services, actor }) =>
    services.representation.directoryFile(actor, { format: 'csv' }),
  'representation.directoryAddresses': ({ services, actor }) => services.representation.directoryAddresses(actor, {}),
  'ownOrganisation.organisationActivity': ({ services, actor }) => services.ownOrganisation.organisationActivity(actor),
  'proposals.proposalList': ({ services, actor }) => services.proposals.proposalList(actor),
  'proposals.proposalChoices': ({ services, actor }) => services.proposals.proposalChoices(actor, {}),
  'representation.organisationChart': ({ services, actor }) => services.representation.organisationChart(actor),
}
