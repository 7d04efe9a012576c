import { actionOwnerKindLabels } from '#server/vocabulary/actions.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { isDay } from '#server/vocabulary/french.ts'
import { actionFacts } from '../reading/block-sentences.ts'
import type { ActionOwner } from '../surroundings.ts'
import type { BlockFoot, BlockView } from './BlockView.ts'
import { element, field, option } from './dom.ts'
import { draft } from './draft.ts'
import { ownerAttributes, ownerChoice } from './owner-choice.ts'

/** Under an action while it is written: who, by when. */
export function actionFoot(block: BlockView): BlockFoot {
  const due = dueField(block)
  const owner = ownerFields(block, due.field)
  return {
    fields: owner.fields,
    facts: () => actionFacts({ type: 'action', attrs: block.node.attrs }),
    refresh: () => {
      owner.refresh()
      due.refresh()
    },
  }
}

/** Someone of the list, or anyone else by name. @param next the field that comes after */
function ownerFields(block: BlockView, next: HTMLElement) {
  const choice = element('select')
  const label = element('input', { type: 'text', maxlength: '200' })
  const labelField = field('Nom ou fonction', label)
  const showLabel = draft(label, words =>
    block.updateAttributes({ ownerKind: null, ownerId: null, ownerLabel: words.trim() || null }),
  )
  const fields = element('div', { class: 'block-fields' }, field('Qui', choice), next)
  let offered: { owners: readonly ActionOwner[]; unknown: string | null } | null = null
  let elsewhere = false

  choice.addEventListener('change', () => {
    elsewhere = choice.value === 'autre'
    block.updateAttributes(ownerAttributes(choice.value, block.surroundings.owners))
    refresh()
  })

  function refresh() {
    const { owners } = block.surroundings
    const { ownerLabel } = block.node.attrs
    const chosen = elsewhere ? 'autre' : ownerChoice(block.node.attrs, owners)
    const unknown = chosen === 'inconnu' ? String(ownerLabel ?? '') : null
    if (offered?.owners !== owners || offered.unknown !== unknown) {
      choice.replaceChildren(...ownerOptions(owners, unknown))
      offered = { owners, unknown }
    }
    choice.value = chosen
    if (chosen !== 'autre') labelField.remove()
    // Not moved while it stands there: it would lose the focus.
    else if (!labelField.parentNode) next.before(labelField)
    showLabel(ownerLabel)
  }

  return { fields, refresh }
}

function ownerOptions(owners: readonly ActionOwner[], unknown: string | null): Element[] {
  const groups = codesOf(actionOwnerKindLabels).flatMap(kind => {
    const ofKind = owners.filter(owner => owner.kind === kind)
    const options = ofKind.map(owner => option(`${owner.kind}:${owner.id}`, owner.label))
    return options.length > 0 ? [element('optgroup', { label: actionOwnerKindLabels[kind] }, ...options)] : []
  })
  return [
    option('', 'Choisir qui s’en charge'),
    ...(unknown === null ? [] : [option('inconnu', unknown)]),
    ...groups,
    option('autre', 'Autre…'),
  ]
}

function dueField(block: BlockView) {
  const day = element('input', { type: 'date', min: '2000-01-01', max: '2999-12-31' })
  const place = field('Pour le', day)
  place.dataset.width = 'short'
  const show = draft(day, value => {
    // While a year is typed, the browser gives days of the first centuries.
    if (value === '' || (isDay(value) && value >= '2000')) block.updateAttributes({ dueOn: value || null })
  })
  return { field: place, refresh: () => show(block.node.attrs.dueOn) }
}
