import { Editor, type EditorOptions } from '@tiptap/core'
import { type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Notice } from '#app/components/Notice.tsx'
import type { LiveSession } from './connection/LiveSession.ts'
import { continueAtEnd } from './extensions/block-commands.ts'
import { editorExtensions } from './extensions/index.ts'
import type { LiveEditorProps } from './LiveEditor.tsx'
import { MissingAgendaItems } from './MissingAgendaItems.tsx'
import { PersonalDataNotice } from './PersonalDataNotice.tsx'
import { ShortcutsHelp } from './ShortcutsHelp.tsx'
import { SlashMenu } from './slash/SlashMenu.tsx'
import { SlashMenuStore } from './slash/slash-menu.ts'
import { SurroundingsStore } from './surroundings.ts'
import { runEntry } from './toolbar/entries.ts'
import { LinkDialog } from './toolbar/LinkDialog.tsx'
import { Toolbar, type ToolbarHandle } from './toolbar/Toolbar.tsx'
import { useOutline } from './useOutline.ts'
import { useSaveKey } from './useSaveKey.ts'
import { useShown } from './useShown.ts'

interface EditorSheetProps extends LiveEditorProps {
  session: LiveSession
  mayWrite: boolean
  announce: (sentence: string) => void
}

/** The sheet one writes on: tools, text, what is missing of the agenda, help. A reader has the text alone. */
export function EditorSheet(props: EditorSheetProps) {
  const { session, mayWrite, announce, agendaItems, onOutline, onShown } = props
  const [refusal, setRefusal] = useState<string | null>(null)
  const [linking, setLinking] = useState(false)
  const [slashMenu] = useState(() => new SlashMenuStore())
  const toolbar = useRef<ToolbarHandle>(null)
  const afterText = useRef<HTMLParagraphElement>(null)
  const helpId = useId()
  const textId = useId()
  const echo = useSaveKey(mayWrite, session, announce)
  const latest = useRef(props)
  latest.current = props
  const surroundings = useSurroundings(props)
  const place = useRef<HTMLDivElement>(null)

  const editor = useEditor(place, () => ({
    ...textOptions(mayWrite, textId, helpId),
    extensions: editorExtensions({
      provider: session.provider,
      person: { name: props.account.name },
      slashMenu,
      surroundings,
      paste: {
        agendaItems: () => latest.current.agendaItems,
        owners: () => latest.current.owners,
        people: () => latest.current.people,
        onRefused: setRefusal,
      },
      shortcuts: {
        run: runEntry,
        openLink: () => setLinking(true),
        focusToolbar: () => toolbar.current?.focus(),
        focusBlockFields,
        leaveText: () => afterText.current?.focus(),
      },
    }),
    onUpdate: () => setRefusal(null),
  }))

  useEffect(() => {
    if (!editor) return
    session.readContent = () => editor.state.doc
    return () => {
      session.readContent = null
    }
  }, [session, editor])
  useTextOptions(editor, mayWrite, textId, helpId)
  useOutline(editor, onOutline)
  useShown(editor !== null, onShown)

  return (
    <>
      {editor && mayWrite && (
        <div className="editor-head">
          <Toolbar ref={toolbar} editor={editor} controls={textId} onLink={() => setLinking(true)} echo={echo} />
          {/* Over the text: it does not move under the fingers of whoever writes. */}
          <div className="editor-notices">
            {refusal && (
              <Notice tone="warning" announce>
                <p>{refusal}</p>
                <Button size="small" onClick={() => setRefusal(null)}>
                  J’ai compris
                </Button>
              </Notice>
            )}
            <PersonalDataNotice editor={editor} />
          </div>
        </div>
      )}
      <div ref={place} />
      {editor && mayWrite && (
        <div className="no-print">
          <button
            type="button"
            className="write-on"
            onClick={() => {
              continueAtEnd(editor.state, editor.view.dispatch)
              editor.commands.focus()
            }}
          >
            Écrire à la suite
          </button>
          <p
            ref={afterText}
            className="visually-hidden"
            tabIndex={-1}
            onKeyDown={event => {
              // Without it one would go back through the fields of every block, from the last.
              if (event.key !== 'Tab' || !event.shiftKey) return
              event.preventDefault()
              editor.commands.focus()
            }}
          >
            Fin du texte. Tabulation pour continuer dans la page, Majuscule Tabulation pour revenir au texte.
          </p>
          <SlashMenu editor={editor} store={slashMenu} />
          <MissingAgendaItems editor={editor} items={agendaItems} announce={announce} />
          <Disclosure summary="Raccourcis clavier">
            <ShortcutsHelp id={helpId} />
          </Disclosure>
          {linking && <LinkDialog editor={editor} onClose={() => setLinking(false)} />}
        </div>
      )}
    </>
  )
}

/** The editor, made before the page is shown. Its text is made apart from the page, and put in its place whole. */
function useEditor(place: RefObject<HTMLElement>, options: () => Partial<EditorOptions>): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null)
  const first = useRef(options)
  useLayoutEffect(() => {
    const made = new Editor({ injectCSS: false, ...first.current() })
    place.current?.append(made.view.dom)
    setEditor(made)
    return () => {
      made.destroy()
      setEditor(null)
    }
  }, [place])
  return editor
}

function useSurroundings({ competence, owners, people, mayWrite, announce }: EditorSheetProps): SurroundingsStore {
  const current = useMemo(
    () => ({ competences: competence, owners, people, mayWrite, announce }),
    [competence, owners, people, mayWrite, announce],
  )
  const [store] = useState(() => new SurroundingsStore(current))
  useLayoutEffect(() => store.set(current), [store, current])
  return store
}

/** Follows the right to write; as the editor was made with it, nothing is to be done at first. */
function useTextOptions(editor: Editor | null, mayWrite: boolean, textId: string, helpId: string): void {
  useEffect(() => {
    if (editor && editor.isEditable !== mayWrite) editor.setOptions(textOptions(mayWrite, textId, helpId))
  }, [editor, mayWrite, textId, helpId])
}

/** The text says what it is; while it is written, also how to leave it. */
function textOptions(mayWrite: boolean, textId: string, helpId: string): Partial<EditorOptions> {
  return {
    editable: mayWrite,
    editorProps: {
      // What stands over the sheet at its top and its bottom must not hide the line that is written.
      scrollThreshold: COVERED,
      scrollMargin: COVERED,
      attributes: {
        id: textId,
        class: 'minutes-content',
        'aria-label': 'Texte du compte rendu',
        ...(mayWrite
          ? {
              role: 'textbox',
              'aria-multiline': 'true',
              'aria-describedby': helpId,
              lang: 'fr',
              spellcheck: 'true',
            }
          : { role: 'group' }),
      },
    },
  }
}

/** Pixels of the window that the tools, the tabs and the status line may cover. */
const COVERED = { top: 130, bottom: 130, left: 0, right: 0 }

/** Puts the focus on the first control of the block the caret is in; false outside blocks. */
function focusBlockFields(editor: Editor): boolean {
  const { $from } = editor.state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const dom = editor.view.nodeDOM($from.before(depth))
    const control = dom instanceof HTMLElement ? dom.querySelector<HTMLElement>('select, input') : null
    if (control) {
      control.focus()
      return true
    }
  }
  return false
}
