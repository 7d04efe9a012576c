import type { Actor } from '#server/habilitations/actor.ts'
import type { Services } from '#server/services.ts'
import { newOrganisationForm, organisationForm, organisationNameForm } from '#server/vocabulary/organisation-forms.ts'

type Call = (tried: { services: Services; actor: Actor }) => Promise<unknown>

const slug = 'caf'
const structure = { name: 'Chambre nouvelle', shortName: 'CNV', phase: 'elargi' }
const lastDay = '2027-05-01'

/** What the chef de projet saw before acting; somebody else saw nothing. */
const seen = <Seen>(seeing: Promise<Seen>) => seeing.catch(() => null)

/** How each service of the consortium's shape is called, with nothing wrong but the right to do it. */
export const governanceCalls: Record<string, Call> = {
  'governance.managementPage': ({ services, actor }) => services.governance.managementPage(actor),
  'organisations.organisationList': ({ services, actor }) => services.organisations.organisationList(actor),
  'organisations.organisationPage': ({ services, actor }) => services.organisations.organisationPage(actor, slug),
  'organisations.newOrganisation': ({ services, actor }) => services.organisations.newOrganisation(actor),
  'organisations.organisationToEdit': ({ services, actor }) => services.organisations.organisationToEdit(actor, slug),
  'organisations.createOrganisation': ({ services, actor }) =>
    services.organisations.createOrganisation(actor, newOrganisationForm.parse(structure)),
  'organisations.editOrganisation': async ({ services, actor }) => {
    const version = (await seen(services.organisations.organisationToEdit(actor, slug)))?.version ?? ''
    const form = organisationForm.parse({ phase: 'elargi', version })
    return services.organisations.editOrganisation(actor, { slug, form })
  },
  'organisations.changeOrganisationNames': async ({ services, actor }) => {
    const version = (await seen(services.organisations.organisationToEdit(actor, slug)))?.namesVersion ?? ''
    const form = organisationNameForm.parse({ act: 'ajouter', ...structure, startsOn: lastDay, version })
    return services.organisations.changeOrganisationNames(actor, { slug, form })
  },
  'organisations.departurePreview': ({ services, actor }) =>
    services.organisations.departurePreview(actor, { slug, lastDay }),
  'organisations.leaveConsortium': async ({ services, actor }) => {
    const version = (await seen(services.organisations.departurePreview(actor, { slug, lastDay })))?.version ?? ''
    return services.organisations.leaveConsortium(actor, { slug, lastDay, version })
  },
  'organisations.cancelDeparture': ({ services, actor }) => services.organisations.cancelDeparture(actor, slug),
  'organisations.deleteOrganisation': ({ services, actor }) => services.organisations.deleteOrganisation(actor, slug),
}
