import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { accounts, sessions } from '#db/schema/index.ts'
import { createSessionStore } from '#server/sessions/lucia.ts'
import { newAccount } from '../collaboration/fixture.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'

describe.each(databaseKinds())('sessions on %s', kind => {
  let handle: DatabaseHandle
  beforeAll(async () => {
    handle = await testDatabase(kind)
  })
  afterAll(() => handle.close())

  it('[L10] tells which of many sessions still hold: not the ended, the expired, or those of a suspended account', async () => {
    const { db } = handle
    const store = createSessionStore(db)
    const opened = async () => {
      const accountId = await newAccount(db, 'Nadia')
      const token = await store.create(accountId)
      const session = await store.read(token)
      return { accountId, token, sessionId: session?.sessionId ?? '' }
    }
    const [held, ended, expired, suspended] = [await opened(), await opened(), await opened(), await opened()]
    await store.end(ended.token)
    await db
      .update(sessions)
      .set({ expiresAt: new Date(0) })
      .where(eq(sessions.id, expired.sessionId))
    await db.update(accounts).set({ suspendedAt: new Date() }).where(eq(accounts.id, suspended.accountId))

    const asked = [held, ended, expired, suspended].map(({ sessionId }) => sessionId)
    expect(await store.stillOpen([...asked, 'unknown'])).toEqual(new Set([held.sessionId]))
  })

  it('ends ninety days after signing in, however often it is used', async () => {
    const { db } = handle
    const store = createSessionStore(db)
    const token = await store.create(await newAccount(db, 'Nadia'))
    const days = (count: number) => new Date(Date.now() + count * 24 * 3600_000)
    const used = async (signedInOn: Date) => {
      await db.update(sessions).set({ createdAt: signedInOn, expiresAt: days(1) })
      const session = await store.read(token)
      const [row] = await db
        .select()
        .from(sessions)
        .where(eq(sessions.id, session?.sessionId ?? ''))
      return row?.expiresAt.getTime()
    }
    expect(await used(days(-60))).toBeCloseTo(days(14).getTime(), -5)
    expect(await used(days(-88))).toBeCloseTo(days(2).getTime(), -5)
  })
})
