import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const manifest = read('package.json') as {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}
const wanted: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies }
const rows = tableRows(readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8'))

describe('docs/dependencies.md', () => {
  it('has one line for each dependency of package.json, and for nothing else', () => {
    const documented = rows.flatMap(row => row.names)
    expect(documented.toSorted()).toEqual(Object.keys(wanted).toSorted())
  })

  it('says of each one its need and a way out', () => {
    const mute = rows.filter(row => row.need.length < 5 || row.wayOut.length < 5)
    expect(mute).toEqual([])
  })

  it('gives the licence of the package that is installed', () => {
    for (const { names, licence } of rows) {
      const real = new Set(
        names.map(name => (read(`node_modules/${name}/package.json`) as { license: string }).license),
      )
      expect(licence, names.join(', ')).toBe([...real].join(' / '))
    }
  })
})

describe('package.json', () => {
  it('asks for exact versions, and they are the ones installed', () => {
    for (const [name, version] of Object.entries(wanted)) {
      expect(version, name).toBe((read(`node_modules/${name}/package.json`) as { version: string }).version)
    }
  })
})

type Row = { names: string[]; need: string; licence: string; wayOut: string }

function tableRows(markdown: string): Row[] {
  return markdown.split('\n').flatMap(line => {
    if (!line.startsWith('| `')) return []
    const [packages = '', need = '', licence = '', wayOut = ''] = line
      .split('|')
      .slice(1)
      .map(cell => cell.trim())
    return [{ names: [...packages.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? ''), need, licence, wayOut }]
  })
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
}
