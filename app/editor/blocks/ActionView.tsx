import type { ReactNodeViewProps } from '@tiptap/react'
import { useId, useState } from 'react'
import { type ActionOwnerKind, actionOwnerKindLabels } from '#server/vocabulary/actions.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { isDay } from '#server/vocabulary/french.ts'
import { type ActionOwner, useEditorSurroundings } from '../EditorContext.ts'
import { actionFacts } from '../reading/block-sentences.ts'
import { BlockShell } from './BlockShell.tsx'
import { ownerAttributes, ownerChoice } from './owner-choice.ts'
import { useDraft } from './useDraft.ts'

/** An action while it is written: who, what (the text), by when. */
export function ActionView(view: ReactNodeViewProps) {
  const { mayWrite } = useEditorSurroundings()
  return (
    <BlockShell kind="action" view={view} removeLabel="Supprimer l’action">
      {mayWrite && (
        <div className="block-fields">
          <OwnerFields view={view} />
          <DueField view={view} />
        </div>
      )}
      <p className={mayWrite ? 'block-facts only-print' : 'block-facts'}>{actionFacts(view.node.toJSON())}</p>
    </BlockShell>
  )
}

/** Someone of the list, or anyone else by name. */
function OwnerFields({ view }: { view: ReactNodeViewProps }) {
  const { owners } = useEditorSurroundings()
  const id = useId()
  const [elsewhere, setElsewhere] = useState(false)
  const choice = elsewhere ? 'autre' : ownerChoice(view.node.attrs, owners)
  return (
    <>
      <div className="field">
        <label className="field-label" htmlFor={id}>
          Qui
        </label>
        <select
          id={id}
          className="input"
          value={choice}
          onChange={event => {
            setElsewhere(event.target.value === 'autre')
            view.updateAttributes(ownerAttributes(event.target.value, owners))
          }}
        >
          <option value="">Choisir qui s’en charge</option>
          {choice === 'inconnu' && <option value="inconnu">{view.node.attrs.ownerLabel}</option>}
          {codesOf(actionOwnerKindLabels).map(kind => (
            <OwnerGroup key={kind} kind={kind} owners={owners.filter(owner => owner.kind === kind)} />
          ))}
          <option value="autre">Autre…</option>
        </select>
      </div>
      {choice === 'autre' && <OwnerLabelField view={view} />}
    </>
  )
}

function OwnerGroup({ kind, owners }: { kind: ActionOwnerKind; owners: readonly ActionOwner[] }) {
  if (owners.length === 0) return null
  return (
    <optgroup label={actionOwnerKindLabels[kind]}>
      {owners.map(owner => (
        <option key={owner.id} value={`${owner.kind}:${owner.id}`}>
          {owner.label}
        </option>
      ))}
    </optgroup>
  )
}

function OwnerLabelField({ view }: { view: ReactNodeViewProps }) {
  const id = useId()
  const draft = useDraft(view.node.attrs.ownerLabel, label => {
    view.updateAttributes({ ownerKind: null, ownerId: null, ownerLabel: label.trim() || null })
  })
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Nom ou fonction
      </label>
      <input id={id} className="input" type="text" maxLength={200} {...draft} />
    </div>
  )
}

function DueField({ view }: { view: ReactNodeViewProps }) {
  const id = useId()
  const draft = useDraft(view.node.attrs.dueOn, day => {
    // While a year is typed, the browser gives days of the first centuries.
    if (day === '' || (isDay(day) && day >= '2000')) view.updateAttributes({ dueOn: day || null })
  })
  return (
    <div className="field" data-width="short">
      <label className="field-label" htmlFor={id}>
        Pour le
      </label>
      <input id={id} className="input" type="date" min="2000-01-01" max="2999-12-31" {...draft} />
    </div>
  )
}
