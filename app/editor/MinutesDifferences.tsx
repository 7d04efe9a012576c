import { Fragment, type ReactNode } from 'react'
import { counted } from '#app/formats.ts'
import { type Difference, type DifferencePiece, differencesBetween } from './reading/differences.ts'
import { marked } from './reading/inline-content.tsx'
import type { TextNode } from './reading/text-node.ts'

export interface MinutesDifferencesProps {
  /** The text as it was (as it was approved, as it was stored). */
  before: TextNode
  /** The text as it is. */
  after: TextNode
}

/**
 * What changed between two texts of minutes: only the lines that differ, under the title of their section. Readable
 * without JavaScript, without colours (underlined, struck through) and by a screen reader (« supprimé », « ajouté »).
 */
export function MinutesDifferences({ before, after }: MinutesDifferencesProps) {
  const differences = differencesBetween(before, after)
  if (differences.length === 0) return <p>Le texte est le même.</p>
  return (
    <div className="differences">
      <p className="differences-count">{counted(differences.length, 'passage modifié', 'passages modifiés')}</p>
      {bySection(differences).map(([section, lines], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sections may have the same title, and nothing moves.
        <section key={index} className="differences-section">
          <p className="differences-title">{section ?? 'Début du texte'}</p>
          {lines.map((line, rank) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves.
            <DifferenceLine key={rank} difference={line} />
          ))}
        </section>
      ))}
    </div>
  )
}

function DifferenceLine({ difference }: { difference: Difference }) {
  return (
    <div className="difference" data-change={difference.change} data-kind={difference.kind}>
      <p className="difference-label">
        {changeWords[difference.change]}
        {difference.label && ` – ${difference.label}`}
      </p>
      <p className="difference-text">
        {difference.pieces.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves.
          <Piece key={index} piece={piece} />
        ))}
      </p>
    </div>
  )
}

const changeWords: Record<Difference['change'], string> = {
  added: 'Ajouté',
  removed: 'Supprimé',
  modified: 'Modifié',
}

/** The words « supprimé », « ajouté » are read, not seen: most screen readers say nothing of `ins` and `del`. */
function Piece({ piece }: { piece: DifferencePiece }) {
  const shown = wordsShown(piece)
  switch (piece.change) {
    case 'same':
      return <>{shown}</>
    case 'added':
      return (
        <ins>
          <span className="visually-hidden"> [ajouté : </span>
          {shown}
          <span className="visually-hidden">] </span>
        </ins>
      )
    case 'removed':
      return (
        <del>
          <span className="visually-hidden"> [supprimé : </span>
          {shown}
          <span className="visually-hidden">] </span>
        </del>
      )
  }
}

/** Neighbouring words of the same marks are shown as one piece. Links are not: the address stands in the words. */
function wordsShown(piece: DifferencePiece): ReactNode[] {
  const groups: { text: string; marks: DifferencePiece['words'][number]['marks'] }[] = []
  for (const word of piece.words) {
    const marks = word.marks.filter(mark => mark.type !== 'link')
    const last = groups.at(-1)
    if (last && sameMarks(last.marks, marks)) last.text += word.text
    else groups.push({ text: word.text, marks })
  }
  // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves.
  return groups.map((group, index) => <Fragment key={index}>{marked(group.text, group.marks)}</Fragment>)
}

function sameMarks(a: readonly { type: string }[], b: readonly { type: string }[]): boolean {
  return a.length === b.length && a.every((mark, index) => mark.type === b[index]?.type)
}

function bySection(differences: Difference[]): [string | null, Difference[]][] {
  const sections: [string | null, Difference[]][] = []
  for (const difference of differences) {
    const last = sections.at(-1)
    if (last && last[0] === difference.section) last[1].push(difference)
    else sections.push([difference.section, [difference]])
  }
  return sections
}
