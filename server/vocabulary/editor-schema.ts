import { type Extensions, getSchema, Mark, mergeAttributes, Node } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { BulletList } from '@tiptap/extension-list/bullet-list'
import { ListItem } from '@tiptap/extension-list/item'
import { OrderedList } from '@tiptap/extension-list/ordered-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Text } from '@tiptap/extension-text'
import { isSafeHref } from './safe-href.ts'

export { isSafeHref } from './safe-href.ts'

/**
 * The schema of the minutes' text: what may stand in it, for the editor, the server and the exports alike.
 *
 * An editor that does not know a node deletes it when it opens a text, so the version travels in the handshake:
 * raise it with every change of nodes, marks or attributes.
 */
export const EDITOR_SCHEMA_VERSION = 2

/** Name of the Yjs fragment that holds the text. */
export const EDITOR_FRAGMENT = 'default'

/** « L'essentiel en trois lignes »: heads the minutes and is what digests quote. */
export const Essential = Node.create({
  name: 'essential',
  group: 'block',
  content: 'paragraph+',
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: 'section[data-block="essential"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-block': 'essential', class: 'block-essential' }),
    0,
  ],
})

/** A decision: its first paragraph is the wording, the following ones are the reasons. */
export const DecisionBlock = Node.create({
  name: 'decision',
  group: 'block',
  content: 'paragraph+',
  defining: true,
  isolating: true,
  addAttributes: () => ({ id: dataAttribute('id'), nature: dataAttribute('nature') }),
  parseHTML: () => [{ tag: 'section[data-block="decision"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-block': 'decision', class: 'block-decision' }),
    0,
  ],
})

/** An action to carry out: who (person, institution, instance), what (the content), by when. */
export const ActionBlock = Node.create({
  name: 'action',
  group: 'block',
  content: 'inline*',
  defining: true,
  isolating: true,
  addAttributes: () => ({
    id: dataAttribute('id'),
    ownerKind: dataAttribute('owner-kind'),
    ownerId: dataAttribute('owner-id'),
    ownerLabel: dataAttribute('owner-label'),
    dueOn: dataAttribute('due-on'),
  }),
  parseHTML: () => [{ tag: 'section[data-block="action"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-block': 'action', class: 'block-action' }),
    0,
  ],
})

/** A point of attention. */
export const VigilanceBlock = Node.create({
  name: 'vigilance',
  group: 'block',
  content: 'inline*',
  defining: true,
  isolating: true,
  addAttributes: () => ({ id: dataAttribute('id') }),
  parseHTML: () => [{ tag: 'section[data-block="vigilance"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-block': 'vigilance', class: 'block-vigilance' }),
    0,
  ],
})

/** Somebody who is named in the text: who they are, and their name as it was then, which is what one reads. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({ id: dataAttribute('id'), label: dataAttribute('label') }),
  parseHTML: () => [{ tag: 'span[data-mention][data-id][data-label]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { 'data-mention': '', class: 'mention' }),
    String(node.attrs.label ?? ''),
  ],
  renderText: ({ node }) => String(node.attrs.label ?? ''),
  extendNodeSchema: ({ name }) =>
    name === 'mention'
      ? { leafText: (node: { attrs: Record<string, unknown> }) => String(node.attrs.label ?? '') }
      : {},
})

/** Longest name in a mention. */
export const LONGEST_MENTION = 200

/** A heading; those made from the agenda keep the id of their item. */
export const MinutesHeading = Heading.extend({
  addAttributes() {
    return { ...this.parent?.(), agendaItemId: dataAttribute('agenda-item-id') }
  },
}).configure({ levels: [2, 3, 4] })

/**
 * A link. Not the one of Tiptap, whose list of the world's domains alone weighs as much in a browser as all our blocks.
 */
export const Link = Mark.create({
  name: 'link',
  priority: 1000,
  keepOnSplit: false,
  inclusive: false,
  addAttributes: () => ({
    href: { default: null },
    target: { default: null, parseHTML: () => null },
    rel: { default: LINK_REL, parseHTML: () => LINK_REL },
    class: { default: null, parseHTML: () => null },
    title: { default: null },
  }),
  parseHTML: () => [{ tag: 'a[href]', getAttrs: element => (isSafeHref(element.getAttribute('href')) ? null : false) }],
  renderHTML: ({ HTMLAttributes: { href, ...others } }) => ['a', { ...others, href: isSafeHref(href) ? href : '' }, 0],
})

const LINK_REL = 'noopener noreferrer nofollow'

/** Extensions that define the schema; the editor extends some of them with its views and keys. */
export const minutesExtensions: Extensions = [
  Document,
  Paragraph,
  Text,
  MinutesHeading,
  BulletList,
  OrderedList,
  ListItem,
  Blockquote,
  HardBreak,
  Mention,
  Bold,
  Italic,
  Link,
  Essential,
  DecisionBlock,
  ActionBlock,
  VigilanceBlock,
]

/** ProseMirror schema of the minutes. */
export const minutesSchema = getSchema(minutesExtensions)

/** Names of the nodes that are XML elements in the Yjs text. */
export const minutesNodeNames: ReadonlySet<string> = new Set(Object.keys(minutesSchema.nodes))

/** Names of the marks. */
export const minutesMarkNames: ReadonlySet<string> = new Set(Object.keys(minutesSchema.marks))

function dataAttribute(name: string) {
  return {
    default: null as string | null,
    parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
    renderHTML: (attributes: Record<string, unknown>) => {
      const value = attributes[camelCase(name)]
      return value === null || value === undefined ? {} : { [`data-${name}`]: String(value) }
    },
  }
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
