import { Section } from '#app/components/Section.tsx'
import { capitalised, longDate } from '#app/formats.ts'
import type { DecisionPage } from '#server/domain/decisions/decision-page.ts'
import { type DecisionState, decisionStateLabels } from '#server/vocabulary/decisions.ts'

/** What happened to a decision, oldest first, as the register keeps it. */
export function History({ history }: { history: DecisionPage['history'] }) {
  return (
    <Section title="Historique">
      <ol>
        {history.map(event => (
          <li key={`${event.kind}${event.at.toISOString()}`}>
            {capitalised(longDate(event.at))} : {sentenceOf(event)} ({event.by})
          </li>
        ))}
      </ol>
    </Section>
  )
}

function sentenceOf({ kind, result }: DecisionPage['history'][number]): string {
  switch (kind) {
    case 'proposed':
      return 'proposée, à la validation du compte rendu'
    case 'placed_on_agenda':
      return 'inscrite à l’ordre du jour de l’instance compétente'
    case 'result':
      return `résultat consigné${isState(result) ? ` : ${decisionStateLabels[result].toLocaleLowerCase('fr')}` : ''}`
    case 'withdrawn':
      return 'retirée par l’instance qui la proposait'
    default:
      return kind
  }
}

function isState(value: string | null): value is DecisionState {
  return value !== null && Object.hasOwn(decisionStateLabels, value)
}
