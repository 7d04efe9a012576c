/**
 * The few marks of a legal page that an administrateur writes: `# Titre`, `## Sous-titre`, `- élément`, paragraphs apart by
 * an empty line, `[texte](adresse)`, `[à compléter : …]`. Whatever else is written is text, and never HTML.
 */
export type MarkupBlock =
  | { kind: 'heading'; level: 2 | 3; content: MarkupPiece[] }
  | { kind: 'paragraph'; content: MarkupPiece[] }
  | { kind: 'list'; items: MarkupPiece[][] }

export type MarkupPiece =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  /** Something that the deployment has not written yet. */
  | { kind: 'missing'; text: string }

/** The blocks of a text. */
export function readMarkup(source: string): MarkupBlock[] {
  const blocks: MarkupBlock[] = []
  let lines: string[] = []
  const endParagraph = () => {
    if (lines.length > 0) blocks.push({ kind: 'paragraph', content: pieces(lines.join(' ')) })
    lines = []
  }
  for (const line of source.replaceAll(/\r\n?/g, '\n').split('\n')) {
    const heading = /^(#{1,2})\s+(.*\S)\s*$/.exec(line)
    const item = /^[-*]\s+(.*\S)\s*$/.exec(line)
    if (heading || item || line.trim() === '') endParagraph()
    if (heading) blocks.push({ kind: 'heading', level: heading[1] === '#' ? 2 : 3, content: pieces(heading[2] ?? '') })
    else if (item) addItem(blocks, pieces(item[1] ?? ''))
    else if (line.trim() !== '') lines.push(line.trim())
  }
  endParagraph()
  return blocks
}

/** True when the text says that something is still to be completed. */
export function isIncomplete(source: string): boolean {
  return readMarkup(source).some(block => piecesOf(block).some(({ kind }) => kind === 'missing'))
}

function piecesOf(block: MarkupBlock): MarkupPiece[] {
  return block.kind === 'list' ? block.items.flat() : block.content
}

function addItem(blocks: MarkupBlock[], item: MarkupPiece[]): void {
  const last = blocks.at(-1)
  if (last?.kind === 'list') last.items.push(item)
  else blocks.push({ kind: 'list', items: [item] })
}

const marks = /\[(à compléter[^\]\n]*)\]|\[([^\]\n]+)\]\(([^()\s]+)\)/g

function pieces(text: string): MarkupPiece[] {
  const found: MarkupPiece[] = []
  let from = 0
  for (const match of text.matchAll(marks)) {
    const [whole, missing, label = '', href = ''] = match
    if (missing === undefined && !isSafe(href)) continue
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) })
    found.push(missing === undefined ? { kind: 'link', text: label, href } : { kind: 'missing', text: missing })
    from = match.index + whole.length
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) })
  return found
}

/** A page of the web or of this site, an address of mail or a telephone number. */
function isSafe(href: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)\S+$/i.test(href) || /^\/(?![/\\])/.test(href)
}
