import type { CastName } from '../cast.ts'
import type { Expectation } from './expectations.ts'
import { members } from './rows.ts'

const everyMember = (call: string): Expectation => ({ call, on: 'tarn', oui: members as readonly CastName[] })

/** Who may see who represents whom. */
export const representationExpectations: readonly Expectation[] = [
  everyMember('representation.representationMatrix'),
  everyMember('representation.representationFile'),
  everyMember('representation.directory'),
  everyMember('representation.directoryFile'),
  everyMember('representation.directoryAddresses'),
  everyMember('representation.organisationChart'),
  everyMember('proposals.proposalList'),
  {
    call: 'ownOrganisation.organisationActivity',
    on: 'tarn',
    oui: [
      'chef',
      'correspondantCaf',
      'presidentStrategique',
      'membreStrategique',
      'membreRestreint',
      'presidentInstitutionnel',
      'membreInstitutionnel',
    ],
  },
  {
    call: 'proposals.proposalChoices',
    on: 'tarn',
    oui: ['correspondantCaf'],
    '403': members.filter(name => name !== 'correspondantCaf'),
  },
]
