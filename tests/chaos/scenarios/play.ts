import type { DatabaseKind } from '#db/client.ts'
import { productStarter } from '../product.ts'
import { newStorage, type Storage, type Target } from '../target.ts'
import { scenarios } from './index.ts'
import type { Scenario } from './scenario.ts'

/** Plays one scenario or all of them, each on a copy of one demonstration. @returns how many did not hold. */
export async function playScenarios(name: string, kind: DatabaseKind, short: boolean): Promise<number> {
  const chosen = scenarios.filter(scenario => name === 'all' || scenario.name === name)
  if (chosen.length === 0) {
    throw new Error(`--scenario ${name}: all, ${scenarios.map(each => each.name).join(', ')} are expected`)
  }
  const demonstration = await newStorage(kind)
  let failed = 0
  try {
    const made = await (await productStarter(demonstration.env))()
    await made.stop()
    for (const scenario of chosen) {
      const { held, told } = await playOne(scenario, kind, short, demonstration)
      console.log(`${scenario.name} on ${kind}: ${told}`)
      if (!held) failed++
    }
  } finally {
    await demonstration.remove()
  }
  return failed
}

async function playOne(
  scenario: Scenario,
  kind: DatabaseKind,
  short: boolean,
  demonstration: Storage,
): Promise<{ held: boolean; told: string }> {
  const storage = await newStorage(kind, demonstration)
  const started: Pick<Target, 'kill'>[] = []
  const own = <Each extends Pick<Target, 'kill'>>(target: Each) => {
    started.push(target)
    return target
  }
  const stage = { kind, short, storage, demonstration, own }
  try {
    const leftOut = scenario.leftOut?.(stage)
    if (leftOut) return { held: true, told: `left out: ${leftOut}` }
    return { held: true, told: await scenario.play(stage) }
  } catch (error) {
    return { held: false, told: `FAILED: ${error instanceof Error ? error.message : error}` }
  } finally {
    for (const target of started) await target.kill()
    await storage.remove()
  }
}
