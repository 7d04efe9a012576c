import { describe, expect, it } from 'vitest'
import {
  addAgendaItem,
  addReasons,
  continueAtEnd,
  crossBlockEdge,
  enterInBlock,
  insertBlock,
  leaveBlock,
  removeEmptyBlock,
} from '#app/editor/extensions/block-commands.ts'
import type { TextNode } from '#app/editor/reading/text-node.ts'
import { action, bullets, decision, doc, heading, paragraph, vigilance } from './text.ts'
import { textAfter, withoutNulls, written } from './written-state.ts'

const insert = (kind: 'decision' | 'action' | 'vigilance') => insertBlock(kind, () => 'nouveau')
const essential = (...lines: string[]): TextNode => ({ type: 'essential', content: lines.map(line => paragraph(line)) })
const text = (...content: TextNode[]) => withoutNulls(doc(...content))

describe('inserting a block', () => {
  it('takes the place of the empty paragraph, with the caret in it and an id', () => {
    expect(textAfter(written(doc(heading('Un'), paragraph('|'))), insert('decision'))).toEqual(
      text(heading('Un'), decision({ id: 'nouveau' }, '|')),
    )
    expect(textAfter(written(doc(paragraph('|'))), insert('action'))).toEqual(text(action({ id: 'nouveau' }, '|')))
    expect(textAfter(written(doc(paragraph('|'))), insert('vigilance'))).toEqual(text(vigilance('nouveau', '|')))
  })

  it('comes after a paragraph, a list or another block, never inside', () => {
    expect(textAfter(written(doc(paragraph('dit|'))), insert('action'))).toEqual(
      text(paragraph('dit'), action({ id: 'nouveau' }, '|')),
    )
    expect(textAfter(written(doc(bullets('a|', 'b'))), insert('decision'))).toEqual(
      text(bullets('a', 'b'), decision({ id: 'nouveau' }, '|')),
    )
    expect(textAfter(written(doc(vigilance('v', 'x|'), paragraph('y'))), insert('vigilance'))).toEqual(
      text(vigilance('v', 'x'), vigilance('nouveau', '|'), paragraph('y')),
    )
    expect(textAfter(written(doc(essential('|'))), insert('action'))).toEqual(
      text(essential(''), action({ id: 'nouveau' }, '|')),
    )
  })

  it('makes a block of the paragraph in which something is selected', () => {
    expect(textAfter(written(doc(paragraph('Publier |le guide|'))), insert('decision'))).toEqual(
      text(decision({ id: 'nouveau' }, 'Publier le guide|')),
    )
    expect(textAfter(written(doc(paragraph('|Écrire|'))), insert('action'))).toEqual(
      text(action({ id: 'nouveau' }, 'Écrire|')),
    )
  })
})

describe('Enter in a block', () => {
  it('leaves an action and a point of attention, taking along what follows the caret', () => {
    expect(textAfter(written(doc(action({ id: 'a' }, 'Écrire|'), paragraph('suite'))), enterInBlock)).toEqual(
      text(action({ id: 'a' }, 'Écrire'), paragraph('|'), paragraph('suite')),
    )
    expect(textAfter(written(doc(vigilance('v', 'Délai| court'))), enterInBlock)).toEqual(
      text(vigilance('v', 'Délai'), paragraph('| court')),
    )
  })

  it('goes from the wording of a decision to its reasons, then leaves on an empty line', () => {
    expect(textAfter(written(doc(decision({ id: 'd' }, 'Texte|', ''))), enterInBlock)).toEqual(
      text(decision({ id: 'd' }, 'Texte', '|')),
    )
    // Without reasons yet, the usual Enter makes their line.
    expect(textAfter(written(doc(decision({ id: 'd' }, 'Texte|'))), enterInBlock)).toBeNull()
    expect(textAfter(written(doc(decision({ id: 'd' }, 'Texte', 'Motif', '|'))), enterInBlock)).toEqual(
      text(decision({ id: 'd' }, 'Texte', 'Motif'), paragraph('|')),
    )
    expect(textAfter(written(doc(decision({ id: 'd' }, 'Texte', '|'))), enterInBlock)).toEqual(
      text(decision({ id: 'd' }, 'Texte'), paragraph('|')),
    )
  })

  it('leaves « l’essentiel » on an empty line, and is the usual Enter elsewhere', () => {
    expect(textAfter(written(doc(essential('un', '|'), paragraph('x'))), enterInBlock)).toEqual(
      text(essential('un'), paragraph('|'), paragraph('x')),
    )
    expect(textAfter(written(doc(essential('un|'))), enterInBlock)).toBeNull()
    expect(textAfter(written(doc(paragraph('un|'))), enterInBlock)).toBeNull()
  })

  it('with Ctrl leaves any block from where it is', () => {
    expect(textAfter(written(doc(decision({ id: 'd' }, 'Tex|te', 'Motif'))), leaveBlock)).toEqual(
      text(decision({ id: 'd' }, 'Texte', 'Motif'), paragraph('|')),
    )
    expect(textAfter(written(doc(paragraph('un|'))), leaveBlock)).toBeNull()
  })
})

describe('Backspace and the arrows around a block', () => {
  it('removes a block nothing is written in, and only that one', () => {
    expect(textAfter(written(doc(paragraph('x'), action({ id: 'a' }, '|'))), removeEmptyBlock)).toEqual(
      text(paragraph('x'), paragraph('|')),
    )
    expect(textAfter(written(doc(decision({ id: 'd' }, '|', ''))), removeEmptyBlock)).toEqual(text(paragraph('|')))
    expect(textAfter(written(doc(decision({ id: 'd' }, '|', 'motif'))), removeEmptyBlock)).toBeNull()
    expect(textAfter(written(doc(essential('|'))), removeEmptyBlock)).toBeNull()
  })

  it('goes with an arrow from block to block, past their controls', () => {
    const content = doc(paragraph('x|'), action({ id: 'a' }, 'y'), vigilance('v', 'z'))
    const down = crossBlockEdge('down', () => true)
    const state = written(content)
    expect(textAfter(state, down)).toEqual(text(paragraph('x'), action({ id: 'a' }, '|y'), vigilance('v', 'z')))
    expect(textAfter(written(doc(action({ id: 'a' }, 'y|'), vigilance('v', 'z'))), down)).toEqual(
      text(action({ id: 'a' }, 'y'), vigilance('v', '|z')),
    )
    expect(
      textAfter(
        written(doc(action({ id: 'a' }, 'y'), vigilance('v', '|z'))),
        crossBlockEdge('up', () => true),
      ),
    ).toEqual(text(action({ id: 'a' }, 'y|'), vigilance('v', 'z')))
    // On another line of its paragraph, between paragraphs, inside a block: the browser does it.
    expect(
      textAfter(
        state,
        crossBlockEdge('down', () => false),
      ),
    ).toBeNull()
    expect(textAfter(written(doc(paragraph('x|'), paragraph('y'))), down)).toBeNull()
    expect(textAfter(written(doc(decision({ id: 'd' }, 'x|', 'y'))), down)).toBeNull()
  })

  it('makes room before a block that begins the text and after one that ends it', () => {
    expect(
      textAfter(
        written(doc(action({ id: 'a' }, 'x|'))),
        crossBlockEdge('down', () => true),
      ),
    ).toEqual(text(action({ id: 'a' }, 'x'), paragraph('|')))
    expect(
      textAfter(
        written(doc(action({ id: 'a' }, '|x'))),
        crossBlockEdge('up', () => true),
      ),
    ).toEqual(text(paragraph('|'), action({ id: 'a' }, 'x')))
    // « L’essentiel » heads the text, and stays there.
    expect(
      textAfter(
        written(doc(essential('|x'))),
        crossBlockEdge('up', () => true),
      ),
    ).toBeNull()
    expect(
      textAfter(
        written(doc(paragraph('x|'))),
        crossBlockEdge('down', () => true),
      ),
    ).toBeNull()
  })

  it('goes on at the end of the text, in the empty paragraph that is there or in a new one', () => {
    expect(textAfter(written(doc(decision({ id: 'd' }, 'x|'))), continueAtEnd)).toEqual(
      text(decision({ id: 'd' }, 'x'), paragraph('|')),
    )
    expect(textAfter(written(doc(paragraph('|x'), paragraph())), continueAtEnd)).toEqual(
      text(paragraph('x'), paragraph('|')),
    )
  })

  it('adds the line of the reasons once', () => {
    expect(textAfter(written(doc(decision({ id: 'd' }, 'Texte|'))), addReasons(0))).toEqual(
      text(decision({ id: 'd' }, 'Texte', '|')),
    )
    expect(textAfter(written(doc(decision({ id: 'd' }, 'Texte|', 'Motif'))), addReasons(0))).toEqual(
      text(decision({ id: 'd' }, 'Texte', 'Motif|')),
    )
    expect(textAfter(written(doc(paragraph('|'))), addReasons(0))).toBeNull()
  })
})

describe('a point of the agenda that is not in the text', () => {
  const agenda = [
    { id: 'a', title: 'Un' },
    { id: 'b', title: 'Deux' },
    { id: 'c', title: 'Trois' },
  ]
  const item = (id: string, title: string) => heading(title, { agendaItemId: id })

  it('comes before those that follow it in the agenda, else at the end', () => {
    const content = written(doc(item('a', 'Un'), paragraph('x'), item('c', 'Trois'), paragraph('|')))
    expect(textAfter(content, addAgendaItem({ id: 'b', title: 'Deux' }, agenda))).toEqual(
      text(item('a', 'Un'), paragraph('x'), item('b', 'Deux'), paragraph('|'), item('c', 'Trois'), paragraph()),
    )
    expect(
      textAfter(written(doc(item('a', 'Un'), paragraph('|'))), addAgendaItem({ id: 'c', title: 'Trois' }, agenda)),
    ).toEqual(text(item('a', 'Un'), paragraph(), item('c', 'Trois'), paragraph('|')))
  })
})
