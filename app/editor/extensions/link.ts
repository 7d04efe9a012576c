import { markPasteRule } from '@tiptap/core'
import type { MarkType, ResolvedPos } from '@tiptap/pm/model'
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { isSafeHref, Link } from '#server/vocabulary/editor-schema.ts'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    link: {
      setLink(attributes: { href: string }): ReturnType
      unsetLink(): ReturnType
    }
  }
}

/** What is read as an address without being told so: that of a page, or a mail address. */
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"«»]*[^\s<>"«».,;:!?()]|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi

/** Links while one writes: an address that is typed or pasted becomes one; pasted on words, it is theirs. */
export const EditorLink = Link.extend({
  addCommands() {
    return {
      setLink:
        ({ href }) =>
        ({ commands }) =>
          isSafeHref(href) && commands.setMark(this.name, { href }),
      unsetLink:
        () =>
        ({ commands }) =>
          commands.unsetMark(this.name, { extendEmptyMarkRange: true }),
    }
  },
  addPasteRules() {
    return [
      markPasteRule({
        type: this.type,
        find: text => addressesIn(text).map(({ address, index, href }) => ({ text: address, index, data: { href } })),
        getAttributes: match => ({ href: match.data?.href }),
      }),
    ]
  },
  addProseMirrorPlugins() {
    const { editor, type } = this
    return [
      new Plugin({
        props: {
          handlePaste(_view, event) {
            const pasted = event.clipboardData?.getData('text/plain').trim() ?? ''
            const [found] = addressesIn(pasted)
            if (editor.state.selection.empty || found?.address !== pasted) return false
            return editor.commands.setLink({ href: found.href })
          },
        },
        // Only as the text grows: a link that was just removed stays removed.
        appendTransaction: (transactions, before, state) =>
          before.doc.content.size < state.doc.content.size && !transactions.some(tr => tr.getMeta(ySyncPluginKey))
            ? linked(state, type)
            : null,
      }),
    ]
  },
})

/** Makes a link of the address that a space or a new line has just ended; null when there is none. */
export function linked(state: EditorState, link: MarkType): Transaction | null {
  const ended = endOfWord(state)
  if (!ended) return null
  const [word = ''] = /\S*$/.exec(ended.parent.textBetween(0, ended.parentOffset, '', ' ')) ?? []
  const [found] = addressesIn(word)
  if (!found) return null
  const from = ended.pos - word.length + found.index
  const to = from + found.address.length
  if (state.doc.rangeHasMark(from, to, link)) return null
  return state.tr.addMark(from, to, link.create({ href: found.href })).removeStoredMark(link)
}

/** Where the word before the caret ends, when a space or a new paragraph stands between them. */
function endOfWord({ doc, selection: { $from, empty } }: EditorState): ResolvedPos | null {
  if (!empty || !$from.parent.isTextblock || $from.pos < 2) return null
  if ($from.parentOffset > 0) {
    return /\s/.test(doc.textBetween($from.pos - 1, $from.pos, '', ' ')) ? doc.resolve($from.pos - 1) : null
  }
  const $end = doc.resolve($from.before() - 1)
  return $end.parent.isTextblock ? $end : null
}

function addressesIn(text: string): { address: string; index: number; href: string }[] {
  return [...text.matchAll(ADDRESS)].flatMap(({ 0: address, index }) => {
    const href = /^https?:/i.test(address)
      ? address
      : address.includes('@')
        ? `mailto:${address}`
        : `https://${address}`
    return isSafeHref(href) && URL.canParse(href) ? [{ address, index, href }] : []
  })
}
