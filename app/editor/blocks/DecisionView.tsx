import type { ReactNodeViewProps } from '@tiptap/react'
import { useId } from 'react'
import { Icon } from '#app/components/Icon.tsx'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { competenceFor, decisionWord } from '../competence.ts'
import { useEditorSurroundings } from '../EditorContext.ts'
import { addReasons } from '../extensions/block-commands.ts'
import { decisionFacts } from '../reading/block-sentences.ts'
import { BlockShell } from './BlockShell.tsx'

/** A decision while it is written: its nature, and which instance has the power to take it. */
export function DecisionView(view: ReactNodeViewProps) {
  const { competences, mayWrite } = useEditorSurroundings()
  const id = useId()
  const nature = typeof view.node.attrs.nature === 'string' ? view.node.attrs.nature : null
  const competence = competenceFor(competences, nature)
  return (
    <BlockShell kind="decision" word={decisionWord(competence)} view={view} removeLabel="Supprimer la décision">
      {mayWrite && (
        <div className="block-fields">
          <div className="field">
            <label className="field-label" htmlFor={id}>
              Nature de la décision
            </label>
            <select
              id={id}
              className="input"
              value={nature ?? ''}
              onChange={event => view.updateAttributes({ nature: event.target.value || null })}
            >
              <option value="">Choisir la nature</option>
              {codesOf(decisionNatureLabels).map(code => (
                <option key={code} value={code}>
                  {decisionNatureLabels[code]}
                </option>
              ))}
            </select>
          </div>
          {view.node.childCount < 2 && <AddReasonsButton view={view} />}
        </div>
      )}
      <p className={mayWrite ? 'block-facts only-print' : 'block-facts'}>{decisionFacts(nature)}</p>
      {/* Stays in the page while it is empty, so that the sentence is said when a nature is chosen. */}
      <div aria-live="polite">
        {competence && (
          <p className="block-note">
            <Icon name={competence.competent === 'other' ? 'rises' : 'check'} />
            <span>{competence.sentence}</span>
          </p>
        )}
      </div>
    </BlockShell>
  )
}

function AddReasonsButton({ view }: { view: ReactNodeViewProps }) {
  return (
    <button
      type="button"
      className="button"
      data-variant="quiet"
      data-size="small"
      onClick={() => {
        const position = view.getPos()
        if (position !== undefined) addReasons(position)(view.editor.state, view.editor.view.dispatch)
        view.editor.commands.focus()
      }}
    >
      <Icon name="plus" />
      <span>Ajouter les motifs</span>
    </button>
  )
}
