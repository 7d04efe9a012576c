import { NodeView, type NodeViewRendererProps } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type BlockKind, blockAnchor, blockLooks } from '../reading/BlockFrame.tsx'
import type { EditorSurroundings, SurroundingsStore } from '../surroundings.ts'
import { element, icon, present, write } from './dom.ts'

/** What stands under the text of a block. */
export interface BlockFoot {
  /** Holds the controls; for who may write. */
  fields: HTMLElement
  /** What the controls say, in a line: to read, and on paper. */
  facts: () => string
  note?: HTMLElement
  /** Shows in the controls and the note what the node and the page around it say now. */
  refresh(): void
}

interface BlockDescription {
  kind: BlockKind
  /** « Supprimer la décision »; without it the block stays. */
  removeLabel?: string
  /** Instead of the usual word. */
  word?: (node: ProseMirrorNode, surroundings: EditorSurroundings) => string
  foot?: (block: BlockView) => BlockFoot
}

/**
 * A typed block while it is written: its label and removal, its text, its controls. Only the text is typed in. Made by
 * hand: as React components, those of a long text took most of the time that it took to open.
 */
export class BlockView extends NodeView<null> {
  private readonly store: SurroundingsStore
  private readonly description: BlockDescription
  private readonly section = element('section', { role: 'group' })
  private readonly head = element('div', { class: 'block-head', contenteditable: 'false' })
  private readonly word = document.createTextNode('')
  private readonly text = element('div', { class: 'block-text' })
  private readonly removal: Element | null
  private readonly foot: BlockFoot | null
  private readonly facts = element('p', { class: 'block-facts' })
  readonly destroy: () => void

  constructor(props: NodeViewRendererProps, store: SurroundingsStore, description: BlockDescription) {
    super(null, props)
    const { kind, removeLabel, foot } = description
    this.store = store
    this.description = description
    this.section.className = `block-${kind}`
    this.head.append(element('span', { class: 'block-label' }, icon(blockLooks[kind].icon), this.word))
    this.section.append(this.head, this.text)
    this.removal = removeLabel ? this.removeButton(removeLabel) : null
    this.foot = foot?.(this) ?? null
    if (this.foot) this.section.append(this.below(this.foot))
    this.destroy = store.subscribe(() => this.refresh())
    this.refresh()
  }

  override get dom(): HTMLElement {
    return this.section
  }

  override get contentDOM(): HTMLElement {
    return this.text
  }

  get surroundings(): EditorSurroundings {
    return this.store.current
  }

  update(node: ProseMirrorNode): boolean {
    if (node.type !== this.node.type) return false
    this.node = node
    this.refresh()
    return true
  }

  private refresh(): void {
    const { kind, word = () => blockLooks[kind].word } = this.description
    const words = word(this.node, this.surroundings)
    write(this.word, words)
    this.section.setAttribute('aria-label', words)
    const id: unknown = this.node.attrs.id
    if (typeof id === 'string') this.section.id = blockAnchor(id)
    if (this.removal) present(this.removal, this.surroundings.mayWrite, this.head)
    if (this.foot) this.refreshFoot(this.foot)
  }

  private refreshFoot({ fields, facts, refresh }: BlockFoot): void {
    const { mayWrite } = this.surroundings
    if (!mayWrite) fields.remove()
    else if (!fields.parentNode) this.facts.before(fields)
    this.facts.classList.toggle('only-print', mayWrite)
    write(this.facts, facts())
    refresh()
  }

  /** Escape, from any of the controls, goes back to the text. */
  private below({ note }: BlockFoot): HTMLElement {
    const place = element('div', { contenteditable: 'false' }, this.facts, ...(note ? [note] : []))
    place.addEventListener('keydown', event => {
      if (event.key === 'Escape') this.editor.commands.focus()
    })
    return place
  }

  private removeButton(label: string): HTMLButtonElement {
    const attributes = { type: 'button', class: 'block-remove', 'aria-label': label, title: label }
    const button = element('button', attributes, icon('trash'))
    button.addEventListener('click', () => {
      this.deleteNode()
      this.editor.commands.focus()
      this.surroundings.announce('Supprimé. Pour annuler : Contrôle Z.')
    })
    return button
  }
}
