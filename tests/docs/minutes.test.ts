import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

it('has a test for each rule of the minutes, and cites no rule that is not written', () => {
  const page = readFileSync(join(ROOT, 'docs/minutes.md'), 'utf8')
  const written = [...page.matchAll(/^- \*\*(M\d+) – /gm)].map(match => match[1] ?? '')
  expect(written).toEqual(written.map((_, rank) => `M${rank + 1}`))
  const tests = globSync('tests/domain/**/*.test.ts', { cwd: ROOT }).map(file => readFileSync(join(ROOT, file), 'utf8'))
  const cited = new Set(tests.flatMap(text => [...text.matchAll(/\[(M\d+)\]/g)].map(match => match[1])))
  expect([...cited].sort()).toEqual([...written].sort())
})
