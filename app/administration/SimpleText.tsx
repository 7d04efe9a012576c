import { Link } from '@remix-run/react'
import { Fragment, type ReactNode } from 'react'
import { Heading } from '#app/components/Section.tsx'
import { unbreakableSpaces } from '#app/formats.ts'
import { type MarkupBlock, type MarkupPiece, readMarkup } from '#server/vocabulary/simple-markup.ts'

/** A text written with the few marks of `simple-markup.ts`. */
export function SimpleText({ source }: { source: string }) {
  return <div className="stack">{keyed(readMarkup(source), block => blockOf(block))}</div>
}

function blockOf(block: MarkupBlock): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <Heading level={block.level}>{inline(block.content)}</Heading>
    case 'paragraph':
      return <p>{inline(block.content)}</p>
    case 'list':
      return (
        <ul>
          {keyed(block.items, item => (
            <li>{inline(item)}</li>
          ))}
        </ul>
      )
  }
}

function inline(content: readonly MarkupPiece[]): ReactNode {
  return keyed(content, piece => {
    const text = unbreakableSpaces(piece.text)
    if (piece.kind === 'missing') return <mark>[{text}]</mark>
    if (piece.kind === 'text') return text
    return piece.href.startsWith('/') ? <Link to={piece.href}>{text}</Link> : <a href={piece.href}>{text}</a>
  })
}

/** Pieces of a text never move: their rank is their key. */
function keyed<Piece>(pieces: readonly Piece[], render: (piece: Piece) => ReactNode): ReactNode[] {
  return pieces.map((piece, rank) => {
    const key = `${rank}`
    return <Fragment key={key}>{render(piece)}</Fragment>
  })
}
