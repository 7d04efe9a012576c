import { describe, expect, it } from 'vitest'
import { type Modules, pageSizes, type Routes, tooHeavy } from '../../scripts/client-size.ts'

const routes: Routes = {
  root: { id: 'root', file: 'root.tsx' },
  'routes/minutes': { id: 'routes/minutes', parentId: 'root', file: 'routes/minutes.tsx' },
}
const modules: Modules = {
  'app/entry.client.tsx': { file: 'entry.js', imports: ['_react.js'] },
  '_react.js': { file: 'react.js' },
  'app/root.tsx?__remix-build-client-route': { file: 'root.js', imports: ['_react.js'], assets: ['a.css', 'a.woff2'] },
  'app/routes/minutes.tsx?__remix-build-client-route': { file: 'minutes.js', dynamicImports: ['app/editor.tsx'] },
  'app/editor.tsx': { file: 'editor.js', imports: ['_react.js', '_yjs.js'], css: ['editor.css'] },
  '_yjs.js': { file: 'yjs.js' },
}
const sizes: Record<string, number> = {
  'entry.js': 1,
  'manifest.js': 2,
  'react.js': 10,
  'root.js': 100,
  'a.css': 1_000,
  'minutes.js': 10_000,
  'editor.js': 100_000,
  'yjs.js': 1_000_000,
  'editor.css': 10_000_000,
}
const sizeOf = (file: string) => sizes[file] ?? Number.NaN

describe('what a page makes a browser download', () => {
  it('is the entry, the route, those around it and what they import, each file once; fonts apart', () => {
    expect(pageSizes(routes, modules, sizeOf, ['manifest.js'])).toEqual([
      { address: 'root', read: 1_113, edited: 1_113 },
      { address: 'routes/minutes', read: 11_113, edited: 11_111_113 },
    ])
  })

  it('is told when it is above a limit, for who reads and for who writes', () => {
    const page = { address: 'routes/minutes', read: 120_001, edited: 300_000 }
    expect(tooHeavy([page], { read: 120, edited: 300 })).toEqual(['routes/minutes : 120.0 kB à lire (limite : 120)'])
    expect(tooHeavy([{ ...page, read: 1, edited: 300_001 }], { read: 120, edited: 300 })).toHaveLength(1)
    expect(tooHeavy([{ ...page, read: 120_000 }], { read: 120, edited: 300 })).toEqual([])
  })

  it('fails on a route that the build does not know', () => {
    expect(() => pageSizes(routes, { ...modules, '_react.js': undefined as never }, sizeOf, [])).toThrow('_react.js')
  })
})
