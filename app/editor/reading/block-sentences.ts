import { mediumDate } from '#app/formats.ts'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { isDay, NBSP } from '#server/vocabulary/french.ts'
import { type TextNode, textAttribute } from './text-node.ts'

/** « Qui : CAF du Tarn – Pour le 12 mars 2027 », or what is missing. */
export function actionFacts(action: TextNode): string {
  const dueOn = textAttribute(action, 'dueOn')
  const due = dueOn !== null && isDay(dueOn) ? `Pour le ${mediumDate(dueOn)}` : 'Sans date'
  return `Qui${NBSP}: ${textAttribute(action, 'ownerLabel') ?? 'à désigner'} – ${due}`
}

/** « Nature : Production d’un groupe », or that it is still to be chosen. */
export function decisionFacts(nature: string | null): string {
  return `Nature${NBSP}: ${natureLabel(nature) ?? 'à préciser'}`
}

/** The words for the nature of a decision; null when there is none, or when it is not one of the closed list. */
export function natureLabel(nature: string | null): string | null {
  return nature !== null && Object.hasOwn(decisionNatureLabels, nature)
    ? decisionNatureLabels[nature as keyof typeof decisionNatureLabels]
    : null
}
