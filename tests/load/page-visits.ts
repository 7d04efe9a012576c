/** The visitors, in a process of their own: they ask for one page again and again, and read every answer. */
import { Agent, get } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { MeasuredPage } from './large-consortium.ts'

export type VisitOrders = { address: string; cookie: string; page: MeasuredPage; visitors: number; seconds: number }

/** Milliseconds of each visit; `trouble` when the run does not count. */
export type Visits = { ms: number[]; perSecond: number; trouble: string | null }

/** Above, this process had no time left to ask faster: it measured itself. */
const busiest = 0.85

process.on('message', async (orders: VisitOrders) => {
  process.send?.(await visits(orders))
})

async function visits({ address, cookie, page, visitors, seconds }: VisitOrders): Promise<Visits> {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors })
  const ms: number[] = []
  let trouble: string | null = null
  const before = performance.eventLoopUtilization()
  const started = performance.now()
  const end = started + seconds * 1000
  const visit = async () => {
    while (performance.now() < end && trouble === null) {
      const asked = performance.now()
      const { status, body } = await ask(new URL(page.path, address), cookie, agent)
      ms.push(performance.now() - asked)
      const found = body.split(page.holds).length - 1
      if (status !== 200) trouble = `WRONG ANSWER: ${status} for ${page.path}`
      else if (found !== page.times)
        trouble = `WRONG PAGE: ${found} × ${page.holds} instead of ${page.times} in ${page.path}`
    }
  }
  await Promise.all(Array.from({ length: visitors }, visit))
  const elapsed = performance.now() - started
  const { utilization } = performance.eventLoopUtilization(before)
  agent.destroy()
  if (utilization > busiest)
    trouble ??= `STARVED: the load generator was busy ${Math.round(utilization * 100)} % of the time`
  return { ms, perSecond: (ms.length / elapsed) * 1000, trouble }
}

function ask(url: URL, cookie: string, agent: Agent): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie, accept: 'text/html' } }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
      response.on('error', reject)
    }).on('error', reject)
  })
}
