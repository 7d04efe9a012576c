import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { PluginKey } from '@tiptap/pm/state'
import Suggestion, { exitSuggestion, type SuggestionProps } from '@tiptap/suggestion'
import { type EditorEntry, menuEntries } from '../toolbar/entries.ts'

/** The `/` menu while it is open. */
export interface SlashMenuState {
  entries: readonly EditorEntry[]
  selected: number
  choose: (entry: EditorEntry) => void
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
    let unmount: (() => void) | null = null

    function show({ query, command, mount }: SuggestionProps<EditorEntry, EditorEntry>) {
      const entries = menuEntries(query, entry => entry.isPossible(editor))
      if (entries.length === 0) return hide()
      const before = store.getSnapshot()
      const selected = query === '' ? Math.min(before?.selected ?? 0, entries.length - 1) : 0
      store.set({ entries, selected, choose: command })
      if (store.place) unmount ??= mount(store.place)
    }

    function hide() {
      unmount?.()
      unmount = null
      store.set(null)
    }

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
        render: () => ({
          onStart: show,
          onUpdate: show,
          onExit: hide,
          onKeyDown: ({ event, view }) => {
            const state = store.getSnapshot()
            if (!state) return false
            switch (event.key) {
              case 'ArrowDown':
                store.move(1)
                return true
              case 'ArrowUp':
                store.move(-1)
                return true
              case 'Enter': {
                const entry = state.entries[state.selected]
                if (entry) state.choose(entry)
                return true
              }
              case 'Tab':
                // Tab leaves the text: the menu does not stay behind.
                exitSuggestion(view, pluginKey)
                return false
              default:
                return false
            }
          },
        }),
      }),
    ]
  },
})
