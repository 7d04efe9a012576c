import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a reader (a person, a screen reader) finds in a PDF. */
export interface ReadPdf {
  /** Text of each page, headers and footers included, spaces of any kind written as one plain space. */
  pages: string[]
  text: string
  title: string | null
  language: string | null
  tagged: boolean
  conformsToPdfUa: boolean
  /** Roles of the structure tree in reading order, with the text they hold. */
  structure: { role: string; text: string }[]
  links: string[]
}

/** Reads a PDF with pdf.js. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS }).promise
  const read: ReadPdf = {
    pages: [],
    text: '',
    title: null,
    language: null,
    // pdf.js 6 answers with a Map, whatever its types say.
    tagged: ((await pdf.getMarkInfo()) as unknown as Map<string, boolean> | null)?.get('Marked') === true,
    conformsToPdfUa: Buffer.from(bytes).toString('latin1').includes('<pdfuaid:part>1</pdfuaid:part>'),
    structure: [],
    links: [],
  }
  const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string } }
  read.title = info.Title ?? null
  read.language = info.Language ?? null
  for (let number = 1; number <= pdf.numPages; number += 1) await readPage(pdf, number, read)
  read.text = read.pages.join('\n')
  await pdf.loadingTask.destroy()
  return read
}

async function readPage(pdf: PDFDocumentProxy, number: number, read: ReadPdf): Promise<void> {
  const page = await pdf.getPage(number)
  const { items } = await page.getTextContent({ includeMarkedContent: true })
  const textOf = new Map<string, string>()
  const open: (string | null)[] = []
  let text = ''
  for (const item of items) {
    if ('str' in item) {
      const piece = item.str + (item.hasEOL ? ' ' : '')
      text += piece
      const id = open.findLast(id => id !== null)
      if (id) textOf.set(id, (textOf.get(id) ?? '') + piece)
    } else if (item.type === 'endMarkedContent') open.pop()
    else open.push(item.id ?? null)
  }
  read.pages.push(plain(text))
  collect(await page.getStructTree(), textOf, read.structure)
  for (const annotation of await page.getAnnotations()) if (annotation.url) read.links.push(annotation.url)
}

interface StructNode {
  role?: string
  children?: StructNode[]
  type?: string
  id?: string
}

function collect(node: StructNode | null, textOf: Map<string, string>, structure: ReadPdf['structure']): string {
  if (!node) return ''
  if (node.type === 'content') return textOf.get(node.id ?? '') ?? ''
  const entry = { role: node.role ?? '', text: '' }
  structure.push(entry)
  entry.text = plain((node.children ?? []).map(child => collect(child, textOf, structure)).join(''))
  return entry.text
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
