import type { CastName } from '../cast.ts'
import type { Expectation } from './expectations.ts'
import { members, parcoursLeads, parcoursReaders } from './rows.ts'

const others = (all: readonly CastName[], some: readonly CastName[]) => all.filter(name => !some.includes(name))

/** Who may be told who sees what, and look as somebody else. */
export const accessExpectations: readonly Expectation[] = [
  { call: 'access.accessPage', on: 'parcours en relecture', oui: parcoursReaders },
  { call: 'access.accessPage', on: 'parcours aujourd’hui', oui: [...parcoursReaders, 'invite'] },
  { call: 'access.accessPage', on: 'restreint brouillon', oui: ['membreRestreint', 'chef'] },
  {
    call: 'access.previewPage',
    on: 'tarn',
    oui: ['chef'],
    '403': [...others(members, ['chef']), 'invite'],
  },
  {
    call: 'access.enterPreview',
    on: 'parcours en relecture',
    oui: parcoursLeads,
    '403': others(parcoursReaders, parcoursLeads),
  },
  { call: 'access.enterPreview', on: 'restreint brouillon', oui: ['chef'], '403': ['membreRestreint'] },
  {
    call: 'access.enterPreview',
    on: 'tarn',
    oui: ['chef'],
    '403': [...others(members, ['chef']), 'invite'],
  },
  { call: 'access.minutesPreview', on: 'parcours en relecture', oui: parcoursReaders },
  { call: 'access.minutesPreview', on: 'restreint brouillon', oui: ['membreRestreint', 'chef'] },
]
