import type { Editor } from '@tiptap/core'
// For the types of `undo` and `redo`.
import type {} from '@tiptap/extension-collaboration'
import type { IconName } from '#app/components/Icon.tsx'
import { type InsertedBlock, insertBlock, isInsideBlock } from '../extensions/block-commands.ts'
import { blockLooks } from '../reading/BlockFrame.tsx'
import type { EditorIconName } from './EditorIcon.tsx'

/** Something one does to the text: the same by the toolbar, the `/` menu and the keyboard. */
export interface EditorEntry {
  name: string
  /** The words on the button and in the menu. */
  label: string
  icon: { of: 'editor'; name: EditorIconName } | { of: 'page'; name: IconName }
  /** As it is written for people; `Ctrl` is ⌘ on a Mac. */
  keys: string | null
  group: 'history' | 'blocks' | 'structure' | 'marks'
  /** Other words by which the `/` menu finds it. */
  keywords?: string
  inMenu: boolean
  /** For what is on or off. */
  isActive?: (editor: Editor) => boolean
  isPossible: (editor: Editor) => boolean
  run: (editor: Editor) => boolean
}

const outsideBlocks = (editor: Editor) => !isInsideBlock(editor.state)

/** All of them, in the order of the toolbar. Link apart: it asks for an address. */
export const editorEntries: readonly EditorEntry[] = [
  {
    name: 'undo',
    label: 'Annuler',
    icon: { of: 'editor', name: 'undo' },
    keys: 'Ctrl+Z',
    group: 'history',
    inMenu: false,
    isPossible: editor => editor.can().undo(),
    run: editor => editor.chain().focus().undo().run(),
  },
  {
    name: 'redo',
    label: 'Rétablir',
    icon: { of: 'editor', name: 'redo' },
    keys: 'Ctrl+Y',
    group: 'history',
    inMenu: false,
    isPossible: editor => editor.can().redo(),
    run: editor => editor.chain().focus().redo().run(),
  },
  block('decision', 'Alt+Maj+D', 'proposition vote acte nature'),
  block('action', 'Alt+Maj+A', 'tâche à faire qui quand échéance relevé'),
  block('vigilance', 'Alt+Maj+V', 'alerte risque attention'),
  {
    name: 'mention',
    label: 'Mentionner une personne',
    icon: { of: 'editor', name: 'mention' },
    keys: '@',
    group: 'marks',
    keywords: 'nom citer qui',
    inMenu: true,
    isPossible: () => true,
    run: startMention,
  },
  {
    name: 'heading',
    label: 'Titre',
    icon: { of: 'editor', name: 'heading' },
    keys: 'Alt+Maj+T',
    group: 'structure',
    keywords: 'point ordre du jour',
    inMenu: true,
    isActive: editor => editor.isActive('heading', { level: 2 }),
    isPossible: outsideBlocks,
    run: editor => outsideBlocks(editor) && editor.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    name: 'subheading',
    label: 'Sous-titre',
    icon: { of: 'editor', name: 'subheading' },
    keys: 'Alt+Maj+S',
    group: 'structure',
    inMenu: true,
    isActive: editor => editor.isActive('heading', { level: 3 }),
    isPossible: outsideBlocks,
    run: editor => outsideBlocks(editor) && editor.chain().focus().toggleHeading({ level: 3 }).run(),
  },
  {
    name: 'bullets',
    label: 'Liste à puces',
    icon: { of: 'editor', name: 'bullets' },
    keys: 'Ctrl+Maj+8',
    group: 'structure',
    inMenu: true,
    isActive: editor => editor.isActive('bulletList'),
    isPossible: outsideBlocks,
    run: editor => outsideBlocks(editor) && editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'numbers',
    label: 'Liste numérotée',
    icon: { of: 'editor', name: 'numbers' },
    keys: 'Ctrl+Maj+7',
    group: 'structure',
    inMenu: true,
    isActive: editor => editor.isActive('orderedList'),
    isPossible: outsideBlocks,
    run: editor => outsideBlocks(editor) && editor.chain().focus().toggleOrderedList().run(),
  },
  {
    name: 'quote',
    label: 'Citation',
    icon: { of: 'editor', name: 'quote' },
    keys: 'Ctrl+Maj+B',
    group: 'structure',
    inMenu: true,
    isActive: editor => editor.isActive('blockquote'),
    isPossible: outsideBlocks,
    run: editor => outsideBlocks(editor) && editor.chain().focus().toggleBlockquote().run(),
  },
  {
    name: 'paragraph',
    label: 'Texte simple',
    icon: { of: 'editor', name: 'paragraph' },
    keys: 'Alt+Maj+P',
    group: 'structure',
    keywords: 'paragraphe normal',
    inMenu: true,
    isPossible: outsideBlocks,
    run: editor => outsideBlocks(editor) && editor.chain().focus().clearNodes().run(),
  },
  {
    name: 'bold',
    label: 'Gras',
    icon: { of: 'editor', name: 'bold' },
    keys: 'Ctrl+B',
    group: 'marks',
    inMenu: false,
    isActive: editor => editor.isActive('bold'),
    isPossible: () => true,
    run: editor => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'italic',
    label: 'Italique',
    icon: { of: 'editor', name: 'italic' },
    keys: 'Ctrl+I',
    group: 'marks',
    inMenu: false,
    isActive: editor => editor.isActive('italic'),
    isPossible: () => true,
    run: editor => editor.chain().focus().toggleItalic().run(),
  },
]

/** Does what an entry does; false when there is no such entry or when it cannot be done here. */
export function runEntry(editor: Editor, name: string): boolean {
  const entry = editorEntries.find(candidate => candidate.name === name)
  return entry ? entry.run(editor) : false
}

/** The entries of the `/` menu that answer to these letters, accents and case put aside; best first. */
export function menuEntries(query: string, possible: (entry: EditorEntry) => boolean): EditorEntry[] {
  const wanted = folded(query)
  const rank = (entry: EditorEntry) => {
    if (folded(entry.label).startsWith(wanted)) return 0
    return folded(`${entry.label} ${entry.keywords ?? ''}`)
      .split(' ')
      .some(word => word.startsWith(wanted))
      ? 1
      : 2
  }
  return editorEntries
    .filter(entry => entry.inMenu && rank(entry) < 2 && possible(entry))
    .sort((a, b) => rank(a) - rank(b))
}

/** As if one typed `@`, after a space where it takes one. */
function startMention(editor: Editor): boolean {
  const { $from } = editor.state.selection
  const before = $from.parent.textBetween(0, $from.parentOffset, '', ' ')
  return editor
    .chain()
    .focus()
    .insertContent(before === '' || /[\s(]$/.test(before) ? '@' : ' @')
    .run()
}

function block(kind: InsertedBlock, keys: string, keywords: string): EditorEntry {
  const { word, icon } = blockLooks[kind]
  return {
    name: kind,
    label: word,
    icon: { of: 'page', name: icon },
    keys,
    group: 'blocks',
    keywords,
    inMenu: true,
    isPossible: () => true,
    run: editor =>
      editor
        .chain()
        .focus()
        .command(({ state, dispatch }) => insertBlock(kind, () => crypto.randomUUID())(state, dispatch))
        .run(),
  }
}

export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’'-]/g, ' ').trim()
}
