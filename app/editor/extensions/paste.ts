import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import { plainHtml } from './pasted-html.ts'
import { freshSlice, LARGEST_PASTE, type PasteContext, pasteRefusal } from './pasted-slice.ts'

export interface PasteOptions {
  newId: () => string
  agendaItems: () => readonly { id: string }[]
  owners: () => readonly { kind: string; id: string }[]
  people: () => readonly { id: string; label: string }[]
  /** Says why something did not enter the text. */
  onRefused: (reason: string) => void
}

/** Raw HTML of which a browser tab cannot make sense in a reasonable time. */
const LARGEST_HTML = 8 * LARGEST_PASTE

/** What comes from the clipboard or is dropped: cleaned, given new identities, refused when it is too long. */
export const Paste = Extension.create<PasteOptions>({
  name: 'minutesPaste',
  addOptions: () => ({
    newId: () => crypto.randomUUID(),
    agendaItems: () => [],
    owners: () => [],
    people: () => [],
    onRefused: () => undefined,
  }),
  addProseMirrorPlugins() {
    const { options } = this
    const refused = (reason: string | null) => {
      if (reason) options.onRefused(reason)
      return reason !== null
    }
    return [
      new Plugin({
        props: {
          transformPastedHTML: plainHtml,
          transformPasted: (slice, view) =>
            // What is moved inside the text keeps its identity.
            view.dragging?.move ? slice : freshSlice(slice, contextOf(remainingText(view.state), options)),
          handleDOMEvents: {
            paste: (_view, event) => {
              const reason = rawRefusal(event.clipboardData)
              if (reason) event.preventDefault()
              return refused(reason)
            },
            drop: (_view, event) => {
              const reason = rawRefusal(event.dataTransfer)
              if (reason) event.preventDefault()
              return refused(reason)
            },
          },
          handlePaste: (_view, _event, slice) => refused(pasteRefusal(slice)),
          handleDrop: (_view, _event, slice, moved) => !moved && refused(pasteRefusal(slice)),
        },
      }),
    ]
  },
})

/** Refused before it is even read: longer than a tab can digest, or files. */
function rawRefusal(data: DataTransfer | null): string | null {
  if (!data) return null
  const [html, text] = [data.getData('text/html'), data.getData('text/plain')]
  if (html.length > LARGEST_HTML || text.length > LARGEST_PASTE)
    return 'Ce que vous collez est trop long pour un compte rendu (plus de 4 Mo) : rien n’a été ajouté. Déposez plutôt le document en annexe.'
  if (data.files.length > 0 && html === '' && text === '')
    return 'Un compte rendu ne reçoit ni image ni fichier : rien n’a été ajouté.'
  return null
}

/** What is selected gives way to what is pasted. */
function remainingText(state: EditorState): ProseMirrorNode {
  return state.tr.deleteSelection().doc
}

function contextOf(doc: ProseMirrorNode, { newId, agendaItems, owners, people }: PasteOptions): PasteContext {
  const presentItems = new Set<string>()
  let hasEssential = false
  doc.forEach(node => {
    if (node.type.name === 'essential') hasEssential = true
    if (typeof node.attrs.agendaItemId === 'string') presentItems.add(node.attrs.agendaItemId)
  })
  return {
    newId,
    presentItems,
    hasEssential,
    agendaItems: new Set(agendaItems().map(item => item.id)),
    people: new Map(people().map(({ id, label }) => [id, label])),
    owners: new Set(owners().map(owner => `${owner.kind}:${owner.id}`)),
  }
}
