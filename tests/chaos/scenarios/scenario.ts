import type { DatabaseKind } from '#db/client.ts'
import type { Storage, Target } from '../target.ts'

/** One thing that goes wrong, on a database of its own. */
export type Scenario = {
  name: string
  /** Why it is not played here, or null. */
  leftOut?(stage: Stage): string | null
  /** @returns what was seen. @throws when the product did not hold. */
  play(stage: Stage): Promise<string>
}

export type Stage = {
  kind: DatabaseKind
  /** A few seconds, instead of the minute that an operator would take. */
  short: boolean
  storage: Storage
  /** What the database is a copy of. */
  demonstration: Storage
  /** Ends with the scenario, whatever happens to it. */
  own<Started extends Pick<Target, 'kill'>>(started: Started): Started
}

export function check(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}

/** What the server says of itself; without `http` when it does not answer, `status` being why. */
export async function health(target: Target): Promise<{ http?: number; status: string }> {
  const ask = () => fetch(`http://127.0.0.1:${target.port}/healthz`, { signal: AbortSignal.timeout(10_000) })
  try {
    // A connection kept since an earlier request may be closing just now: asked once more, on another.
    const answer = await ask().catch(ask)
    return { http: answer.status, ...((await answer.json()) as { status: string }) }
  } catch (error) {
    return { status: `${error} ${(error as Error).cause ?? ''}` }
  }
}
