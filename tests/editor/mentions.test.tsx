import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MinutesContent } from '#app/editor/MinutesContent.tsx'
import { differencesBetween } from '#app/editor/reading/differences.ts'
import { outlineOf } from '#app/editor/reading/outline.ts'
import { plainText } from '#app/editor/reading/text-node.ts'
import { peopleFor } from '#app/editor/slash/mention-menu.ts'
import { outcomesOf } from '#server/domain/minutes/outcomes.ts'
import { minutesText } from '#server/exports/minutes-text.ts'
import { minutesSchema } from '#server/vocabulary/editor-schema.ts'
import { action, decision, doc, heading, paragraph } from './text.ts'

const somebody = (label: string) => ({ type: 'mention', attrs: { id: '7b1d7c9e-3f0a-4d59-9f0f-2f6d1b7f6a11', label } })

describe('somebody who is mentioned in the text of minutes', () => {
  const content = doc(
    { ...heading('Avec '), content: [{ type: 'text', text: 'Avec ' }, somebody('Yannick Pradel')] },
    paragraph('Vu par ', somebody('Hélène Castagné'), '.'),
    decision({ id: 'd1' }, 'Confier à'),
    { ...action({ id: 'a1' }, ''), content: [{ type: 'text', text: 'Demander à ' }, somebody('Samira Bensaïd')] },
  )

  it('is a name like the words around: to read, in the outline, in what the blocks say', () => {
    const shown = renderToStaticMarkup(<MinutesContent content={content} />)
    expect(shown).toContain('<p>Vu par <span class="mention">Hélène Castagné</span>.</p>')
    expect(outlineOf(content).map(({ title }) => title)).toEqual(['Avec Yannick Pradel'])
    expect(outcomesOf(content).actions).toMatchObject([{ wording: 'Demander à Samira Bensaïd' }])
    expect(plainText(content)).toContain('Vu par Hélène Castagné.')
  })

  it('is printed', () => {
    const [, seen] = minutesText(content).body
    expect(seen).toMatchObject({ kind: 'paragraph' })
    const words =
      seen?.kind === 'paragraph' ? seen.runs.map(run => (run === 'line-break' ? ' ' : run.pieces.join(''))) : []
    expect(words.join('')).toBe('Vu par Hélène Castagné.')
  })

  it('counts as words between two texts', () => {
    const before = doc(paragraph('Le point est porté par le groupe : ', somebody('Hélène Castagné'), '.'))
    const after = doc(paragraph('Le point est porté par le groupe : ', somebody('Yannick Pradel'), '.'))
    const [found, ...others] = differencesBetween(before, after)
    expect(others).toEqual([])
    const changed = found?.pieces.filter(({ change }) => change !== 'same').flatMap(({ words }) => words)
    expect(changed?.map(({ text }) => text).join('')).toContain('Yannick')
  })

  it('is in what a copy of the text says, and comes back from a copy', () => {
    const node = minutesSchema.nodeFromJSON(doc(paragraph('Vu par ', somebody('Hélène Castagné'), '.')))
    expect(node.textContent).toBe('Vu par Hélène Castagné.')
    expect(() => node.check()).not.toThrow()
  })
})

describe('the people whom one may mention', () => {
  const people = [
    { id: '1', label: 'Hélène Castagné', detail: 'Département' },
    { id: '2', label: 'Yannick Pradel', detail: 'France Travail' },
    { id: '3', label: 'Anne-Sophie d’Estaing', detail: '' },
  ]
  const found = (query: string) => peopleFor(query, people).map(({ label }) => label)

  it.each([
    ['', ['Hélène Castagné (Département)', 'Yannick Pradel (France Travail)', 'Anne-Sophie d’Estaing']],
    ['helene', ['Hélène Castagné (Département)']],
    ['CASTAGNE h', ['Hélène Castagné (Département)']],
    ['sophie', ['Anne-Sophie d’Estaing']],
    ['estaing', ['Anne-Sophie d’Estaing']],
    ['france', ['Yannick Pradel (France Travail)']],
    ['martin', []],
    ['helene et', []],
  ])('answer to « %s »', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })

  it('are a few at a time', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ id: String(n), label: `Nom ${n}`, detail: '' }))
    expect(peopleFor('nom', many)).toHaveLength(8)
  })
})
