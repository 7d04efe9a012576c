import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { PluginKey } from '@tiptap/pm/state'
import Suggestion from '@tiptap/suggestion'
import type { Mentionable } from '../surroundings.ts'
import { folded } from '../toolbar/entries.ts'
import { type MenuEntry, SlashMenuStore, suggestionMenu } from './slash-menu.ts'

type Person = MenuEntry & { person: Mentionable }

const pluginKey = new PluginKey('mentionMenu')
const mostShown = 8

/** Offers those who may read these minutes when one types `@` at the start of a line or after a space. */
export const MentionMenu = Extension.create<{ store: SlashMenuStore; people: () => readonly Mentionable[] }>({
  name: 'mentionMenu',
  priority: 1100,
  addOptions: () => ({ store: new SlashMenuStore(), people: () => [] }),
  addProseMirrorPlugins() {
    const { editor } = this
    const { store, people } = this.options
    return [
      Suggestion<Person, Person>({
        editor,
        pluginKey,
        char: '@',
        decorationClass: 'slash-query',
        allowedPrefixes: [' ', '\u00A0', '('],
        // A name has spaces; once nobody answers, the list is closed.
        allowSpaces: true,
        items: () => [],
        shouldShow: ({ transaction }) => !isChangeOrigin(transaction),
        allow: () => editor.isEditable,
        command: ({ range, props: { person } }) => {
          const { id, label } = person
          editor
            .chain()
            .focus()
            .insertContentAt(range, [
              { type: 'mention', attrs: { id, label } },
              { type: 'text', text: ' ' },
            ])
            .run()
        },
        render: () => suggestionMenu<Person>(store, pluginKey, 'Mentionner', ({ query }) => peopleFor(query, people())),
      }),
    ]
  },
})

/** Those of whom each word typed begins a word of the name or of the institution; accents and case put aside. */
export function peopleFor(query: string, people: readonly Mentionable[]): Person[] {
  const wanted = folded(query).split(' ').filter(Boolean)
  return people
    .filter(({ label, detail }) => {
      const words = folded(`${label} ${detail}`).split(' ')
      return wanted.every(start => words.some(word => word.startsWith(start)))
    })
    .slice(0, mostShown)
    .map(person => ({
      name: person.id,
      label: person.detail ? `${person.label} (${person.detail})` : person.label,
      icon: { of: 'page', name: 'person' },
      keys: null,
      person,
    }))
}
