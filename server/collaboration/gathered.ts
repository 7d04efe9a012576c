import type { LiveAccess } from './authenticate.ts'

type Asked = PromiseWithResolvers<Awaited<ReturnType<LiveAccess>>> & { questions: Parameters<LiveAccess>[0] }

/** Questions that come while others are being answered are asked together: a crowd at the door costs a few queries. */
export function gathered(access: LiveAccess): LiveAccess {
  let waiting: Asked[] = []
  let asking = false

  async function askAll(): Promise<void> {
    while (waiting.length > 0) {
      const all = waiting
      waiting = []
      try {
        const grants = await access(all.flatMap(({ questions }) => questions))
        let from = 0
        for (const { questions, resolve } of all) {
          resolve(grants.slice(from, from + questions.length))
          from += questions.length
        }
      } catch (error) {
        for (const { reject } of all) reject(error)
      }
    }
    asking = false
  }

  return questions => {
    const asked = { ...Promise.withResolvers<Awaited<ReturnType<LiveAccess>>>(), questions }
    waiting.push(asked)
    if (!asking) {
      asking = true
      setImmediate(() => void askAll())
    }
    return asked.promise
  }
}
