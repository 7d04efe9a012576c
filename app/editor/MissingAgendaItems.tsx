import type { Editor } from '@tiptap/core'
import { Button } from '#app/components/Button.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { addAgendaItem } from './extensions/block-commands.ts'
import { useEditorValue } from './useEditorValue.ts'

interface MissingAgendaItemsProps {
  editor: Editor
  items: readonly { id: string; title: string }[]
  announce: (sentence: string) => void
}

/** The points of the agenda that have no title in the text (added since, or deleted here), each with its button. */
export function MissingAgendaItems({ editor, items, announce }: MissingAgendaItemsProps) {
  const present = useEditorValue(editor, presentItems)
  const missing = items.filter(item => !present.includes(item.id))
  if (missing.length === 0) return null
  return (
    <section className="missing-items" aria-label="Points de l’ordre du jour absents du texte">
      <p>Points de l’ordre du jour absents du texte :</p>
      <PlainList>
        {missing.map(item => (
          <li key={item.id}>
            <span>{item.title}</span>
            <Button
              size="small"
              icon="plus"
              onClick={() => {
                addAgendaItem(item, items)(editor.state, editor.view.dispatch)
                editor.commands.focus()
                announce(`« ${item.title} » est dans le texte.`)
              }}
            >
              Ajouter au compte rendu<span className="visually-hidden"> : {item.title}</span>
            </Button>
          </li>
        ))}
      </PlainList>
    </section>
  )
}

function presentItems(editor: Editor): string[] {
  const ids: string[] = []
  editor.state.doc.descendants(node => {
    if (node.type.name === 'heading' && typeof node.attrs.agendaItemId === 'string') ids.push(node.attrs.agendaItemId)
    return !node.isTextblock
  })
  return ids
}
