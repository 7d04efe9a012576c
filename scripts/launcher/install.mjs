import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, isCurrent, writeStamp } from './hash.mjs'
import { Failure, root, runToEnd, say } from './processes.mjs'

const STAMP = 'node_modules/.espace-spie-installed'

/**
 * Installs the dependencies when the lock file is not the one they were installed from.
 * `npm install` and not `npm ci`, which fails where a registry lacks the optional packages of other platforms.
 *
 * @returns {Promise<string>} path of the packaged Node
 */
export async function installIfNeeded() {
  const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (isCurrent(STAMP, wantedHash()) && existsSync(node)) return node
  say('Installation des dépendances (environ une minute la première fois)…')
  const code = await npm(['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    throw new Failure('L’installation a échoué. Vérifiez l’accès au registre npm, puis recommencez.', code)
  }
  if (!existsSync(node)) {
    throw new Failure(
      'Le paquet « node » n’a pas été installé : son script a peut-être été refusé (npm install-scripts).',
    )
  }
  writeStamp(STAMP, wantedHash())
  return node
}

function wantedHash() {
  return hashOf(['package-lock.json'], [process.platform, process.arch])
}

/** The npm that called us, else the one on the PATH. @param {string[]} args */
function npm(args) {
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.c?js$/.test(cli)) return runToEnd(process.execPath, [cli, ...args])
  return runToEnd(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}
