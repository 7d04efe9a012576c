import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { refusals } from '#server/collaboration/content-rules.ts'
import { inspectUpdate } from '#server/collaboration/inspect-update.ts'
import { contentOf, type ProseMirrorJSON, writeContent } from '#server/collaboration/text-content.ts'
import { EDITOR_FRAGMENT, minutesSchema } from '#server/vocabulary/editor-schema.ts'
import { type } from './client.ts'
import { paragraph, SKELETON } from './fixture.ts'

describe('an update, before it enters a text', () => {
  it('[L7] whatever an editor writes is taken, and then known', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), content), { minLength: 1, maxLength: 6 }), edits => {
        const server = seeded()
        const clients = [copyOf(server), copyOf(server), copyOf(server)]
        for (const [who, next] of edits) {
          const client = clients[who] as Y.Doc
          const update = changeOf(client, () => writeContent(client, next))
          const verdict = inspectUpdate(server, update)
          expect(['new', 'known']).toContain(verdict.kind)
          Y.applyUpdate(server, update)
          expect(inspectUpdate(server, update)).toEqual({ kind: 'known' })
          // Sometimes the others hear of it, sometimes they go on without.
          if (who > 0) for (const each of clients) Y.applyUpdate(each, Y.encodeStateAsUpdate(server))
        }
        for (const client of clients) {
          const whole = Y.encodeStateAsUpdate(client, Y.encodeStateVector(server))
          expect(['new', 'known']).toContain(inspectUpdate(server, whole).kind)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('[L7] typing in a paragraph that somebody else deletes is taken', () => {
    const server = seeded()
    const [one, two] = [copyOf(server), copyOf(server)]
    const deletion = changeOf(one, () => one.getXmlFragment(EDITOR_FRAGMENT).delete(0, 2))
    const typing = changeOf(two, () => textOf(two, 0).insert(3, 'encore'))
    Y.applyUpdate(server, deletion)
    expect(inspectUpdate(server, typing).kind).toBe('new')
    Y.applyUpdate(server, typing)
    expect(contentOf(server).content).toEqual([])
  })

  it('says whether it does more than delete', () => {
    const server = seeded()
    const client = copyOf(server)
    const deletion = changeOf(client, () => client.getXmlFragment(EDITOR_FRAGMENT).delete(0, 1))
    expect(inspectUpdate(server, deletion)).toEqual({ kind: 'new', grows: false })
    expect(
      inspectUpdate(
        server,
        changeOf(client, () => type(client, 'x')),
      ),
    ).toEqual({ kind: 'new', grows: true })
  })

  it('[L7] one that builds on what the server has not got is told apart', () => {
    const server = seeded()
    const client = copyOf(server)
    const first = changeOf(client, () => type(client, 'un'))
    const second = changeOf(client, () => textOf(client, 2).insert(2, ' deux'))
    const third = changeOf(client, () => client.getXmlFragment(EDITOR_FRAGMENT).delete(2, 1))
    const other = changeOf(client, () => type(client, 'trois'))
    expect(inspectUpdate(server, other)).toEqual({ kind: 'incomplete' })
    expect(inspectUpdate(server, second)).toEqual({ kind: 'incomplete' })
    expect(inspectUpdate(server, third)).toEqual({ kind: 'incomplete' })
    expect(inspectUpdate(server, Y.mergeUpdates([first, third])).kind).toBe('incomplete')
    expect(inspectUpdate(server, Y.mergeUpdates([first, second, third])).kind).toBe('new')
  })

  it('[L7] random bytes are refused, or known, and change nothing', () => {
    const server = seeded()
    const before = Y.encodeStateAsUpdate(server)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), bytes => {
        expect(['refused', 'known', 'incomplete']).toContain(inspectUpdate(server, bytes).kind)
      }),
      { numRuns: 2_000 },
    )
    const honest = changeOf(copyOf(server), doc => type(doc, 'bonjour'))
    for (let cut = 0; cut < honest.byteLength; cut++) {
      expect(inspectUpdate(server, honest.slice(0, cut))).not.toMatchObject({ kind: 'new' })
    }
    expect(Buffer.compare(Y.encodeStateAsUpdate(server), before)).toBe(0)
  })

  const cases: [string, keyof typeof refusals, (doc: Y.Doc) => void][] = [
    ['an unknown node', 'element', doc => insert(doc, new Y.XmlElement('iframe'))],
    ['the document inside itself', 'element', doc => insert(doc, new Y.XmlElement('doc'))],
    ['another root', 'element', doc => doc.getMap('other').set('a', 1)],
    ['text outside a block', 'element', doc => insert(doc, new Y.XmlText('x'))],
    ['a block in a paragraph', 'element', doc => blockOf(doc, 1).insert(0, [new Y.XmlElement('heading')])],
    ['a list item without a list', 'element', doc => insert(doc, new Y.XmlElement('listItem'))],
    ['an image in the text', 'element', doc => textOf(doc, 0).insertEmbed(0, { src: 'x' })],
    ['an unknown mark', 'element', doc => textOf(doc, 0).format(0, 2, { script: {} })],
    ['an unknown mark, hashed', 'element', doc => textOf(doc, 0).format(0, 2, { 'script--abcdefgh': {} })],
    ['a javascript: link', 'link', doc => textOf(doc, 0).format(0, 2, { link: { href: 'javascript:alert(1)' } })],
    ['a data: link, hashed', 'link', doc => textOf(doc, 0).format(0, 2, { 'link--abcdefgh': { href: 'data:x' } })],
    ['a link without an address', 'link', doc => textOf(doc, 0).format(0, 2, { link: {} })],
    ['an unknown attribute', 'attribute', doc => blockOf(doc, 0).setAttribute('onclick', 'x')],
    ['an attribute of a megabyte', 'attribute', doc => blockOf(doc, 0).setAttribute('level', 'x'.repeat(1e6))],
    ['an object as an attribute', 'attribute', doc => blockOf(doc, 0).setAttribute('level', { a: 1 } as never)],
    ['a mention of nobody', 'attribute', doc => mention(doc, { id: '../../', label: 'Mme X' })],
    ['a mention without words', 'attribute', doc => mention(doc, { id: somebody, label: ' ' })],
    ['a mention of two lines', 'attribute', doc => mention(doc, { id: somebody, label: 'a\nb' })],
    ['a mention as long as a text', 'attribute', doc => mention(doc, { id: somebody, label: 'x'.repeat(201) })],
    ['something in a mention', 'element', doc => mention(doc, { id: somebody, label: 'x' }, new Y.XmlText('y'))],
    ['a mention outside a block', 'element', doc => insert(doc, new Y.XmlElement('mention'))],
    ['a NUL', 'character', doc => textOf(doc, 0).insert(0, 'a\0b')],
    ['blocks nested without end', 'nesting', nestDeep],
  ]

  it.each(cases)('[L7] %s is refused', (_, why, change) => {
    const server = seeded()
    const client = copyOf(server)
    expect(
      inspectUpdate(
        server,
        changeOf(client, () => change(client)),
      ),
    ).toEqual({ kind: 'refused', why })
    expect(Buffer.byteLength(refusals[why])).toBeLessThanOrEqual(123)
  })

  it('[L7] a mention of somebody by name is taken', () => {
    const server = seeded()
    const client = copyOf(server)
    const update = changeOf(client, () => mention(client, { id: somebody, label: 'Mme Hélène Castagné' }))
    expect(inspectUpdate(server, update)).toEqual({ kind: 'new', grows: true })
  })

  it('[L7] an item that claims neighbours in two places is refused', () => {
    const server = seeded()
    const idOf = (type: Y.XmlText) => (type._start as Y.Item).id
    const other = copyOf(server)
    Y.applyUpdate(
      server,
      changeOf(other, () => type(other, 'ailleurs')),
    )
    expect(inspectUpdate(server, itemBetween(idOf(textOf(server, 0)), idOf(textOf(server, 0)))).kind).toBe('new')
    // Yjs would put it beside its right neighbour: text among the blocks.
    const block = (blockOf(server, 2)._item as Y.Item).id
    expect(inspectUpdate(server, itemBetween(idOf(textOf(server, 0)), block))).toEqual({
      kind: 'refused',
      why: 'malformed',
    })
  })

  it('[L7] a second value of an attribute is judged as the first one', () => {
    const server = seeded()
    const client = copyOf(server)
    expect(
      inspectUpdate(
        server,
        changeOf(client, () => blockOf(client, 0).setAttribute('level', 3 as never)),
      ).kind,
    ).toBe('new')
    const bad = changeOf(client, () => blockOf(client, 0).setAttribute('level', { a: 1 } as never))
    expect(inspectUpdate(server, Y.mergeUpdates([Y.encodeStateAsUpdate(client), bad]))).toEqual({
      kind: 'refused',
      why: 'attribute',
    })
  })
})

function seeded(): Y.Doc {
  const doc = new Y.Doc()
  writeContent(doc, SKELETON)
  return doc
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

function changeOf(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.transact(() => change(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

function insert(doc: Y.Doc, piece: Y.XmlElement | Y.XmlText): void {
  doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [piece])
}

function blockOf(doc: Y.Doc, index: number): Y.XmlElement {
  return doc.getXmlFragment(EDITOR_FRAGMENT).get(index) as Y.XmlElement
}

function textOf(doc: Y.Doc, block: number): Y.XmlText {
  return blockOf(doc, block).get(0) as Y.XmlText
}

/** One word, as an update that no editor writes. */
function itemBetween(origin: Y.ID, rightOrigin: Y.ID): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const item = new Y.Item(Y.createID(77, 0), null, origin, null, rightOrigin, null, null, new Y.ContentString('mot'))
  encoding.writeVarUint(encoder.restEncoder, 1)
  encoding.writeVarUint(encoder.restEncoder, 1)
  encoder.writeClient(77)
  encoding.writeVarUint(encoder.restEncoder, 0)
  item.write(encoder, 0)
  encoding.writeVarUint(encoder.restEncoder, 0)
  return encoder.toUint8Array()
}

function nestDeep(doc: Y.Doc): void {
  let inner = new Y.XmlElement('blockquote')
  insert(doc, inner)
  for (let n = 0; n < 100; n++) {
    const next = new Y.XmlElement('blockquote')
    inner.insert(0, [next])
    inner = next
  }
}

const marks = fc.subarray([
  { type: 'bold' },
  { type: 'italic' },
  { type: 'link', attrs: { href: 'https://tarn.fr', target: null, rel: null, class: null } },
])
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(text => !text.includes('\0'))
const inline: fc.Arbitrary<ProseMirrorJSON[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('text'), text: words, marks }) },
    { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) },
  ),
  { maxLength: 3 },
)
const paragraphs = inline.map(inner => ({ type: 'paragraph', content: inner }))
const identifier = fc.option(fc.uuid(), { nil: null })
const blocks: fc.Arbitrary<ProseMirrorJSON> = fc.oneof(
  { weight: 4, arbitrary: paragraphs },
  inline.chain(inner =>
    fc.constantFrom(2, 3, 4).map(level => ({ type: 'heading', attrs: { level, agendaItemId: null }, content: inner })),
  ),
  fc
    .array(paragraphs, { minLength: 1, maxLength: 2 })
    .chain(inner =>
      fc.constantFrom<ProseMirrorJSON>(
        { type: 'blockquote', content: inner },
        { type: 'essential', content: inner },
        { type: 'bulletList', content: [{ type: 'listItem', content: inner }] },
        { type: 'orderedList', attrs: { start: 2, type: null }, content: [{ type: 'listItem', content: inner }] },
      ),
    ),
  fc.tuple(identifier, fc.array(paragraphs, { minLength: 1, maxLength: 2 })).map(([id, inner]) => ({
    type: 'decision',
    attrs: { id, nature: 'organisation_interne' },
    content: inner,
  })),
  fc.tuple(identifier, inline).map(([id, inner]) => ({ type: 'vigilance', attrs: { id }, content: inner })),
  fc.tuple(identifier, inline).map(([id, inner]) => ({
    type: 'action',
    attrs: { id, ownerKind: 'person', ownerId: id, ownerLabel: 'CAF', dueOn: '2027-04-01' },
    content: inner,
  })),
)
const content: fc.Arbitrary<ProseMirrorJSON> = fc
  .array(blocks, { minLength: 1, maxLength: 4 })
  .map(inner => ({ type: 'doc', content: inner.length > 0 ? inner : [paragraph('x')] }))
  .map(doc => minutesSchema.nodeFromJSON(doc).toJSON() as ProseMirrorJSON)

const somebody = '7b1d7c9e-3f0a-4d59-9f0f-2f6d1b7f6a11'

function mention(doc: Y.Doc, attributes: Record<string, string>, inside?: Y.XmlText): void {
  const element = new Y.XmlElement('mention')
  blockOf(doc, 1).insert(0, [element])
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  if (inside) element.insert(0, [inside])
}
