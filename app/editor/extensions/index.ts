import type { Extensions } from '@tiptap/core'
import CollaborationCaret from '@tiptap/extension-collaboration-caret'
import { HardBreak } from '@tiptap/extension-hard-break'
import { ListItem } from '@tiptap/extension-list/item'
import { Paragraph } from '@tiptap/extension-paragraph'
import {
  ActionBlock,
  DecisionBlock,
  Essential,
  MinutesHeading,
  minutesExtensions,
  VigilanceBlock,
} from '#server/vocabulary/editor-schema.ts'
import { actionFoot } from '../blocks/action-foot.ts'
import { BlockView } from '../blocks/BlockView.ts'
import { decisionFoot } from '../blocks/decision-foot.ts'
import { competenceFor, decisionWord } from '../competence.ts'
import type { LiveProvider } from '../connection/LiveProvider.ts'
import { MentionMenu } from '../slash/mention-menu.ts'
import { SlashMenuExtension, type SlashMenuStore } from '../slash/slash-menu.ts'
import { SurroundingsStore } from '../surroundings.ts'
import { BlockIds } from './block-ids.ts'
import { renderCaret } from './carets.ts'
import { HeadingAnchors } from './heading-anchors.ts'
import { EditorLink } from './link.ts'
import { Paste, type PasteOptions } from './paste.ts'
import { Placeholders } from './placeholders.ts'
import { sharedText } from './shared-text.ts'
import { Shortcuts, type ShortcutsOptions } from './shortcuts.ts'

export interface EditorExtensionOptions {
  provider: LiveProvider
  person: { name: string }
  shortcuts: ShortcutsOptions
  paste: Omit<PasteOptions, 'newId'>
  slashMenu: SlashMenuStore
  surroundings: SurroundingsStore
}

/** The schema's extensions with what only the editor needs: views, keys, paste, carets, menu. */
export function editorExtensions({
  provider,
  person,
  shortcuts,
  paste,
  slashMenu,
  surroundings,
}: EditorExtensionOptions): Extensions {
  return [
    ...schemaWithViews(surroundings),
    sharedText(provider.document),
    // The colour is the server's to give: this one is for oneself alone, who does not see it.
    CollaborationCaret.configure({ provider, user: { ...person, color: '#000000' }, render: renderCaret }),
    BlockIds,
    HeadingAnchors,
    Placeholders,
    Paste.configure(paste),
    Shortcuts.configure(shortcuts),
    SlashMenuExtension.configure({ store: slashMenu }),
    MentionMenu.configure({ store: slashMenu, people: () => surroundings.current.people }),
  ]
}

/** The same nodes and marks as everywhere: each one extended keeps its place and its name. */
export function schemaWithViews(surroundings = new SurroundingsStore()): Extensions {
  const extended = new Map([...writtenHere, ...blocks(surroundings)].map(extension => [extension.name, extension]))
  return minutesExtensions.map(extension => extended.get(extension.name) ?? extension)
}

const writtenHere: Extensions = [
  // The default keys of these use Ctrl+Alt, which is AltGr on a French keyboard.
  Paragraph.extend({ addKeyboardShortcuts: () => ({}) }),
  MinutesHeading.extend({
    addKeyboardShortcuts: () => ({}),
    parseHTML: () => [
      // The page's title is the only `h1`: a first title that is pasted comes under it.
      { tag: 'h1', attrs: { level: 2 } },
      { tag: 'h2', attrs: { level: 2 } },
      { tag: 'h3', attrs: { level: 3 } },
      { tag: 'h4, h5, h6', attrs: { level: 4 } },
    ],
  }),
  // Tab is not taken: it leaves the text.
  ListItem.extend({
    addKeyboardShortcuts() {
      return {
        Enter: () => this.editor.commands.splitListItem(this.name),
        'Alt-Shift-ArrowRight': () => this.editor.commands.sinkListItem(this.name),
        'Alt-Shift-ArrowLeft': () => this.editor.commands.liftListItem(this.name),
      }
    },
  }),
  HardBreak.extend({
    addKeyboardShortcuts() {
      return { 'Shift-Enter': () => this.editor.commands.setHardBreak() }
    },
  }),
  EditorLink,
]

/** The typed blocks. « L’essentiel » heads the text, and stays. */
function blocks(surroundings: SurroundingsStore): Extensions {
  return [
    Essential.extend({ addNodeView: () => props => new BlockView(props, surroundings, { kind: 'essential' }) }),
    DecisionBlock.extend({
      addNodeView: () => props =>
        new BlockView(props, surroundings, {
          kind: 'decision',
          removeLabel: 'Supprimer la décision',
          word: ({ attrs }, { competences }) => decisionWord(competenceFor(competences, attrs.nature)),
          foot: decisionFoot,
        }),
    }),
    ActionBlock.extend({
      addNodeView: () => props =>
        new BlockView(props, surroundings, {
          kind: 'action',
          removeLabel: 'Supprimer l’action',
          foot: actionFoot,
        }),
    }),
    VigilanceBlock.extend({
      addNodeView: () => props =>
        new BlockView(props, surroundings, { kind: 'vigilance', removeLabel: 'Supprimer le point de vigilance' }),
    }),
  ]
}
