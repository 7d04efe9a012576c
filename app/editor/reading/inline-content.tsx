import { Fragment, type ReactNode } from 'react'
import { isSafeHref } from '#server/vocabulary/safe-href.ts'
import { childrenOf, mentioned, type TextNode, UnknownTextNodeError } from './text-node.ts'

/** What is written in a paragraph, a heading, an action: text with its marks, and line breaks. */
export function inlineContent(node: TextNode): ReactNode[] {
  // The text does not move under the reader: the rank of a piece is its key.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above.
  return childrenOf(node).map((child, index) => <Fragment key={index}>{inline(child)}</Fragment>)
}

/** The marks of a piece of text, around what is shown of it. @throws UnknownTextNodeError on an unknown mark. */
export function marked(shown: ReactNode, marks: readonly Mark[] = []): ReactNode {
  let around = shown
  // The first mark is the outermost, as in the editor.
  for (const mark of marks.toReversed()) around = <Marked mark={mark}>{around}</Marked>
  return around
}

type Mark = NonNullable<TextNode['marks']>[number]

function Marked({ mark, children }: { mark: Mark; children: ReactNode }) {
  const href = mark.attrs?.href
  switch (mark.type) {
    case 'bold':
      return <strong>{children}</strong>
    case 'italic':
      return <em>{children}</em>
    case 'link':
      if (!isSafeHref(href)) return children
      return (
        <a href={href} rel="noopener noreferrer nofollow">
          {children}
        </a>
      )
    default:
      throw new UnknownTextNodeError(`unknown mark: ${mark.type}`)
  }
}

function inline(node: TextNode): ReactNode {
  if (node.type === 'hardBreak') return <br />
  if (node.type === 'mention') return marked(<span className="mention">{mentioned(node)}</span>, node.marks)
  if (node.type !== 'text') throw new UnknownTextNodeError(`not inline: ${node.type}`)
  return marked(node.text, node.marks)
}
