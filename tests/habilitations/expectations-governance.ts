import type { Expectation } from './expectations.ts'

/** Who may see and change the consortium's shape. */
export const governanceExpectations: readonly Expectation[] = [
  { call: 'governance.managementPage', on: 'tarn', oui: ['chef'] },
]
