import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Something the person can mend: its message, in French, is all that is shown. */
export class Failure extends Error {
  /** @param {string} message @param {number} [code] exit code */
  constructor(message, code = 1) {
    super(message)
    this.code = code
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program in the foreground until it ends; signals sent to us are passed on.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stopsWithUs?: boolean }} [options] `stopsWithUs`: the program gets an IPC channel,
 *   whose closing tells it that we were killed.
 * @returns {Promise<number>} its exit code
 */
export function runToEnd(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: options.env ?? process.env,
      stdio: options.stopsWithUs ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    })
    const listeners = FORWARDED.map(signal => ({ signal, pass: () => void child.kill(signal) }))
    for (const { signal, pass } of listeners) process.on(signal, pass)
    const watch = whenNpmDies(() => void child.kill('SIGTERM'))
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearInterval(watch)
      for (const { signal: name, pass } of listeners) process.off(name, pass)
      if (child.connected) child.disconnect()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * npm runs us through a shell, which does not pass signals on: when npm is told to stop, all that reaches us is that our
 * parent is gone.
 *
 * @param {() => void} stop
 */
function whenNpmDies(stop) {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event) return undefined
  return setInterval(() => process.ppid !== parent && stop(), 250).unref()
}

/**
 * Runs a program in silence, for at most as long as it takes.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ ok: boolean, output: string }>} `ok`: it ended with 0; `output`: all it wrote.
 */
export function runQuietly(program, args, env = process.env) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', chunk => (output += chunk))
    child.stderr.on('data', chunk => (output += chunk))
    const interrupted = FORWARDED.map(signal => ({
      signal,
      stop: () => {
        child.kill(signal)
        process.exit(128 + constants.signals[signal])
      },
    }))
    for (const { signal, stop } of interrupted) process.on(signal, stop)
    const end = (/** @type {boolean} */ ok) => {
      for (const { signal, stop } of interrupted) process.off(signal, stop)
      resolve({ ok, output })
    }
    child.once('error', error => {
      output += error.message
      end(false)
    })
    child.once('close', code => end(code === 0))
  })
}
