import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ENTRY = join(import.meta.dirname, '../../server/index.ts')

export type ServerProcess = {
  process: ChildProcess
  /** What it has written so far, on both channels. */
  output(): string
  /** Address without a final slash; rejects if the server ends before it says one. */
  ready(): Promise<string>
  /** Exit code, once it has ended. */
  ended(): Promise<number | null>
}

/** What a process of the project takes from ours: nothing that decides what it does. */
export function inherited(): Record<string, string | undefined> {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  return { PATH, NODE_COMPILE_CACHE }
}

/** Starts the real server in a process of its own, on a free port. */
export function startProcess(env: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [ENTRY], {
    env: { NODE_ENV: 'production', ...inherited(), PORT: '0', DEMO: '0', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', chunk => (text += chunk))
  child.stderr.on('data', chunk => (text += chunk))
  const end = once(child, 'close').then(([code]) => code as number | null)
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /Adresse\s*:\s*(\S+?)\/\n/.exec(text)
      if (found?.[1]) resolve(found[1])
    })
    end.then(code => reject(new Error(`The server ended with ${code}:\n${text}`)))
  })
  address.catch(() => {})
  return { process: child, output: () => text, ready: () => address, ended: () => end }
}
