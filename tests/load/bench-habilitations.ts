/**
 * What habilitations cost a list: the 50 newest of 100,000 things that a person may read, among 2,000 people and 60
 * instances, against the 50 newest of all, in one run that alternates the two: `npm run bench:habilitations`. Documents do
 * not exist yet: minutes, published or not, stand for them. The rights of the person, loaded once a request, are apart.
 */
import { parseArgs } from 'node:util'
import { and, desc, eq } from 'drizzle-orm'
import postgres from 'postgres'
import { type Database, type DatabaseHandle, type DatabaseKind, openDatabase } from '#db/client.ts'
import { first } from '#db/lists.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { instances, meetings, minutes } from '#db/schema/index.ts'
import { type Actor, loadActor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { fillManyMinutes, instanceCount, minutesCount, peopleCount } from './many-minutes.ts'
import { againstGoal, median, percentile } from './statistics.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    only: { type: 'string', default: 'pglite,postgres' },
  },
})
const POSTGRES = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const goal = 1.5
const page = 50
const rounds = Number(values.rounds)

/** The newest page of a list, as lists of the product are asked for: of what the person may read, or of everything. */
const newest = listsFor((db, actor, _given: Record<string, never>, readable: boolean) => ({
  rows: db
    .select({ facts: columnsOf.minutes, title: meetings.title, startsAt: meetings.startsAt, body: instances.shortName })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(minutes, eq(minutes.meetingId, meetings.id))
    .where(
      and(eq(meetings.consortiumId, actor.consortiumId), readable ? visibleTo(actor, 'minutes', 'read') : undefined),
    )
    .orderBy(desc(meetings.startsAt), desc(meetings.id))
    .limit(first(page)),
}))

console.log(`${minutesCount} comptes rendus, ${peopleCount} personnes, ${instanceCount} instances, page de ${page}`)
for (const kind of ['pglite', 'postgres'] as const) {
  if (!values.only.split(',').includes(kind)) continue
  const opened = await open(kind).catch((error: Error) => {
    console.log(`\n${kind}: not available (${error.message})`)
    return null
  })
  if (!opened) continue
  try {
    await measure(kind, opened.handle)
  } finally {
    await opened.handle.close()
    await opened.forget()
  }
}

async function measure(kind: DatabaseKind, handle: DatabaseHandle): Promise<void> {
  const { consortiumId, sorts } = await fillManyMinutes(handle)
  console.log(`\n${kind}`)
  const ratios: number[] = []
  for (const [name, accountId] of Object.entries(sorts)) {
    const actor = await loadActor(handle.db, { accountId, consortiumId, now: new Date() })
    const [filtered, unfiltered]: [number[], number[]] = [[], []]
    let found = 0
    for (let round = -20; round < rounds; round++) {
      // Each goes first as often as the other.
      const order = round % 2 === 0 ? ([true, false] as const) : ([false, true] as const)
      for (const readable of order) {
        const started = performance.now()
        const { rows } = await newest(handle.db, actor, {}, readable)
        const took = performance.now() - started
        if (round < 0) continue
        if (readable) found = rows.length
        ;(readable ? filtered : unfiltered).push(took)
      }
    }
    await verify(handle.db, actor, found)
    const [mine, all] = [median(filtered), median(unfiltered)]
    ratios.push(mine / all)
    console.log(
      `  ${name.padEnd(40)} ${String(found).padStart(2)} lus  p50 ${mine.toFixed(2)} ms / ${all.toFixed(2)} ms  p95 ${percentile(filtered, 95).toFixed(2)} ms / ${percentile(unfiltered, 95).toFixed(2)} ms  ${againstGoal(mine, all, goal)}`,
    )
  }
  console.log(`  worst ${Math.max(...ratios).toFixed(2)} ×, median ${median(ratios).toFixed(2)} ×`)
}

/** What is listed is what the rules let read, and a short page is all there is. */
async function verify(db: Database, actor: Actor, found: number): Promise<void> {
  const { rows } = await newest(db, actor, {}, true)
  for (const { facts } of rows) if (!can(actor, 'minutes', 'read', facts)) throw new Error('listed, and not readable')
  const { rows: everything } = await newest(db, actor, {}, false)
  const expected = everything.filter(({ facts }) => can(actor, 'minutes', 'read', facts))
  const ids = rows.map(({ facts }) => facts.meetingId)
  if (expected.some(({ facts }, rank) => facts.meetingId !== ids[rank])) throw new Error('a newer one is missing')
  if (found !== rows.length) throw new Error('the list changed')
}

async function open(kind: DatabaseKind): Promise<{ handle: DatabaseHandle; forget(): Promise<void> }> {
  if (kind === 'pglite') {
    const handle = await openDatabase({})
    await migrateDatabase(handle)
    return { handle, forget: async () => {} }
  }
  const name = `bench_habilitations_${process.pid}`
  await onServer(server => server.unsafe(`create database "${name}"`))
  const url = new URL(POSTGRES)
  url.pathname = `/${name}`
  const handle = await openDatabase({ databaseUrl: url.href })
  await migrateDatabase(handle)
  return { handle, forget: () => onServer(server => server.unsafe(`drop database "${name}"`)) }
}

async function onServer(work: (server: postgres.Sql) => Promise<unknown>): Promise<void> {
  const server = postgres(POSTGRES, { max: 1, onnotice: () => {} })
  try {
    await work(server)
  } finally {
    await server.end({ timeout: 1 })
  }
}
