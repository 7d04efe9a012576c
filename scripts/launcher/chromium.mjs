import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, root, runQuietly, say } from './processes.mjs'

const USUAL_PLACES = [
  // The same browser without windows: journeys take two thirds of the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The Chromium of the browser tests: found, else installed. They are never skipped.
 *
 * @param {string} node the packaged Node
 * @returns {Promise<string>} path of the program
 */
export async function findChromium(node) {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (await works(named)) return named
    throw new Failure(`CHROMIUM_PATH désigne « ${named} », qui ne démarre pas.`)
  }
  const found = await firstThatWorks(node)
  if (found) return found
  say('Chromium est absent : installation…')
  await install(node)
  const installed = await firstThatWorks(node)
  if (installed) return installed
  throw new Failure(
    'Les tests ont besoin de Chromium, qui n’a pas pu être installé. Installez-le (sur Debian : apt-get install chromium ; ' +
      'ailleurs : npx playwright-core install --with-deps chromium) ou indiquez-le par CHROMIUM_PATH, puis recommencez.',
  )
}

/** @param {string} node */
async function install(node) {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await runQuietly('apt-get', ['update'], env)
    for (const name of ['chromium-headless-shell', 'chromium']) {
      if ((await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', name], env)).ok) return
    }
  }
  await runQuietly(node, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'])
}

/** @param {string} node */
async function placeOfPlaywright(node) {
  const script = "process.stdout.write(require('playwright-core').chromium.executablePath())"
  const { ok, output } = await runQuietly(node, ['-e', script])
  return ok ? output.trim() : ''
}

/** @param {string} node */
async function firstThatWorks(node) {
  for (const place of USUAL_PLACES) if (await works(place)) return place
  const place = await placeOfPlaywright(node)
  return place && (await works(place)) ? place : null
}

/** A file that is there may still be a stub that asks for a snap. @param {string} program */
async function works(program) {
  return existsSync(program) && (await runQuietly(program, ['--version'])).ok
}
