import { type Editor, Extension } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import { crossBlockEdge, enterInBlock, leaveBlock, removeEmptyBlock } from './block-commands.ts'

export interface ShortcutsOptions {
  /** Does what the entry of this name does, in the toolbar and in the menu. */
  run: (editor: Editor, entry: string) => boolean
  openLink: () => void
  focusToolbar: () => void
  focusBlockFields: (editor: Editor) => boolean
  /** Puts the focus after the text: from there, Tab goes on in the page. */
  leaveText: () => void
}

/**
 * The keys of the editor. None with Ctrl+Alt, which is AltGr on a French keyboard, and none that takes Tab away: Tab
 * leaves the text, as it leaves any field.
 */
export const Shortcuts = Extension.create<ShortcutsOptions>({
  name: 'minutesShortcuts',
  // Before the lists and the paragraphs, whose Enter would come first.
  priority: 1000,
  addOptions: () => ({
    run: () => false,
    openLink: () => undefined,
    focusToolbar: () => undefined,
    focusBlockFields: () => false,
    leaveText: () => undefined,
  }),
  addKeyboardShortcuts() {
    const { options, editor } = this
    const command = (run: Command) => () => run(editor.state, editor.view.dispatch)
    const entry = (name: string) => () => options.run(editor, name)
    const done = (act: () => void) => () => {
      act()
      return true
    }
    return {
      Enter: command(enterInBlock),
      'Mod-Enter': command(leaveBlock),
      Backspace: command(removeEmptyBlock),
      ArrowDown: command(crossBlockEdge('down', () => editor.view.endOfTextblock('down'))),
      ArrowUp: command(crossBlockEdge('up', () => editor.view.endOfTextblock('up'))),
      'Mod-k': done(options.openLink),
      'Alt-Shift-t': entry('heading'),
      'Alt-Shift-s': entry('subheading'),
      'Alt-Shift-p': entry('paragraph'),
      'Alt-Shift-d': entry('decision'),
      'Alt-Shift-a': entry('action'),
      'Alt-Shift-v': entry('vigilance'),
      'Alt-Shift-c': () => options.focusBlockFields(editor),
      'Alt-Shift-o': done(options.focusToolbar),
      'Alt-F10': done(options.focusToolbar),
      Escape: done(options.leaveText),
    }
  },
})
