import { NBSP } from '#server/vocabulary/french.ts'
import type { MinutesDocument } from './minutes-document.ts'
import type { Block, Run } from './minutes-text.ts'
import { printableLine } from './printable-text.ts'
import { actionNumber, decisionNumber, dueDate, lineOrNull } from './printed-labels.ts'

/** A block of the text with the labels it is printed with. */
export type PrintedBlock =
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'heading'; level: number; runs: Run[]; reporter: string | null }
  | { kind: 'bullets'; items: PrintedBlock[][] }
  | { kind: 'numbers'; start: number; items: PrintedBlock[][] }
  | { kind: 'quote'; blocks: PrintedBlock[] }
  | { kind: 'decision'; label: string; wording: Run[]; reasons: Run[][] }
  | { kind: 'action'; label: string; what: Run[]; details: string }
  | { kind: 'vigilance'; label: string; what: Run[] }

/**
 * Gives each block of the text its label: the number its decision or action has in the relevés, the instance it is
 * proposed to when it is another one, the rapporteur of its point.
 */
export function printedBlocks(blocks: Block[], document: MinutesDocument): PrintedBlock[] {
  return blocks.map(block => printedBlock(block, document))
}

function printedBlock(block: Block, document: MinutesDocument): PrintedBlock {
  switch (block.kind) {
    case 'paragraph':
      return block
    case 'heading': {
      const item = document.agenda.find(item => item.id && item.id === block.agendaItemId)
      return { kind: 'heading', level: block.level, runs: block.runs, reporter: reporterLine(item?.reporter ?? null) }
    }
    case 'bullets':
    case 'numbers':
      return { ...block, items: block.items.map(item => printedBlocks(item, document)) }
    case 'quote':
      return { kind: 'quote', blocks: printedBlocks(block.blocks, document) }
    case 'decision':
      return {
        kind: 'decision',
        label: decisionLabel(block.id, document),
        wording: block.wording,
        reasons: block.reasons,
      }
    case 'action':
      return { kind: 'action', label: actionLabel(block.id, document), what: block.what, details: actionDetails(block) }
    case 'vigilance':
      return { kind: 'vigilance', label: 'Point de vigilance', what: block.what }
  }
}

function reporterLine(reporter: string | null): string | null {
  const name = lineOrNull(reporter)
  return name ? `Présenté par ${name}` : null
}

function actionDetails({ who, dueOn }: { who: string; dueOn: string | null }): string {
  const due = dueDate(dueOn)
  return `Qui${NBSP}: ${who === '' ? 'à désigner' : who} – ${due ? `Pour le ${due}` : 'Sans date'}`
}

function decisionLabel(id: string | null, { decisions, instance }: MinutesDocument): string {
  const index = id === null ? -1 : decisions.findIndex(decision => decision.id === id)
  const decision = decisions[index]
  if (!decision) return 'Décision'
  const number = decisionNumber(index)
  if (decision.competentInstance === instance.name) return `Décision ${number}`
  return `Proposition ${number} à${NBSP}: ${printableLine(decision.competentInstance)}`
}

function actionLabel(id: string | null, { actions }: MinutesDocument): string {
  const index = id === null ? -1 : actions.findIndex(action => action.id === id)
  return index < 0 ? 'Action' : `Action ${actionNumber(index)}`
}
