import { commonRuns } from './lcs.ts'
import { lineText, type TextLine, textLines, type Word } from './text-lines.ts'
import type { TextNode } from './text-node.ts'

/** A piece of a line: in both texts, or only in the one before, or only in the one after. */
export interface DifferencePiece {
  change: 'same' | 'added' | 'removed'
  words: Word[]
}

/** A line that is not the same in both texts. */
export interface Difference {
  change: 'added' | 'removed' | 'modified'
  kind: TextLine['kind']
  label: string | null
  /** Title of the section it stands in; null before the first. */
  section: string | null
  pieces: DifferencePiece[]
}

/**
 * What changed between two texts, line by line in reading order, and word by word inside a line that was rewritten.
 * What only moved is removed at one place and added at the other. Formatting, addresses of links, natures, owners and
 * dates count as words.
 *
 * @throws UnknownTextNodeError when a text holds a node that is not of the editor's schema.
 */
export function differencesBetween(before: TextNode, after: TextNode): Difference[] {
  const found: Difference[] = []
  let section: string | null = null
  for (const run of commonRuns(textLines(before), textLines(after), lineKey)) {
    if (run.kind === 'same') {
      section = lastHeading(run.after) ?? section
      continue
    }
    for (const [removed, added] of pairedLines(run.removed, run.added)) {
      found.push(difference(removed, added, section))
      if (added?.kind === 'heading') section = lineText(added)
    }
  }
  return found
}

/** Lines that rewrite one another, side by side; alone, those that were only removed or only added. */
function pairedLines(removed: TextLine[], added: TextLine[]): [TextLine | null, TextLine | null][] {
  const pairs: [TextLine | null, TextLine | null][] = []
  let next = 0
  for (const line of added) {
    const match = removed.findIndex((candidate, index) => index >= next && rewrites(candidate, line))
    if (match < 0) {
      pairs.push([null, line])
      continue
    }
    pairs.push(...removed.slice(next, match).map(left => [left, null] as [TextLine, null]))
    pairs.push([removed[match] ?? null, line])
    next = match + 1
  }
  pairs.push(...removed.slice(next).map(left => [left, null] as [TextLine, null]))
  return pairs
}

/** Whether a line is a new wording of another: the same block's, or with about half of its words. */
function rewrites(before: TextLine, after: TextLine): boolean {
  if (before.kind !== after.kind) return false
  if (before.blockId !== null && before.blockId === after.blockId && before.kind !== 'reasons') return true
  const [a, b] = [meaningful(before), meaningful(after)]
  const shared = [...a].filter(word => b.has(word)).length
  return shared * 2 >= 0.45 * (a.size + b.size) && shared > 0
}

function meaningful(line: TextLine): Set<string> {
  return new Set(line.words.map(word => word.text.toLocaleLowerCase('fr')).filter(text => /[\p{L}\p{N}]/u.test(text)))
}

function difference(removed: TextLine | null, added: TextLine | null, section: string | null): Difference {
  const line = added ?? removed
  if (!line) throw new Error('a difference has at least one side')
  const about = { kind: line.kind, label: line.label, section }
  if (!removed) return { ...about, change: 'added', pieces: [{ change: 'added', words: line.words }] }
  if (!added) return { ...about, change: 'removed', pieces: [{ change: 'removed', words: line.words }] }
  return { ...about, change: 'modified', pieces: wordPieces(removed.words, added.words) }
}

function wordPieces(before: Word[], after: Word[]): DifferencePiece[] {
  const pieces = commonRuns(before, after, wordKey).flatMap<DifferencePiece>(run =>
    run.kind === 'same'
      ? [{ change: 'same', words: run.after }]
      : [
          { change: 'removed', words: run.removed },
          { change: 'added', words: run.added },
        ],
  )
  return withoutCrumbs(pieces.filter(piece => piece.words.length > 0))
}

/** A lone space kept between two changed words makes crumbs of a rewritten sentence: it joins them. */
function withoutCrumbs(pieces: DifferencePiece[]): DifferencePiece[] {
  const joined: DifferencePiece[] = []
  let open: { removed: Word[]; added: Word[] } | null = null
  const close = () => {
    if (open?.removed.length) joined.push({ change: 'removed', words: open.removed })
    if (open?.added.length) joined.push({ change: 'added', words: open.added })
    open = null
  }
  pieces.forEach((piece, index) => {
    const between = piece.change === 'same' && piece.words.every(word => /^\s+$/.test(word.text))
    if (piece.change === 'same' && !(between && open && index < pieces.length - 1)) {
      close()
      joined.push(piece)
      return
    }
    open ??= { removed: [], added: [] }
    if (piece.change !== 'added') open.removed.push(...piece.words)
    if (piece.change !== 'removed') open.added.push(...piece.words)
  })
  close()
  return joined
}

function lastHeading(lines: readonly TextLine[]): string | null {
  const heading = lines.findLast(line => line.kind === 'heading')
  return heading ? lineText(heading) : null
}

function lineKey(line: TextLine): string {
  return `${line.kind}|${line.words.map(wordKey).join('')}`
}

function wordKey(word: Word): string {
  const marks = word.marks.map(mark => (mark.type === 'link' ? `link ${mark.attrs?.href}` : mark.type)).sort()
  return `${word.text}\u0000${marks.join()}\u0000`
}
