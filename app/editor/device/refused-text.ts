import type { Difference } from '../reading/differences.ts'

/**
 * What an author had written, as plain text to paste elsewhere: each line they added or rewrote, as it would have been.
 * What they only deleted is said in a line of its own.
 */
export function refusedText(differences: readonly Difference[]): string {
  const lines: string[] = []
  let section: string | null = null
  for (const difference of differences) {
    if (difference.section !== section) {
      section = difference.section
      if (section) lines.push(...(lines.length > 0 ? [''] : []), `${section} :`)
    }
    lines.push(lineOf(difference))
  }
  return lines.join('\n')
}

function lineOf({ change, label, pieces }: Difference): string {
  const kept = pieces.filter(piece => (change === 'removed' ? piece.change === 'removed' : piece.change !== 'removed'))
  const text = kept.flatMap(piece => piece.words.map(word => word.text)).join('')
  const written = label ? `${label} : ${text}` : text
  return change === 'removed' ? `[Supprimé : ${written}]` : written
}
