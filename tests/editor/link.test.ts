import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { describe, expect, it } from 'vitest'
import { schemaWithViews } from '#app/editor/extensions/index.ts'
import { linked } from '#app/editor/extensions/link.ts'
import { doc, paragraph } from './text.ts'

const schema = getSchema(schemaWithViews())
const link = schema.marks.link as NonNullable<typeof schema.marks.link>

describe('an address that one types', () => {
  it.each([
    ['voir https://www.tarn.fr/aide ', 'https://www.tarn.fr/aide', 'https://www.tarn.fr/aide'],
    ['voir www.tarn.fr, ', 'www.tarn.fr', 'https://www.tarn.fr'],
    ['(écrire à contact@tarn.fr) ', 'contact@tarn.fr', 'mailto:contact@tarn.fr'],
  ])('is a link once a space ends it: %s', (typed, words, href) => {
    expect(linksAfter(typed)).toEqual([[words, href]])
  })

  it.each(['voir la suite ', 'https://www.tarn.fr', 'fin.Début ', 'javascript:alert(1) '])('is none: %s', typed => {
    expect(linksAfter(typed)).toEqual([])
  })

  it('is a link once a new paragraph ends it', () => {
    const content = schema.nodeFromJSON(doc(paragraph('https://www.tarn.fr'), { type: 'paragraph' }))
    expect(linksOf(content, content.content.size - 1)).toEqual([['https://www.tarn.fr', 'https://www.tarn.fr']])
  })
})

function linksAfter(typed: string) {
  const content = schema.nodeFromJSON(doc(paragraph(typed)))
  return linksOf(content, content.content.size - 1)
}

/** The links of the text once the caret has come to `at`: their words and their addresses. */
function linksOf(content: ReturnType<typeof schema.nodeFromJSON>, at: number) {
  const state = EditorState.create({ doc: content, selection: TextSelection.create(content, at) })
  const found: unknown[] = []
  linked(state, link)?.doc.descendants(node => {
    for (const mark of node.marks) found.push([node.text, mark.attrs.href])
  })
  return found
}
