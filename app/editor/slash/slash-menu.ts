import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { PluginKey } from '@tiptap/pm/state'
import Suggestion, { exitSuggestion, type SuggestionKeyDownProps, type SuggestionProps } from '@tiptap/suggestion'
import { type EditorEntry, menuEntries } from '../toolbar/entries.ts'

/** What a menu shows of one thing that may be chosen. */
export type MenuEntry = Pick<EditorEntry, 'name' | 'label' | 'icon' | 'keys'>

/** The menu of `/`, or of `@`, while it is open. */
export interface SlashMenuState {
  /** What is done there: « Insérer », « Mentionner ». */
  label: string
  entries: readonly MenuEntry[]
  selected: number
  choose: (rank: number) => void
}

/** What the open menu shows; `null` when it is closed. Read by `SlashMenu`. */
export class SlashMenuStore {
  /** The element the list is drawn in, which follows the caret; set by the component. */
  place: HTMLElement | null = null
  private state: SlashMenuState | null = null
  private readonly listeners = new Set<() => void>()

  getSnapshot = (): SlashMenuState | null => this.state

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  set(state: SlashMenuState | null): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }

  /** Moves the selection by so many entries, around the ends. */
  move(by: number): void {
    if (!this.state) return
    const { entries, selected } = this.state
    this.set({ ...this.state, selected: (selected + by + entries.length) % entries.length })
  }

  select(index: number): void {
    if (this.state) this.set({ ...this.state, selected: index })
  }
}

/** How a list follows what is typed: shown while something answers, its keys taken while it is. */
export function suggestionMenu<Entry extends MenuEntry>(
  store: SlashMenuStore,
  key: PluginKey,
  label: string,
  answering: (props: SuggestionProps<Entry, Entry>) => readonly Entry[],
) {
  let unmount: (() => void) | null = null

  function show(props: SuggestionProps<Entry, Entry>) {
    const entries = answering(props)
    if (entries.length === 0) return hide()
    const before = store.getSnapshot()
    const selected = props.query === '' ? Math.min(before?.selected ?? 0, entries.length - 1) : 0
    const choose = (rank: number) => {
      const entry = entries[rank]
      if (entry) props.command(entry)
    }
    store.set({ label, entries, selected, choose })
    if (store.place) unmount ??= props.mount(store.place)
  }

  function hide() {
    unmount?.()
    unmount = null
    store.set(null)
  }

  return {
    onStart: show,
    onUpdate: show,
    onExit: hide,
    onKeyDown: ({ event, view }: SuggestionKeyDownProps) => {
      const state = store.getSnapshot()
      if (!state) return false
      switch (event.key) {
        case 'ArrowDown':
          store.move(1)
          return true
        case 'ArrowUp':
          store.move(-1)
          return true
        case 'Enter':
          state.choose(state.selected)
          return true
        case 'Tab':
          // Tab leaves the text: the menu does not stay behind.
          exitSuggestion(view, key)
          return false
        default:
          return false
      }
    },
  }
}

const pluginKey = new PluginKey('slashMenu')

/** Opens a list of what may be inserted when one types `/` at the start of a line or after a space. */
export const SlashMenuExtension = Extension.create<{ store: SlashMenuStore }>({
  name: 'slashMenu',
  // Its keys (arrows, Enter, Escape) come before all others while it is open.
  priority: 1100,
  addOptions: () => ({ store: new SlashMenuStore() }),
  addProseMirrorPlugins() {
    const { editor } = this
    const { store } = this.options
    const menu = suggestionMenu<EditorEntry>(store, pluginKey, 'Insérer', ({ query }) =>
      menuEntries(query, entry => entry.isPossible(editor)),
    )

    return [
      Suggestion<EditorEntry, EditorEntry>({
        editor,
        pluginKey,
        char: '/',
        decorationClass: 'slash-query',
        allowedPrefixes: [' ', '\u00A0'],
        items: () => [],
        // Someone else's `/` opens nothing here.
        shouldShow: ({ transaction }) => !isChangeOrigin(transaction),
        allow: () => editor.isEditable,
        command: ({ range, props: entry }) => {
          editor.chain().focus().deleteRange(range).run()
          entry.run(editor)
        },
        render: () => menu,
      }),
    ]
  },
})
