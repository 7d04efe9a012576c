import type { ReactNode } from 'react'
import { Icon, type LineIconName } from '#app/components/Icon.tsx'

export type BlockKind = 'essential' | 'decision' | 'action' | 'vigilance'

/** The word and the icon of each typed block: in the text, in the toolbar, in the `/` menu. */
export const blockLooks: Readonly<Record<BlockKind, { word: string; icon: LineIconName }>> = {
  essential: { word: 'L’essentiel en trois lignes', icon: 'essential' },
  decision: { word: 'Décision', icon: 'decision' },
  action: { word: 'Action', icon: 'action' },
  vigilance: { word: 'Point de vigilance', icon: 'vigilance' },
}

interface BlockFrameProps {
  kind: BlockKind
  /** Instead of the usual word, « Proposition à : … ». */
  word?: string
  id?: string | null
  /** Nature; who and by when. */
  facts?: string
  note?: ReactNode
  children: ReactNode
}

/** A typed block to read: its label with icon and word, its text, its facts, what is said at its foot. */
export function BlockFrame({ kind, word = blockLooks[kind].word, id, facts, note, children }: BlockFrameProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of text; a fieldset is for controls.
    <section className={`block-${kind}`} id={id ? blockAnchor(id) : undefined} role="group" aria-label={word}>
      <div className="block-head">
        <BlockLabel kind={kind} word={word} />
      </div>
      <div className="block-text">{children}</div>
      {facts && <p className="block-facts">{facts}</p>}
      {note && <div className="block-note">{note}</div>}
    </section>
  )
}

/** « Décision », with its icon. */
export function BlockLabel({ kind, word = blockLooks[kind].word }: { kind: BlockKind; word?: string }) {
  return (
    <span className="block-label">
      <Icon name={blockLooks[kind].icon} />
      {word}
    </span>
  )
}

/** Anchor of a block in the page: a decision or an action links to the place where it was written. */
export function blockAnchor(id: string): string {
  return `bloc-${id}`
}
