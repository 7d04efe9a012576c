import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import type { Target } from './target.ts'
import { Typist } from './typist.ts'
import { until } from './until.ts'

/**
 * What becomes of the pages when the server is killed: they vanish 3 ms before, vanish at the same instant, or stay, go on
 * typing, and come back.
 */
export const fates = ['vanish before', 'stay', 'vanish with', 'stay'] as const
export type Fate = (typeof fates)[number]

export type RoundResult = {
  fate: Fate
  typed: number
  acknowledged: number
  /** Acknowledged, and not found by a fresh reader. */
  lost: string[]
  /** Found more than once. */
  doubled: string[]
  restartMs: number
}

/** Types, kills the server at a random moment, starts another on the same database, and reads. */
export async function playRound(
  round: number,
  target: Target,
  restart: () => Promise<Target>,
): Promise<{ result: RoundResult; next: Target }> {
  const fate = fates[round % fates.length] as Fate
  const { text } = target
  const typists = target.cookies.map(cookie => new Typist({ port: target.port, text, cookie }))
  await until(() => typists.every(typist => typist.synced), 'pages opened')
  const stopTyping = startTyping(round, typists)
  await sleep(200 + Math.random() * 1_500)

  if (fate === 'vanish before') {
    for (const typist of typists) typist.vanish()
    await sleep(3)
    await target.kill()
  } else {
    const killed = target.kill()
    if (fate === 'vanish with') for (const typist of typists) typist.vanish()
    await killed
  }
  if (fate !== 'stay') stopTyping()
  const started = performance.now()
  const next = await restart()
  const restartMs = Math.round(performance.now() - started)

  if (fate === 'stay') {
    for (const typist of typists) typist.moveTo(next.port)
    await sleep(300)
    stopTyping()
    await until(() => typists.every(typist => typist.settled), 'edits made meanwhile stored')
    for (const typist of typists) typist.leave()
  }
  const found = await readFresh(next, text)
  const typed = typists.flatMap(typist => typist.tokens)
  const acknowledged = typists.flatMap(typist => [...typist.acknowledged])
  return {
    result: {
      fate,
      typed: typed.length,
      acknowledged: acknowledged.length,
      lost: acknowledged.filter(token => !found.has(token)),
      doubled: typed.filter(token => (found.get(token) ?? 0) > 1),
      restartMs,
    },
    next,
  }
}

/** Each types every 5 to 40 ms, half of the time where everybody does. @returns how to stop. */
function startTyping(round: number, typists: Typist[]): () => void {
  let typing = true
  for (const [who, typist] of typists.entries()) {
    void (async () => {
      for (let n = 0; typing; n++) {
        typist.type(`[${round}.${who}.${n}]`, Math.random() < 0.5 ? 'own' : 'shared')
        if (n % 3 === 0) typist.moveCaret()
        await sleep(5 + Math.random() * 35)
      }
    })()
  }
  return () => {
    typing = false
  }
}

/** How many times somebody who opens the text for the first time finds each token. */
async function readFresh(target: Target, text: LiveTextKey): Promise<Map<string, number>> {
  const reader = new Typist({ port: target.port, text, cookie: target.cookies[0] ?? '' })
  await until(() => reader.synced, 'a fresh reader')
  reader.leave()
  return reader.found()
}
