import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const guides = readdirSync(join(ROOT, 'docs/guide'))

/** Everything that the interface may say. */
const said = sourcesUnder('app', 'server/vocabulary').map(plain).join('\n')

describe.each(guides)('docs/guide/%s', guide => {
  it('quotes, in bold, only words that the interface says', () => {
    const labels = [...readFileSync(join(ROOT, 'docs/guide', guide), 'utf8').matchAll(/\*\*([^*]+)\*\*/g)]
      .map(match => plain(match[1] ?? ''))
      // A sentence in bold is a warning of the guide itself; « … » stands for what varies.
      .filter(label => !label.endsWith('.'))
      .map(label => label.replace(/…$/, ''))
    expect(labels.length).toBeGreaterThan(3)
    expect(labels.filter(label => !said.includes(label))).toEqual([])
  })
})

function sourcesUnder(...folders: string[]): string[] {
  return folders.flatMap(folder =>
    readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sourcesUnder(path)
      return /\.tsx?$/.test(path) ? [readFileSync(join(ROOT, path), 'utf8')] : []
    }),
  )
}

/** Line breaks and the several sorts of spaces are one. */
function plain(text: string): string {
  return text.replace(/[\s\u00A0\u202F]+/g, ' ')
}
