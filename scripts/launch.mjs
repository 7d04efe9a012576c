// `npm start`, `npm test` and the commands of operators. Plain JavaScript without dependencies: it runs on whatever
// Node ≥ 20 the machine has, before anything is installed, and hands over to the Node 24 that is one of the dependencies.
import { join } from 'node:path'
import { buildIfNeeded } from './launcher/build.mjs'
import { findChromium } from './launcher/chromium.mjs'
import { installIfNeeded } from './launcher/install.mjs'
import { Failure, root, runToEnd } from './launcher/processes.mjs'

const [command, ...options] = process.argv.slice(2)

try {
  process.exitCode = await launch()
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.code
}

/** @returns {Promise<number>} exit code */
async function launch() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Failure(`Node 20 ou plus récent est nécessaire ; celui-ci est ${process.version}.`)
  }
  if (command === 'start') return start()
  if (command === 'test') return test()
  if (command === 'run' && options[0]) return runScript(options[0], options.slice(1))
  throw new Failure(
    'Usage : node scripts/launch.mjs start | test [options de vitest] | run scripts/commande.ts [arguments]',
  )
}

async function start() {
  const node = await installIfNeeded()
  await buildIfNeeded(node)
  return runToEnd(node, [join(root, 'server/index.ts'), ...options], {
    env: { ...compilingOnce(), NODE_ENV: process.env.NODE_ENV ?? 'production' },
    stopsWithUs: true,
  })
}

async function test() {
  const node = await installIfNeeded()
  const chromium = await findChromium(node)
  await buildIfNeeded(node)
  return runToEnd(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...options], {
    env: { ...compilingOnce(), CHROMIUM_PATH: chromium },
  })
}

/** The environment, where TypeScript is stripped and compiled once, and not by each process that starts. */
function compilingOnce() {
  return { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'), ...process.env }
}

/** A script of the project, under the packaged Node. @param {string} file @param {string[]} args */
async function runScript(file, args) {
  return runToEnd(await installIfNeeded(), [join(root, file), ...args])
}
