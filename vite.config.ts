import { dirname, relative, resolve } from 'node:path'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig, type Plugin } from 'vite'
import remixOptions from './remix.config.js'
import { checkClientSize } from './scripts/client-size.ts'
import { frenchSpaces } from './scripts/french-spaces.ts'

export default defineConfig({
  plugins: [
    refuseServerImports(),
    frenchSpaces(),
    remix({
      ...remixOptions,
      buildEnd: ({ buildManifest, remixConfig }) =>
        buildManifest && checkClientSize(remixConfig.buildDirectory, buildManifest),
    }),
  ],
  // Fonts and icons stay files: the content security policy allows no `data:` font.
  // terser makes what the browser downloads some 3 % smaller than esbuild does.
  build: {
    assetsInlineLimit: 0,
    target: 'es2022',
    manifest: true,
    minify: 'terser',
    terserOptions: { format: { comments: false } },
    rollupOptions: { output: { manualChunks: chunkOf } },
  },
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
      const from = importer ? inProject(importer) : ''
      if (!/^(app|server\/vocabulary)\//.test(from)) return null
      const target = /^\./.test(source) ? inProject(resolve(dirname(importer ?? ''), source)) : source.replace(/^#/, '')
      if (!/^(server|db)\//.test(target) || target.startsWith('server/vocabulary/')) return null
      throw new Error(`${from} imports ${source} at run time: only its types may be imported (import type).`)
    },
  }
}

/**
 * What stands on every page is two files, React and Remix, then our own: two dozen small ones would cost a request each,
 * and compress less.
 */
function chunkOf(id: string): string | undefined {
  const file = inProject(id)
  if (engine.test(file)) return 'engine'
  return everywhere.test(file) ? 'interface' : undefined
}

const engine =
  /^node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/(react|router)|turbo-stream)\//

const everywhere =
  /^app\/(components\/(AbilityNote|BrandMark|Breadcrumb|Button|DescriptionList|Disclosure|DocumentContext|ErrorPage|Flash|Footer|Frame|Header|Icon|LevelTag|Menu|Navigation|Notice|Page|PlainList|Section|StateBadge|focus-on-navigation)\.tsx?|formats\.ts|flash\.ts)$/

function inProject(path: string): string {
  return relative(import.meta.dirname, path).replaceAll('\\', '/')
}
