import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, consortiumFunctions, instances, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { type CastName, cast, TestClock } from '../cast.ts'
import { openSite, type Site } from '../matrix/site.ts'
import { openEditor } from './client.ts'

/** The day that the cast lives: see `castNow`. */
const today = '2027-03-12'

describe('a text that is open at midnight', { timeout: 60_000 }, () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite('pglite', { live: 'at the product’s pace' })
    await endToday()
  })
  afterAll(() => site.close())

  it('[L10] closes within five seconds for those whose right had that day as its last, suppléants with theirs, and nobody else', async () => {
    const leaving = await Promise.all((['membre', 'suppleant', 'copilote2', 'prestataire'] as const).map(open))
    const staying = await Promise.all((['copilote1', 'chef'] as const).map(open))
    setClock('2027-03-12T22:59:59Z')
    await new Promise(resolve => setTimeout(resolve, 5_000))
    expect(leaving.flatMap(({ closings }) => closings)).toEqual([])

    setClock('2027-03-12T23:00:00Z')
    const since = performance.now()
    const closings = await Promise.all(leaving.map(editor => editor.closing()))
    expect(performance.now() - since).toBeLessThan(5_000)
    expect(closings.map(({ code }) => code)).toEqual(leaving.map(() => liveTextClose.notAvailable))
    expect(staying.flatMap(({ closings }) => closings)).toEqual([])
    for (const editor of staying) editor.leave()
  })

  /** By the rows alone: nothing announces that a day ends. */
  async function endToday() {
    const { db } = site.handle
    const [parcours] = await db.select().from(instances).where(eq(instances.slug, 'parcours'))
    for (const name of ['membre', 'copilote2'] as const) {
      await db
        .update(mandates)
        .set({ endsOn: today })
        .where(and(eq(mandates.accountId, await accountIdOf(name)), eq(mandates.instanceId, parcours?.id ?? '')))
    }
    const [held] = await db
      .select()
      .from(consortiumFunctions)
      .where(eq(consortiumFunctions.accountId, await accountIdOf('prestataire')))
    await db
      .update(prestataireAttachments)
      .set({ endsOn: today })
      .where(eq(prestataireAttachments.consortiumFunctionId, held?.id ?? ''))
  }

  async function accountIdOf(name: CastName) {
    const rows = await site.handle.db.select().from(accounts).where(eq(accounts.email, cast[name]))
    return rows[0]?.id ?? ''
  }

  async function open(who: CastName) {
    const editor = openEditor({
      port: Number(new URL(site.address).port),
      text: { minutesId: site.ids.minutes.parcoursRunning, epoch: 1 },
      account: '',
      cookie: site.cookies[who],
      origin: site.address,
    })
    await editor.synced()
    return editor
  }

  function setClock(instant: string) {
    const { clock } = site.context
    if (!(clock instanceof TestClock)) throw new Error('the clock of a test can be set')
    clock.set(new Date(instant))
  }
})
