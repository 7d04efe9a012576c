import { relative } from 'node:path'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig, type Plugin } from 'vite'
import remixOptions from './remix.config.js'

export default defineConfig({
  plugins: [refuseServerImports(), remix(remixOptions)],
  // Fonts and icons stay files: the content security policy allows no `data:` font.
  build: { assetsInlineLimit: 0, target: 'es2022' },
  // Without this the first page of a development server dies with "Invalid hook call".
  optimizeDeps: { entries: ['./app/**/*.{ts,tsx}'] },
  server: { fs: { allow: ['app', 'server/vocabulary', 'node_modules'] } },
})

/**
 * The app imports types from `server/` and `db/`, nothing that runs: in development a second copy of a server module
 * would open the database a second time. The vocabulary is pure, and shared.
 */
function refuseServerImports(): Plugin {
  return {
    name: 'refuse-server-imports',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || !/^#(server|db)\//.test(source) || source.startsWith('#server/vocabulary/')) return null
      const from = relative(import.meta.dirname, importer)
      if (!from.startsWith('app/')) return null
      throw new Error(`${from} imports ${source} at run time: only its types may be imported (import type).`)
    },
  }
}
