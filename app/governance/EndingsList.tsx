import { mediumDate } from '#app/formats.ts'
import type { EndingView } from '#server/domain/governance/endings-with.ts'
import { mandateFunctionLabels } from '#server/vocabulary/governance.ts'

/** The mandates that an act would end, one by one: nobody must discover it afterwards. */
export function EndingsList({ endings, by }: { endings: readonly EndingView[]; by: 'instance' | 'organisation' }) {
  return (
    <ul className="list">
      {endings.map(ending => (
        <li key={ending.mandateId}>
          {ending.name}, {mandateFunctionLabels[ending.function].toLocaleLowerCase('fr')}, {ending[by]} :{' '}
          {ending.lastDay === null ? 'mandat à venir, retiré' : `finit le ${mediumDate(ending.lastDay)}`}
        </li>
      ))}
    </ul>
  )
}
