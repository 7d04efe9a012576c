import { codesOf } from '#server/vocabulary/closed-list.ts'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { type Competence, competenceFor } from '../competence.ts'
import { addReasons } from '../extensions/block-commands.ts'
import { decisionFacts } from '../reading/block-sentences.ts'
import type { BlockFoot, BlockView } from './BlockView.ts'
import { element, field, icon, option, present } from './dom.ts'

/** Under a decision while it is written: its nature, and which instance has the power to take it. */
export function decisionFoot(block: BlockView): BlockFoot {
  const natures = codesOf(decisionNatureLabels).map(code => option(code, decisionNatureLabels[code]))
  const choice = element('select', {}, option('', 'Choisir la nature'), ...natures)
  choice.addEventListener('change', () => block.updateAttributes({ nature: choice.value || null }))
  const reasons = addReasonsButton(block)
  const fields = element('div', { class: 'block-fields' }, field('Nature de la décision', choice))
  // Stays in the page while it is empty, so that the sentence is said when a nature is chosen.
  const note = element('div', { 'aria-live': 'polite' })

  function refresh() {
    choice.value = natureOf(block) ?? ''
    present(reasons, block.node.childCount < 2, fields)
    showCompetence(note, competenceFor(block.surroundings.competences, natureOf(block)))
  }

  return { fields, facts: () => decisionFacts(natureOf(block)), note, refresh }
}

function showCompetence(note: HTMLElement, competence: Competence | null): void {
  if (note.textContent === (competence?.sentence ?? '')) return
  note.replaceChildren()
  if (!competence) return
  const drawing = icon(competence.competent === 'other' ? 'rises' : 'check')
  note.append(element('p', { class: 'block-note' }, drawing, element('span', {}, competence.sentence)))
}

function natureOf({ node }: BlockView): string | null {
  return typeof node.attrs.nature === 'string' ? node.attrs.nature : null
}

function addReasonsButton(block: BlockView): HTMLButtonElement {
  const attributes = { type: 'button', class: 'button', 'data-variant': 'quiet', 'data-size': 'small' }
  const button = element('button', attributes, icon('plus'), element('span', {}, 'Ajouter les motifs'))
  button.addEventListener('click', () => {
    const position = block.getPos()
    const { editor } = block
    if (position !== undefined) addReasons(position)(editor.state, editor.view.dispatch)
    editor.commands.focus()
  })
  return button
}
