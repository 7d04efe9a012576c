import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Rule, rules } from '#server/habilitations/rules.ts'
import { withTable } from '../../scripts/habilitations-table.ts'

const page = new URL('../../docs/habilitations.md', import.meta.url)

describe('docs/habilitations.md', () => {
  it('holds the table that the rules make', () => {
    const text = readFileSync(page, 'utf8')
    expect(text, 'run: npm run docs:habilitations').toBe(withTable(text))
  })

  it('gives each rule a number of its own, without gaps', () => {
    const numbers = Object.values(rules).flatMap(actions =>
      Object.values(actions as Record<string, Rule<never>>).map(rule => Number(rule.number.slice(1))),
    )
    expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers.map((_, index) => index + 1))
  })
})
