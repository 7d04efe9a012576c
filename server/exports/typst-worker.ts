import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler, type NodeError, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { TypstJob, TypstReply } from './typst.ts'

/**
 * The thread that lays PDFs out: 40 pages take Typst some 150 ms, during which the main thread goes on serving the
 * people who are typing. One compiler for the life of the thread; one job at a time.
 */
const folder = fileURLToPath(new URL('.', import.meta.url))
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: fonts() }] })

parentPort?.on('message', (job: TypstJob) => {
  let reply: TypstReply
  try {
    reply = layOut(job)
  } catch (error) {
    reply = { failure: withoutContent(error) }
  }
  parentPort?.postMessage(reply, 'pdf' in reply ? [reply.pdf.buffer as ArrayBuffer] : [])
})

function layOut({ template, data }: TypstJob): TypstReply {
  const started = performance.now()
  const compiled = compiler.compile({ mainFilePath: `${folder}${template}`, inputs: { document: data } })
  const document = compiled.result
  if (!document) return { failure: diagnosis(compiled.takeError()) }
  const { buffer, problem } = write(document)
  // Results not used by the last few documents leave Typst's cache: memory stays bounded.
  compiler.evictCache(0)
  const milliseconds = Math.round(performance.now() - started)
  return { pdf: new Uint8Array(buffer), pages: document.numOfPages, problem, milliseconds }
}

/** PDF/UA-1; when a character has no glyph in any font the standard refuses, and a tagged PDF without it is made. */
function write(document: NodeTypstDocument): { buffer: Buffer; problem: string | null } {
  try {
    return { buffer: compiler.pdf(document, { pdfStandard: 'ua-1' }), problem: null }
  } catch (error) {
    return { buffer: compiler.pdf(document, {}), problem: withoutContent(error) }
  }
}

/** Why a document could not be laid out, with the place in our template. */
function diagnosis(error: NodeError | null): string {
  const diagnostics: { message: string; range?: object }[] = error ? compiler.fetchDiagnostics(error) : []
  const reasons = diagnostics.map(({ message, range }) => `${unquoted(message)} ${JSON.stringify(range ?? null)}`)
  return reasons.slice(0, 3).join(' | ') || 'Typst failed'
}

/** What went wrong, without the words of the document that Typst quotes in its messages. */
function withoutContent(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const sentences = [...message.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, sentence = '']) =>
    unquoted(sentence),
  )
  return sentences.length === 0 ? 'Typst failed' : [...new Set(sentences)].slice(0, 3).join(' | ')
}

function unquoted(message: string): string {
  return message.replace(/`.*?`/gs, '…').replace(/".*?"/gs, '…')
}

/** Typst reads TTF only. After our own letters: Greek, Cyrillic, Arabic, Hebrew and symbols, then emoji. */
function fonts(): Buffer[] {
  const require = createRequire(import.meta.url)
  const own = ['400Regular', '400Regular_Italic', '600SemiBold', '600SemiBold_Italic', '700Bold', '700Bold_Italic']
  const files = [
    ...own.map(
      weight => `@expo-google-fonts/atkinson-hyperlegible-next/${weight}/AtkinsonHyperlegibleNext_${weight}.ttf`,
    ),
    'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
    'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
    'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf',
    '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
  ]
  return files.map(file => readFileSync(require.resolve(file)))
}
