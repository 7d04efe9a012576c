import ts from 'typescript'
import type { Plugin } from 'vite'
import { NARROW_NBSP, NBSP } from '../server/vocabulary/french.ts'

/**
 * The interface is written with plain spaces, as one types them: the build gives it the unbreakable ones of French
 * typography, in the texts of `app/` and of the vocabulary that it shows.
 */
export function frenchSpaces(): Plugin {
  return {
    name: 'french-spaces',
    enforce: 'pre',
    transform(code, id) {
      const [file = ''] = id.split('?')
      if (!/\/(app|server\/vocabulary)\/.*\.tsx?$/.test(file) || file.includes('/node_modules/')) return null
      return { code: withFrenchSpaces(code, file), map: null }
    },
  }
}

/** Each space is replaced by one: nothing moves, so that maps of the source stay true. */
export function withFrenchSpaces(code: string, file: string): string {
  let written = code
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, false, kindOf(file))
  const visit = (node: ts.Node): void => {
    if (isText(node)) {
      // The space that begins a text of JSX belongs to it.
      const start = ts.isJsxText(node) ? node.pos : node.getStart(source)
      const end = node.getEnd()
      written = written.slice(0, start) + inText(code.slice(start, end)) + written.slice(end)
    }
    node.forEachChild(visit)
  }
  visit(source)
  return written
}

function kindOf(file: string): ts.ScriptKind {
  return file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
}

function isText(node: ts.Node): boolean {
  return (
    ts.isJsxText(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  )
}

const before = /(?<=^|[\p{L}\p{N}»)}…’])/u.source
const after = /(?=[\s"'`<.,)…]|$)/u.source
const narrow = new RegExp(`${before} (?=[;!?]${after})`, 'gu')
const wide = new RegExp(`${before} (?=[:%€]${after})`, 'gu')

/** Only between a word, a figure or an insertion, and a mark that ends something: a selector stays as it is. */
function inText(text: string): string {
  return text.replace(narrow, NARROW_NBSP).replace(wide, NBSP).replaceAll(' »', `${NBSP}»`).replaceAll('« ', `«${NBSP}`)
}
