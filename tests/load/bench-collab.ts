/**
 * Live texts under load, with sessions, habilitations and durability, against servers that promise nothing, interleaved,
 * each run in fresh processes: `npm run bench:collab -- --scenario s1,s2 --runs 3 --seconds 10`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type LoadTarget, startProduct, startReference } from './crowded-product.ts'
import { type Scenario, type ScenarioName, scenarios } from './scenarios.ts'
import { againstGoal, median, percentile } from './statistics.ts'
import type { Measures, Orders } from './typing.ts'

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: Object.keys(scenarios).join(',') },
    database: { type: 'string', default: 'postgres,pglite' },
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    /** A folder for the CPU profiles of the product. */
    profile: { type: 'string' },
  },
})
const databases = values.database.split(',').filter(kind => kind === 'pglite' || kind === 'postgres')
type Kind = Scenario['reference'] | (typeof databases)[number]

type Run = { seen: number; seen50: number; acknowledged: number; cpu: number; trouble: string | null }

for (const name of values.scenario.split(',')) {
  if (!(name in scenarios))
    throw new Error(`--scenario ${name}: one of ${Object.keys(scenarios).join(', ')} is expected`)
  await compare(scenarios[name as ScenarioName])
}

async function compare(scenario: Scenario): Promise<void> {
  console.log(`\n${scenario.title}`)
  const kinds: Kind[] = [scenario.reference, ...databases]
  const runs = new Map<Kind, Run[]>(kinds.map(kind => [kind, []]))
  for (let n = 0; n < Number(values.runs); n++) {
    for (const kind of kinds) {
      const run = await measure(kind, scenario)
      runs.get(kind)?.push(run)
      console.log(`  ${kind.padEnd(8)}  ${describe(run)}${run.trouble ? `  does not count: ${run.trouble}` : ''}`)
      if (run.trouble) process.exitCode = 1
    }
  }
  const base = summary(runs.get(scenario.reference) ?? [])
  for (const kind of databases) {
    const mine = summary(runs.get(kind) ?? [])
    const { seen, acknowledged, cpu } = scenario.goals
    console.log(`  ${kind} against ${scenario.reference}, medians of ${values.runs} runs of ${values.seconds} s`)
    console.log(`    seen p95      ${againstGoal(mine.seen, base.seen, seen)}`)
    if (acknowledged)
      console.log(`    acknowledged  ${againstGoal(mine.acknowledged, base.acknowledged, acknowledged)}`)
    if (cpu) console.log(`    CPU per key   ${againstGoal(mine.cpu, base.cpu, cpu)}`)
  }
}

async function measure(kind: Kind, scenario: Scenario): Promise<Run> {
  const isReference = kind === 'bare' || kind === 'relay'
  const target = await (isReference ? startReference(kind, scenario) : startProduct(kind, scenario, values.profile))
  try {
    const { measures, cpu } = await load(target, scenario)
    return {
      seen: percentile(measures.seen, 95),
      seen50: percentile(measures.seen, 50),
      acknowledged: percentile(measures.acknowledged, 95),
      cpu: cpu / measures.keys,
      trouble: measures.diverged
        ? `DIVERGED: ${measures.diverged}`
        : measures.starved && `STARVED: ${measures.starved}`,
    }
  } finally {
    await target.end()
  }
}

async function load(target: LoadTarget, scenario: Scenario): Promise<{ measures: Measures; cpu: number }> {
  const generator = fork(join(import.meta.dirname, 'typing.ts'))
  const { port, texts, editors, readers } = target
  const { keysPerSecond } = scenario
  generator.send({ port, texts, editors, readers, keysPerSecond, seconds: Number(values.seconds) } satisfies Orders)
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

/** Medians of the runs that count: one disturbed by another process of the machine does not decide. */
function summary(runs: Run[]): Pick<Run, 'seen' | 'acknowledged' | 'cpu'> {
  const counted = runs.filter(run => run.trouble === null)
  return {
    seen: median(counted.map(run => run.seen)),
    acknowledged: median(counted.map(run => run.acknowledged)),
    cpu: median(counted.map(run => run.cpu)),
  }
}

function describe({ seen, seen50, acknowledged, cpu }: Run): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`
  return `seen p50 ${ms(seen50)} p95 ${ms(seen)}  acknowledged p95 ${ms(acknowledged)}  CPU ${cpu.toFixed(0)} µs/key`
}
