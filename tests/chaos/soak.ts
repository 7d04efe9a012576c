/**
 * S1 for as long as wanted, on the whole product: one text, 30 people, 5 keys a second each, with carets, who come and go
 * while the text keeps its size: `npm run soak -- --minutes 60 --database postgres`. Each minute it says what the server
 * holds once collected; at the end, whether that is flat, and whether anything was lost.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { line, percentile } from '../load/statistics.ts'
import { Crowd } from './crowd.ts'
import { productStarter } from './product.ts'
import { newStorage, type Storage, type Target } from './target.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    database: { type: 'string', default: 'pglite' },
    people: { type: 'string', default: '30' },
  },
})
const minutes = Number(values.minutes)
if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes}: a number of minutes is expected`)
if (values.database !== 'pglite' && values.database !== 'postgres') {
  throw new Error(`--database ${values.database}: pglite or postgres is expected`)
}
/** A slope means something from this number of samples in the second half. */
const LEAST_SAMPLES = 10
/** Of what is held, in an hour: what a fit of an hour can tell from none. */
const MOST_GROWTH = 0.05

type Sample = { minute: number; heap: number; rss: number; buffers: number; stored: number; text: number; p95: number }

const trouble: string[] = []
const storage = await newStorage(values.database)
try {
  const server = await (await productStarter(storage.env, Number(values.people)))()
  try {
    await soak(server, storage)
    await server.stop()
  } finally {
    await server.kill()
  }
} finally {
  await storage.remove()
}
for (const what of trouble) console.log(what)
if (trouble.length > 0) process.exitCode = 1

async function soak(server: Target, storage: Storage): Promise<void> {
  const crowd = new Crowd(server)
  await crowd.start()
  const samples: Sample[] = []
  // A short trial has samples too.
  const every = Math.min(1, minutes / 12)
  const started = performance.now()
  for (let n = 1; n * every <= minutes + 1e-9; n++) {
    await sleep(started + n * every * 60_000 - performance.now())
    const sample = await take(n * every, server, crowd, storage)
    samples.push(sample)
    console.log(describe(sample, crowd))
  }
  const texts = await crowd.settle()
  const { lost, doubled, keys, due, departures } = crowd
  console.log(
    `${values.database}: ${values.people} people, ${minutes} min, ${keys} keys, ${departures} departures, ` +
      `${lost.length} lost, ${doubled.length} doubled, ${texts} text${texts > 1 ? 's' : ''}`,
  )
  if (lost.length > 0) trouble.push(`LOST: ${lost.slice(0, 20).join(' ')}`)
  if (doubled.length > 0) trouble.push(`DOUBLED: ${doubled.slice(0, 20).join(' ')}`)
  if (texts > 1) trouble.push(`DIVERGED: ${texts} different texts`)
  if (keys < 0.95 * due) trouble.push(`STARVED: ${keys} keys typed of ${due}`)
  judge(samples)
}

async function take(minute: number, server: Target, crowd: Crowd, storage: Storage): Promise<Sample> {
  const { heapUsed, rss, arrayBuffers } = await server.memory()
  const stored = await storage.bytes()
  const p95 = percentile(crowd.takeDelays(), 95)
  return { minute, heap: heapUsed, rss, buffers: arrayBuffers, stored, text: crowd.textBytes, p95 }
}

function describe({ minute, heap, rss, buffers, stored, text, p95 }: Sample, crowd: Crowd): string {
  return [
    `${minute.toFixed(1).padStart(5)} min`,
    `heap ${readable(heap)}`,
    `buffers ${readable(buffers)}`,
    `rss ${readable(rss)}`,
    `database ${readable(stored)}`,
    `text ${readable(text)}`,
    `acknowledged p95 ${p95.toFixed(1)} ms`,
    `${crowd.departures} departures`,
  ].join('  ')
}

/** Of the second half: the first one fills caches and pools. */
function judge(samples: Sample[]): void {
  const half = samples.slice(Math.floor(samples.length / 2))
  for (const what of ['heap', 'rss', 'stored', 'text'] as const) {
    const { slope, error } = line(half.map(sample => [sample.minute, sample[what]]))
    const middle = percentile(
      half.map(sample => sample[what]),
      50,
    )
    const perHour = (slope * 60) / middle
    console.log(
      `${what.padEnd(6)}  ${Math.round(slope)} ± ${Math.round(error)} bytes/min in the second half, ` +
        `${(perHour * 100).toFixed(1)} % of its ${readable(middle)} an hour`,
    )
    if (what === 'heap' && half.length >= LEAST_SAMPLES) {
      const flat = perHour <= MOST_GROWTH
      console.log(flat ? 'memory is flat' : 'memory is NOT flat')
      if (!flat) trouble.push('GROWS: memory is not flat')
    }
  }
  if (half.length < LEAST_SAMPLES) console.log('too short to say whether memory is flat')
}

function readable(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
