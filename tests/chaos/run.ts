/**
 * People type numbered tokens, the server is killed with SIGKILL at random moments, half of the time with every page;
 * somebody else then finds every acknowledged token exactly once: `npm run chaos -- --rounds 50 --database postgres`.
 * With `--scenario store-fails`, or `all`, something else goes wrong instead, see `scenarios/`; `--short` for seconds of it.
 * With `--server live`, nothing but live texts, which starts faster, with a new text each round and frequent compactions.
 */
import { parseArgs } from 'node:util'
import type { DatabaseKind } from '#db/client.ts'
import { productStarter } from './product.ts'
import { playRound, type RoundResult } from './round.ts'
import { playScenarios } from './scenarios/play.ts'
import { launchTool, newStorage, type Storage, type Target } from './target.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    database: { type: 'string', default: 'pglite' },
    server: { type: 'string', default: 'product' },
    scenario: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${values.rounds}: a number of rounds is expected`)
if (values.database !== 'pglite' && values.database !== 'postgres') {
  throw new Error(`--database ${values.database}: pglite or postgres is expected`)
}
if (values.server !== 'product' && values.server !== 'live') {
  throw new Error(`--server ${values.server}: product or live is expected`)
}

if (values.scenario) {
  const failed = await playScenarios(values.scenario, values.database, values.short)
  // What a scenario that failed has left open must not hold the process.
  process.exit(failed > 0 ? 1 : 0)
}
const results = await play(values.database)
const sum = (of: (result: RoundResult) => number) => results.reduce((total, result) => total + of(result), 0)
const lost = sum(result => result.lost.length)
const doubled = sum(result => result.doubled.length)
console.log(
  `${values.database}: ${rounds} rounds, ${sum(result => result.typed)} tokens typed, ` +
    `${sum(result => result.acknowledged)} acknowledged, ${lost} lost, ${doubled} doubled`,
)
if (lost + doubled > 0) process.exitCode = 1

async function play(kind: DatabaseKind): Promise<RoundResult[]> {
  const storage = await newStorage(kind)
  const played: RoundResult[] = []
  let target: Target | null = null
  try {
    const start = await starter(storage)
    target = await start()
    for (let round = 0; round < rounds; round++) {
      const { result, next } = await playRound(round, target, start)
      target = next
      played.push(result)
      console.log(
        `round ${round + 1}/${rounds}  ${result.fate.padEnd(13)}  typed ${result.typed}  ` +
          `acknowledged ${result.acknowledged}  lost ${result.lost.length}  doubled ${result.doubled.length}  ` +
          `restart ${result.restartMs} ms`,
      )
      for (const token of result.lost) console.log(`  lost ${token}`)
      for (const token of result.doubled) console.log(`  doubled ${token}`)
    }
    await target.stop()
  } finally {
    await target?.kill()
    await storage.remove()
  }
  return played
}

async function starter(storage: Storage): Promise<() => Promise<Target>> {
  if (values.server === 'product') return productStarter(storage.env)
  // Compactions are as frequent as kills, so that some are cut in the middle.
  return () => launchTool('tests/chaos/server.ts', { ...storage.env, JOURNAL_ROWS: '40' })
}
