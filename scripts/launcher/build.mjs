import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, isCurrent, writeStamp } from './hash.mjs'
import { Failure, root, runQuietly, say } from './processes.mjs'

const STAMP = 'build/.sources'

/** What the build reads: `server/` but for the vocabulary gives it types only. */
const SOURCES = [
  'app',
  'public',
  'server/vocabulary',
  'package-lock.json',
  'remix.config.js',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/client-size.ts',
  'scripts/french-spaces.ts',
]

/** Builds what the browser downloads when the sources have changed since. @param {string} node the packaged Node */
export async function buildIfNeeded(node) {
  const hash = hashOf(SOURCES)
  if (isCurrent(STAMP, hash)) return
  say('Construction de l’application…')
  rmSync(join(root, STAMP), { force: true })
  const cli = join(root, 'node_modules/@remix-run/dev/dist/cli.js')
  const { ok, output } = await runQuietly(node, [cli, 'vite:build'], { ...process.env, NODE_ENV: 'production' })
  if (!ok) throw new Failure(`${output}\nLa construction de l’application a échoué.`)
  writeStamp(STAMP, hash)
}
