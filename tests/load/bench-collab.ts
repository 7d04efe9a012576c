/**
 * S1: one text, 30 people, 5 keys a second each, with carets; against a bare Hocuspocus of the same version, in memory,
 * interleaved, each run in fresh processes: `npm run bench:collab -- --runs 3 --seconds 10`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Measured, newStorage, startLiveServer, type Target } from '../chaos/target.ts'
import type { Measures, Orders } from './typing.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    people: { type: 'string', default: '30' },
    only: { type: 'string', default: 'bare,pglite,postgres' },
  },
})
const kinds = ['bare', 'pglite', 'postgres'] as const
type Kind = (typeof kinds)[number]
const chosen = kinds.filter(kind => values.only.split(',').includes(kind))
const KEYS_PER_SECOND = 5

type Run = { kind: Kind; seen: number[]; acknowledged: number[]; cpuPerKey: number; trouble: string | null }

const runs: Run[] = []
for (let n = 0; n < Number(values.runs); n++) {
  for (const kind of chosen) {
    const run = await measure(kind)
    runs.push(run)
    console.log(`run ${n + 1}  ${describe(run)}${run.trouble ? `  ${run.trouble}` : ''}`)
  }
}
const base = summary('bare')
console.log(`\n${values.people} people × ${KEYS_PER_SECOND} keys/s, ${values.seconds} s, ${values.runs} runs each`)
for (const kind of chosen) {
  const { seen50, seen95, cpu } = summary(kind)
  const ratios =
    kind === 'bare'
      ? ''
      : `  × bare: p50 ${ratio(seen50, base.seen50)}  p95 ${ratio(seen95, base.seen95)}  CPU ${ratio(cpu, base.cpu)}`
  console.log(`${describe({ kind, ...merged(kind) })}${ratios}`)
}
if (runs.some(run => run.trouble)) process.exitCode = 1

async function measure(kind: Kind): Promise<Run> {
  const storage = kind === 'bare' ? null : await newStorage(kind)
  const script = kind === 'bare' ? 'tests/load/bare-server.ts' : 'tests/chaos/server.ts'
  const target = await startLiveServer({ ...storage?.env, PEOPLE: values.people }, script)
  try {
    const { measures, cpu } = await type(target)
    return {
      kind,
      seen: measures.seen,
      acknowledged: measures.acknowledged,
      cpuPerKey: cpu / measures.keys,
      trouble: measures.diverged
        ? `DIVERGED: ${measures.diverged}`
        : measures.starved && `STARVED: ${measures.starved}`,
    }
  } finally {
    await target.kill()
    await storage?.remove()
  }
}

async function type(target: Target & Measured): Promise<{ measures: Measures; cpu: number }> {
  const generator = fork(join(import.meta.dirname, 'typing.ts'))
  const { port, text, cookies } = target
  generator.send({
    port,
    text,
    cookies,
    keysPerSecond: KEYS_PER_SECOND,
    seconds: Number(values.seconds),
  } satisfies Orders)
  await message(generator, 'begin')
  const before = await target.cpu()
  await message(generator, 'end')
  const after = await target.cpu()
  const [measures] = (await once(generator, 'message')) as [Measures]
  return { measures, cpu: after - before }
}

async function message(generator: ReturnType<typeof fork>, expected: string): Promise<void> {
  const [said] = (await Promise.race([
    once(generator, 'message'),
    once(generator, 'exit').then(() => Promise.reject(new Error('the load generator stopped'))),
  ])) as [string]
  if (said !== expected) throw new Error(`${said} instead of ${expected}`)
}

function merged(kind: Kind): Omit<Run, 'kind'> {
  const mine = runs.filter(run => run.kind === kind)
  return {
    seen: mine.flatMap(run => run.seen),
    acknowledged: mine.flatMap(run => run.acknowledged),
    cpuPerKey: mine.reduce((sum, run) => sum + run.cpuPerKey, 0) / mine.length,
    trouble: null,
  }
}

/** Medians of the runs: one disturbed by another process of the machine does not decide. */
function summary(kind: Kind): { seen50: number; seen95: number; cpu: number } {
  const mine = runs.filter(run => run.kind === kind)
  return {
    seen50: percentile(
      mine.map(run => percentile(run.seen, 50)),
      50,
    ),
    seen95: percentile(
      mine.map(run => percentile(run.seen, 95)),
      50,
    ),
    cpu: percentile(
      mine.map(run => run.cpuPerKey),
      50,
    ),
  }
}

function describe({ kind, seen, acknowledged, cpuPerKey }: Omit<Run, 'trouble'>): string {
  const of = (delays: number[]) => [50, 95].map(rank => `p${rank} ${percentile(delays, rank).toFixed(1)}`).join('  ')
  return `${kind.padEnd(8)}  seen ms ${of(seen)}  acknowledged ms ${of(acknowledged)}  server CPU ${cpuPerKey.toFixed(0)} µs/key`
}

function ratio(value: number, reference: number): string {
  return (value / reference).toFixed(2)
}

function percentile(values: number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((rank / 100) * sorted.length))] ?? Number.NaN
}
