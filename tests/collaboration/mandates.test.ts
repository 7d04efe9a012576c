import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, consortiumFunctions, instances, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { consortiumIdOf } from '#server/habilitations/load-facts.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { cast, castNow } from '../cast.ts'
import { openSite, type Site } from '../matrix/site.ts'
import { openEditor } from './client.ts'

const now = { when: 'maintenant' as const, lastDay: null }

describe('a text that is open when the right to it ends', { timeout: 60_000 }, () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite('pglite', { live: true })
  })
  afterAll(() => site.close())

  const chef = async () => {
    const { db } = site.handle
    const [account] = await db.select().from(accounts).where(eq(accounts.email, cast.chef))
    const consortiumId = await consortiumIdOf(db, 'tarn')
    return loadActor(db, { accountId: account?.id ?? '', consortiumId, now: castNow })
  }
  const accountIdOf = async (email: string) =>
    (await site.handle.db.select().from(accounts).where(eq(accounts.email, email)))[0]?.id ?? ''
  const open = async (who: 'copilote1' | 'membre' | 'prestataire' | 'copilote2') => {
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
  const parcours = async () => {
    const rows = await site.handle.db.select().from(instances).where(eq(instances.slug, 'parcours'))
    return rows[0]?.id ?? ''
  }

  it('[H34] [L10] closes for whose mandate ends, and stays open for the others', async () => {
    const [leaving, staying] = [await open('copilote2'), await open('copilote1')]
    const [mandate] = await site.handle.db
      .select()
      .from(mandates)
      .where(and(eq(mandates.accountId, await accountIdOf(cast.copilote2)), eq(mandates.instanceId, await parcours())))
    await site.services.mandates.endMandate(await chef(), { mandateId: mandate?.id ?? '', ...now })
    expect((await leaving.closing()).code).toBe(liveTextClose.notAvailable)
    expect(staying.closings).toEqual([])
    staying.leave()
  })

  it('[H34] [L10] closes for the prestataire who is detached', async () => {
    const editor = await open('prestataire')
    const [row] = await site.handle.db
      .select({ id: prestataireAttachments.id })
      .from(prestataireAttachments)
      .innerJoin(consortiumFunctions, eq(consortiumFunctions.id, prestataireAttachments.consortiumFunctionId))
      .where(
        and(
          eq(consortiumFunctions.accountId, await accountIdOf(cast.prestataire)),
          eq(prestataireAttachments.instanceId, await parcours()),
        ),
      )
    await site.services.mandates.detachPrestataire(await chef(), { attachmentId: row?.id ?? '', ...now })
    expect((await editor.closing()).code).toBe(liveTextClose.notAvailable)
  })

  it('[H34] [L10] closes for who is taken out of the consortium', async () => {
    const editor = await open('membre')
    await site.services.people.removePerson(await chef(), { accountId: await accountIdOf(cast.membre), ...now })
    expect((await editor.closing()).code).toBe(liveTextClose.notAvailable)
  })
})
