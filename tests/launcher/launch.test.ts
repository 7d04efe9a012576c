import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const SCRIPTS = join(import.meta.dirname, '../../scripts')

/** A project with the real launcher, where npm, the build, the packaged Node and the server are stand-ins that say so. */
let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'espace-launcher-'))
  cpSync(join(SCRIPTS, 'launch.mjs'), join(project, 'scripts/launch.mjs'))
  cpSync(join(SCRIPTS, 'launcher'), join(project, 'scripts/launcher'), { recursive: true })
  write('package-lock.json', '{"lockfileVersion":3}')
  write('app/root.tsx', '')
  write('fake/npm-cli.js', FAKE_NPM)
  write('server/index.ts', SERVER)
})

afterEach(() => rmSync(project, { recursive: true, force: true }))

describe('npm start', () => {
  it('installs, builds and starts the first time, and only starts the second', () => {
    const first = launch('start')
    expect(first.stdout).toMatch(/Installation[\s\S]*Construction[\s\S]*server started/)
    expect(calls()).toEqual(['install --include=dev --no-audit --no-fund --loglevel=error', 'build production'])

    const second = launch('start')
    expect(second.stdout).toBe('server started production\n')
    expect(calls()).toHaveLength(2)
  })

  it('installs again when the lock changes, builds again when a source changes', () => {
    launch('start')
    write('app/root.tsx', 'export {}')
    expect(launch('start').stdout).toMatch(/^Construction/)
    write('package-lock.json', '{"lockfileVersion":3,"packages":{}}')
    expect(launch('start').stdout).toMatch(/^Installation[\s\S]*Construction/)
  })

  it('does not take a failed build for a build', () => {
    write('app/broken', '')
    const failed = launch('start')
    expect(failed.status).toBe(1)
    expect(failed.stderr).toContain('La construction de l’application a échoué')
    rmSync(join(project, 'app/broken'))
    expect(launch('start').stdout).toContain('server started')
  })

  it('passes on the exit code of the server', () => {
    expect(launch('start', '--exit=7').status).toBe(7)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on and waits for the server to stop', async signal => {
    const { child, output } = await launchAndWait('start', '--stay')
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(0)
    expect(output()).toContain(`server stopped by ${signal}`)
  })

  it('stops the server when npm, which passes no signal on through its shell, is gone', async () => {
    const { options, env } = split(['start', '--stay', { npm_lifecycle_event: 'start' }])
    const line = [process.execPath, join(project, 'scripts/launch.mjs'), ...options].map(each => `'${each}'`).join(' ')
    const shell = spawn('/bin/sh', ['-c', `${line}; exit`], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const output = await outputOnce(shell, 'server started')
    shell.kill('SIGTERM')
    await once(shell.stdout, 'close')
    expect(output()).toContain('server stopped by SIGTERM')
  })

  it('does not leave the server behind when it is killed', async () => {
    const { child, output } = await launchAndWait('start', '--stay')
    child.kill('SIGKILL')
    await once(child.stdout as NodeJS.ReadableStream, 'close')
    expect(output()).toContain('server stopped by disconnect')
  })
})

describe('npm test', () => {
  it('fails, saying so, when the Chromium that was named does not start', () => {
    const result = launch('test', { CHROMIUM_PATH: join(project, 'nowhere') })
    expect(result.status).toBe(1)
    expect(result.stderr).toContain('CHROMIUM_PATH désigne')
  })

  it('runs vitest under the packaged Node, with its options and the path of Chromium', () => {
    const chromium = process.execPath
    const result = launch('test', 'tests/some.test.ts', { CHROMIUM_PATH: chromium })
    expect(result.stdout).toContain(`vitest run tests/some.test.ts with ${chromium}`)
  })
})

describe('npm run of an operator’s command', () => {
  it('runs it under the packaged Node, with its arguments and its exit code', () => {
    write('scripts/command.ts', "console.log(process.argv.slice(2).join(' ')); process.exit(3)")
    const result = launch('run', 'scripts/command.ts', 'someone@tarn.test', '--stdin')
    expect(result.stdout).toMatch(/^Installation.*\nsomeone@tarn.test --stdin\n$/)
    expect(result.status).toBe(3)
    expect(calls()).not.toContain('build production')
  })
})

it('explains how it is used', () => {
  const result = launch('serve')
  expect(result.status).toBe(1)
  expect(result.stderr).toContain('start | test')
})

function launch(...args: (string | Record<string, string>)[]) {
  const { options, env } = split(args)
  return spawnSync(process.execPath, [join(project, 'scripts/launch.mjs'), ...options], { encoding: 'utf8', env })
}

async function launchAndWait(...args: string[]): Promise<{ child: ChildProcess; output: () => string }> {
  const { options, env } = split(args)
  const child = spawn(process.execPath, [join(project, 'scripts/launch.mjs'), ...options], { env })
  return { child, output: await outputOnce(child, 'server started') }
}

async function outputOnce(child: ChildProcess, awaited: string): Promise<() => string> {
  let text = ''
  await new Promise<void>(resolve => {
    child.stdout?.on('data', chunk => {
      text += chunk
      if (text.includes(awaited)) resolve()
    })
  })
  return () => text
}

function split(args: (string | Record<string, string>)[]) {
  const { NODE_ENV: _, npm_lifecycle_event: __, ...inherited } = process.env
  const env = { ...inherited, npm_execpath: join(project, 'fake/npm-cli.js') }
  return {
    options: args.filter(each => typeof each === 'string'),
    env: Object.assign(env, ...args.filter(each => typeof each !== 'string')) as NodeJS.ProcessEnv,
  }
}

function calls(): string[] {
  const file = join(project, 'calls.log')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), content)
}

const FAKE_NPM = `
const { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } = require('node:fs')
appendFileSync('calls.log', process.argv.slice(2).join(' ') + '\\n')
for (const folder of ['node/bin', '@remix-run/dev/dist', 'vitest']) mkdirSync('node_modules/' + folder, { recursive: true })
rmSync('node_modules/node/bin/node', { force: true })
symlinkSync(process.execPath, 'node_modules/node/bin/node')
writeFileSync('node_modules/@remix-run/dev/dist/cli.js', \`
  const { appendFileSync, existsSync } = require('node:fs')
  appendFileSync('calls.log', 'build ' + process.env.NODE_ENV + '\\\\n')
  if (existsSync('app/broken')) process.exit(1)
\`)
writeFileSync('node_modules/vitest/vitest.mjs', "console.log('vitest', process.argv.slice(2).join(' '), 'with', process.env.CHROMIUM_PATH)")
`

const SERVER = `
const exit = process.argv.find(each => each.startsWith('--exit='))
if (process.argv.includes('--stay')) {
  setInterval(() => {}, 1000)
  const stop = reason => { console.log('server stopped by ' + reason); setTimeout(() => process.exit(0), 50) }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(signal))
  process.once('disconnect', () => stop('disconnect'))
}
console.log('server started ' + process.env.NODE_ENV)
if (!process.argv.includes('--stay')) process.exit(exit ? Number(exit.slice(7)) : 0)
`
