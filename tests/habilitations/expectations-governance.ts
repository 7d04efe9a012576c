import type { CastName } from '../cast.ts'
import type { Expectation } from './expectations.ts'

/** Who may see and change the consortium's shape, among members; the others get 404. */
export function governanceExpectations(members: readonly CastName[]): readonly Expectation[] {
  const others = members.filter(name => name !== 'chef')
  const reading = (call: string): Expectation => ({ call, on: 'tarn', oui: members })
  const administering = (call: string): Expectation => ({ call, on: 'tarn', oui: ['chef'], '403': others })
  return [
    { call: 'governance.managementPage', on: 'tarn', oui: ['chef'] },
    reading('consortia.consortiumPage'),
    administering('consortia.editConsortium'),
    reading('organisations.organisationList'),
    reading('organisations.organisationPage'),
    administering('organisations.newOrganisation'),
    administering('organisations.organisationToEdit'),
    administering('organisations.createOrganisation'),
    administering('organisations.editOrganisation'),
    administering('organisations.changeOrganisationNames'),
    administering('organisations.departurePreview'),
    administering('organisations.leaveConsortium'),
    { ...administering('organisations.cancelDeparture'), oui: [], '409': ['chef'] },
    { ...administering('organisations.deleteOrganisation'), oui: [], '409': ['chef'] },
    administering('instances.newInstance'),
    administering('instances.instanceSettings'),
    administering('instances.createInstance'),
    administering('instances.instanceConsequences'),
    administering('instances.editInstance'),
    administering('instances.dissolutionPreview'),
    { ...administering('instances.dissolveInstance'), oui: [], '409': ['chef'] },
    { ...administering('instances.cancelDissolution'), oui: [], '409': ['chef'] },
    { ...administering('instances.deleteInstance'), oui: [], '409': ['chef'] },
    reading('competence.competencePage'),
    reading('competence.competentChoices'),
    administering('competence.changeCompetence'),
    administering('competence.defaultVisibilities'),
    administering('competence.setDefaultVisibilities'),
    administering('competence.externalBodiesPage'),
    { ...administering('competence.externalBody'), oui: [] },
    administering('competence.createExternalBody'),
    { ...administering('competence.changeExternalBody'), oui: [] },
    { ...administering('competence.deleteExternalBody'), oui: [] },
  ]
}
