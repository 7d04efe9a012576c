import { describe, expect, it } from 'vitest'
import { blankRow, initialRows, moveRow, nextKey } from '#app/meetings/agenda-rows.ts'

const point = (title: string) => ({ id: '', title, reporter: '', durationMinutes: '' })

describe('the rows of an agenda', () => {
  it('without scripts at least six empty rows are there, of which scripts leave three for a new agenda', () => {
    const rows = initialRows([])
    expect(rows).toHaveLength(6)
    expect(rows.filter(row => !row.spare)).toHaveLength(3)
  })

  it('a filled agenda keeps its order and offers one more row, six without scripts', () => {
    const rows = initialRows([point('Un'), point('Deux')])
    expect(rows.map(row => row.title)).toEqual(['Un', 'Deux', '', '', '', '', '', ''])
    expect(rows.filter(row => !row.spare)).toHaveLength(3)
  })

  it('empty rows that were sent are not doubled, and stay where an error may name them', () => {
    const rows = initialRows([point('Un'), point(''), point('Trois')])
    expect(rows.map(row => row.title).slice(0, 3)).toEqual(['Un', '', 'Trois'])
    expect(rows.filter(row => row.title === '')).toHaveLength(6)
    expect(rows.filter(row => !row.spare)).toHaveLength(3)
  })

  it('each row has a key of its own, wherever it moves', () => {
    const rows = initialRows([point('Un'), point('Deux'), point('Trois')])
    const moved = moveRow(rows, 2, 0)
    expect(moved.map(row => row.title).slice(0, 3)).toEqual(['Trois', 'Un', 'Deux'])
    expect(new Set(moved.map(row => row.key)).size).toBe(rows.length)
    expect(moveRow(moved, 0, 2)).toEqual(rows)
    expect(rows.map(row => row.key)).not.toContain(blankRow(nextKey(rows)).key)
  })
})
