import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { inherited } from '../server/process.ts'

/** Runs a command of operators in a process of its own. @param env all that decides what it does */
export async function runScript(name: string, args: readonly string[], env: Record<string, string>, input = '') {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../scripts', name), ...args], {
    env: { NODE_ENV: 'test', ...inherited(), ...env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}
