import { expect, it } from 'vitest'
import { RepeatedStatements } from '#db/repeated-statements.ts'

it('keeps statements that come back, and no others', () => {
  const repeated = new RepeatedStatements()
  expect(['select 1', 'select 1', 'select 1', 'select 2'].map(text => repeated.note(text))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(['vacuum', 'vacuum', 'savepoint a', 'savepoint a'].some(text => repeated.note(text))).toBe(false)
})

it('keeps a bounded number of them, the first to come back', () => {
  const repeated = new RepeatedStatements()
  const twice = (text: string) => [repeated.note(text), repeated.note(text)][1]
  const kept = Array.from({ length: 2000 }, (_, n) => twice(`select ${n}`)).filter(Boolean)
  expect(kept).toHaveLength(600)
  expect(repeated.note('select 0')).toBe(true)
  expect(twice('select 1999')).toBe(false)
})
