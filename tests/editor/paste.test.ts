// @vitest-environment happy-dom

import { getSchema } from '@tiptap/core'
import { Fragment, DOMParser as ProseMirrorParser, Slice } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import { describe, expect, it } from 'vitest'
import { mended } from '#app/editor/extensions/block-ids.ts'
import { schemaWithViews } from '#app/editor/extensions/index.ts'
import { plainHtml } from '#app/editor/extensions/pasted-html.ts'
import { freshSlice, LARGEST_PASTE, type PasteContext, pasteRefusal } from '#app/editor/extensions/pasted-slice.ts'
import type { TextNode } from '#app/editor/reading/text-node.ts'
import { minutesSchema } from '#server/vocabulary/editor-schema.ts'
import { action, bullets, decision, doc, heading, paragraph, text, vigilance } from './text.ts'
import { withoutNulls } from './written-state.ts'

describe('the editor’s schema', () => {
  it('is the one of the server: same nodes, marks, contents and attributes', () => {
    const editor = getSchema(schemaWithViews())
    const outline = (schema: typeof minutesSchema) => ({
      nodes: Object.fromEntries(
        Object.entries(schema.nodes).map(([name, { spec }]) => [
          name,
          [spec.content, spec.group, spec.marks, Object.keys(spec.attrs ?? {})],
        ]),
      ),
      marks: Object.fromEntries(
        Object.entries(schema.marks).map(([name, { spec }]) => [name, Object.keys(spec.attrs ?? {})]),
      ),
    })
    expect(outline(editor)).toEqual(outline(minutesSchema))
  })
})

describe('pasting from a word processor', () => {
  const pasted = (html: string): TextNode => {
    const body = new DOMParser().parseFromString(plainHtml(html), 'text/html').body
    return withoutNulls(ProseMirrorParser.fromSchema(getSchema(schemaWithViews())).parse(body).toJSON())
  }

  it('keeps titles (the first level under the page’s), bold, italic; drops fonts', () => {
    expect(
      pasted(
        '<p class=MsoTitle>Compte rendu</p><h1>Un</h1><h3>Deux</h3><h6>Six</h6><p class=MsoNormal><b><span style="font-family:Comic Sans MS;color:red">gras</span></b> et <i>penché</i><o:p></o:p></p>',
      ),
    ).toEqual(
      doc(
        withoutNulls(heading('Compte rendu')),
        withoutNulls(heading('Un')),
        withoutNulls(heading('Deux', { level: 3 })),
        withoutNulls(heading('Six', { level: 4 })),
        paragraph(text('gras', { type: 'bold' }), ' et ', text('penché', { type: 'italic' })),
      ),
    )
  })

  it('makes lists of Word’s paragraphs that look like lists, one inside the other', () => {
    const item = (level: number, marker: string, words: string) =>
      `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><span style='mso-list:Ignore'>${marker}<span>&nbsp;&nbsp;</span></span>${words}</p>`
    expect(pasted(item(1, '·', 'a') + item(2, 'o', 'b') + item(1, '·', 'c') + item(1, '1.', 'd'))).toEqual({
      type: 'doc',
      content: [
        {
          type: 'bulletList',
          content: [
            { type: 'listItem', content: [paragraph('a'), bullets('b')] },
            { type: 'listItem', content: [paragraph('c')] },
          ],
        },
        { type: 'orderedList', attrs: { start: 1 }, content: [{ type: 'listItem', content: [paragraph('d')] }] },
      ],
    })
  })

  it('drops unsafe links and scripts, keeps their words', () => {
    const shown = JSON.stringify(
      pasted('<p><a href="javascript:alert(1)">piège</a> <a href="https://a.test/">sûr</a></p><script>x()</script>'),
    )
    expect(shown).toContain('piège')
    expect(shown).not.toContain('javascript')
    expect(shown).not.toContain('x()')
    expect(shown).toContain('https://a.test/')
  })
})

describe('what is pasted has an identity of its own', () => {
  let made = 0
  const context: PasteContext = {
    newId: () => `neuf-${++made}`,
    presentItems: new Set(['a1']),
    agendaItems: new Set(['a1', 'a2']),
    owners: new Set(['organisation:o1']),
    people: new Map([['p1', 'Hélène Castagné']]),
    hasEssential: true,
  }
  const fresh = (...content: TextNode[]) => {
    made = 0
    const nodes = content.map(node => minutesSchema.nodeFromJSON(node))
    return freshSlice(new Slice(Fragment.from(nodes), 0, 0), context)
      .content.toJSON()
      .map(withoutNulls)
  }

  it('gives every block a new id, at any depth', () => {
    const nested: TextNode = { type: 'blockquote', content: [vigilance('v1', 'x')] }
    expect(fresh(decision({ id: 'd1', nature: 'budget' }, 'texte'), nested)).toEqual([
      withoutNulls(decision({ id: 'neuf-1', nature: 'budget' }, 'texte')),
      { type: 'blockquote', content: [vigilance('neuf-2', 'x')] },
    ])
  })

  it('keeps an agenda item only when it is of this agenda and not in the text yet', () => {
    const items = fresh(
      heading('a', { agendaItemId: 'a1' }),
      heading('b', { agendaItemId: 'a2' }),
      heading('c', { agendaItemId: 'ailleurs' }),
    ).map((node: TextNode) => node.attrs?.agendaItemId)
    expect(items).toEqual([undefined, 'a2', undefined])
  })

  it('keeps only natures, owners and days that exist here', () => {
    expect(
      fresh(
        decision({ id: 'd', nature: 'inconnue' }, 'x'),
        action({ ownerKind: 'organisation', ownerId: 'o1', ownerLabel: 'CPAM', dueOn: '2027-02-30' }, 'y'),
        action({ ownerKind: 'personne', ownerId: 'ailleurs', ownerLabel: 'Mme X', dueOn: '2027-02-28' }, 'z'),
      ),
    ).toEqual([
      withoutNulls(decision({ id: 'neuf-1' }, 'x')),
      withoutNulls(action({ id: 'neuf-2', ownerKind: 'organisation', ownerId: 'o1', ownerLabel: 'CPAM' }, 'y')),
      withoutNulls(action({ id: 'neuf-3', ownerLabel: 'Mme X', dueOn: '2027-02-28' }, 'z')),
    ])
  })

  it('keeps a mention only of somebody who reads this text, under their name', () => {
    const mention = (id: string, label: string) => ({ type: 'mention', attrs: { id, label } })
    expect(
      fresh({
        type: 'paragraph',
        content: [mention('p1', 'Hélène Castagné'), mention('p1', 'Le préfet'), mention('ailleurs', 'M. X')],
      }),
    ).toEqual([
      {
        type: 'paragraph',
        content: [mention('p1', 'Hélène Castagné'), { type: 'text', text: 'Le préfetM. X' }],
      },
    ])
  })

  it('has no second « essentiel », no control character, no half of a pair', () => {
    expect(fresh({ type: 'essential', content: [paragraph('a\u0000b\uD800c')] })).toEqual([paragraph('ab\uFFFDc')])
  })

  it('is refused when it is too long or too deep, with what to do', () => {
    const slice = (node: TextNode) => new Slice(Fragment.from(minutesSchema.nodeFromJSON(node)), 0, 0)
    expect(pasteRefusal(slice(paragraph('court')))).toBeNull()
    expect(pasteRefusal(slice(paragraph('é'.repeat(LARGEST_PASTE / 2))))).toContain('trop long')
    let deep = paragraph('x')
    for (let depth = 0; depth < 30; depth++) deep = { type: 'blockquote', content: [deep] }
    expect(pasteRefusal(slice(deep))).toContain('imbrique')
  })
})

describe('identities in the text', () => {
  const mend = (...content: TextNode[]) => {
    let made = 0
    const state = EditorState.create({ doc: minutesSchema.nodeFromJSON(doc(...content)) })
    const tr = mended(state, () => `neuf-${++made}`)
    return tr && withoutNulls(tr.doc.toJSON()).content
  }

  it('are given to blocks without one, and to the second of two', () => {
    expect(mend(vigilance('v', 'a'), vigilance('v', 'b'), action({}, 'c'))).toEqual([
      vigilance('v', 'a'),
      vigilance('neuf-1', 'b'),
      withoutNulls(action({ id: 'neuf-2' }, 'c')),
    ])
  })

  it('leave the agenda item to the first half of a title that was split', () => {
    expect(mend(heading('Un', { agendaItemId: 'a' }), heading('deux', { agendaItemId: 'a' }))).toEqual([
      heading('Un', { agendaItemId: 'a' }),
      withoutNulls(heading('deux')),
    ])
  })

  it('stay as they are when there is nothing to mend', () => {
    expect(mend(vigilance('v', 'a'), heading('x'), heading('y'))).toBeNull()
  })
})
