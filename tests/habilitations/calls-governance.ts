import type { Actor } from '#server/habilitations/actor.ts'
import type { Services } from '#server/services.ts'
import {
  competenceForm,
  externalBodyForm,
  newExternalBodyForm,
  visibilitiesForm,
} from '#server/vocabulary/competence-forms.ts'
import { consortiumForm } from '#server/vocabulary/consortium-forms.ts'
import { defaultMinutesVisibility } from '#server/vocabulary/governance.ts'
import { type InstanceForm, instanceForm, newInstanceForm } from '#server/vocabulary/instance-forms.ts'
import { newOrganisationForm, organisationForm, organisationNameForm } from '#server/vocabulary/organisation-forms.ts'

type Call = (tried: { services: Services; actor: Actor }) => Promise<unknown>

const slug = 'caf'
const structure = { name: 'Chambre nouvelle', shortName: 'CNV', phase: 'elargi' }
const lastDay = '2027-05-01'

const instance = {
  name: 'Groupe logement',
  shortName: 'Logement',
  code: 'LOG',
  level: 'operationnel',
  kind: 'groupe_operationnel',
  validatorRule: 'presidence',
  draftReaders: 'instance',
  minutesVisibility: 'niveau',
}

/** Settings of Parcours, with the version that was seen. */
async function settings(services: Services, actor: Actor): Promise<InstanceForm> {
  const known = await seen(services.instances.instanceSettings(actor, 'parcours'))
  return instanceForm.parse({ ...instance, code: known?.instance.code ?? 'LOG', version: known?.version ?? '' })
}

/** An identifier that nothing has. */
const nothing = 'd4f3a1de-0000-4000-8000-00000000abcd'

/** What the chef de projet saw before acting; somebody else saw nothing. */
const seen = <Seen>(seeing: Promise<Seen>) => seeing.catch(() => null)

/** How each service of the consortium's shape is called, with nothing wrong but the right to do it. */
export const governanceCalls: Record<string, Call> = {
  'governance.managementPage': ({ services, actor }) => services.governance.managementPage(actor),
  'consortia.consortiumPage': ({ services, actor }) => services.consortia.consortiumPage(actor),
  'consortia.editConsortium': async ({ services, actor }) => {
    const version = (await seen(services.consortia.consortiumPage(actor)))?.version ?? ''
    const form = consortiumForm.parse({ name: 'SPIE', territory: 'Tarn', purpose: '', version })
    return services.consortia.editConsortium(actor, form)
  },
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
  'instances.newInstance': ({ services, actor }) => services.instances.newInstance(actor),
  'instances.instanceSettings': ({ services, actor }) => services.instances.instanceSettings(actor, 'parcours'),
  'instances.createInstance': ({ services, actor }) =>
    services.instances.createInstance(actor, newInstanceForm.parse(instance)),
  'instances.instanceConsequences': async ({ services, actor }) =>
    services.instances.instanceConsequences(actor, { slug: 'parcours', form: await settings(services, actor) }),
  'instances.editInstance': async ({ services, actor }) => {
    const input = { slug: 'parcours', form: await settings(services, actor) }
    const confirmed = (await seen(services.instances.instanceConsequences(actor, input)))?.version ?? ''
    return services.instances.editInstance(actor, { ...input, form: { ...input.form, confirmed } })
  },
  'instances.dissolutionPreview': ({ services, actor }) =>
    services.instances.dissolutionPreview(actor, { slug: 'parcours', lastDay }),
  'instances.dissolveInstance': ({ services, actor }) =>
    services.instances.dissolveInstance(actor, { slug: 'parcours', lastDay, version: '' }),
  'instances.cancelDissolution': ({ services, actor }) => services.instances.cancelDissolution(actor, 'parcours'),
  'instances.deleteInstance': ({ services, actor }) => services.instances.deleteInstance(actor, 'parcours'),
  'competence.competencePage': ({ services, actor }) => services.competence.competencePage(actor),
  'competence.competentChoices': async ({ services, actor }) => services.competence.competentChoices(actor),
  'competence.changeCompetence': async ({ services, actor }) => {
    const version = (await seen(services.competence.competencePage(actor)))?.version ?? ''
    const form = { act: 'changer', nature: 'budget', instanceId: 'elle-meme', startsOn: lastDay, version }
    return services.competence.changeCompetence(actor, competenceForm.parse(form))
  },
  'competence.defaultVisibilities': ({ services, actor }) => services.competence.defaultVisibilities(actor),
  'competence.setDefaultVisibilities': async ({ services, actor }) => {
    const known = await seen(services.competence.defaultVisibilities(actor))
    const form = visibilitiesForm.parse({ ...defaultMinutesVisibility, version: known?.version ?? '' })
    return services.competence.setDefaultVisibilities(actor, form)
  },
  'competence.externalBodiesPage': ({ services, actor }) => services.competence.externalBodiesPage(actor),
  'competence.externalBody': ({ services, actor }) => services.competence.externalBody(actor, nothing),
  'competence.createExternalBody': ({ services, actor }) =>
    services.competence.createExternalBody(actor, newExternalBodyForm.parse({ name: 'Commission du logement' })),
  'competence.changeExternalBody': ({ services, actor }) =>
    services.competence.changeExternalBody(actor, {
      id: nothing,
      form: externalBodyForm.parse({ name: 'Commission du logement', version: '' }),
    }),
  'competence.deleteExternalBody': ({ services, actor }) => services.competence.deleteExternalBody(actor, nothing),
  'organisations.deleteOrganisation': ({ services, actor }) => services.organisations.deleteOrganisation(actor, slug),
}
