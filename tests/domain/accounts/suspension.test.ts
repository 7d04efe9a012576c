import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountLinks, outgoingMails, securityLog } from '#db/schema/index.ts'
import { Conflict, NotFound, VerificationNeeded } from '#server/errors.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { type CastDatabase, cast, castDatabase } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { personOf } from './people.ts'

describe.each(databaseKinds())('suspending an account, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  it('ends its sessions, its links and its mail at once; restoring it gives none of them back', async () => {
    const { services, context, handle } = demo
    const administrateur = await personOf(demo, cast.administrateur)
    const accountId = await demo.accountIdOf(cast.membre)
    const member = await personOf(demo, cast.membre)
    const at = demo.clock.now()
    await handle.db.insert(accountLinks).values({
      id: 'a-link',
      accountId,
      purpose: 'mot_de_passe',
      createdAt: at,
      expiresAt: new Date(at.getTime() + 3_600_000),
    })
    const mailId = await handle.db.transaction(tx =>
      writeMail(context, tx, { kind: 'mot_de_passe', accountId, consortiumId: null }),
    )

    await services.accounts.suspendAccount(administrateur, { accountId, address: '10.0.0.1' })

    expect(await services.sessions.stillOpen([member.sessionId])).toEqual(new Set())
    expect(await handle.db.select().from(accountLinks).where(eq(accountLinks.accountId, accountId))).toEqual([])
    const [mail] = await handle.db.select().from(outgoingMails).where(eq(outgoingMails.id, mailId))
    expect(mail).toMatchObject({ state: 'abandonne', abandonReason: 'compte_suspendu' })
    const suspended = and(eq(securityLog.accountId, accountId), eq(securityLog.event, 'compte_suspendu'))
    const [line] = await handle.db.select().from(securityLog).where(suspended)
    expect(line).toMatchObject({ by: administrateur.accountId, address: '10.0.0.1' })

    await expect(services.accounts.suspendAccount(administrateur, { accountId })).rejects.toThrow(Conflict)
    await services.accounts.restoreAccount(administrateur, { accountId })
    await expect(services.accounts.restoreAccount(administrateur, { accountId })).rejects.toThrow(Conflict)
    expect(await services.sessions.stillOpen([member.sessionId])).toEqual(new Set())
    await personOf(demo, cast.membre)
  })

  it('is for an administrateur alone, who may not suspend themselves', async () => {
    const { services } = demo
    const accountId = await demo.accountIdOf(cast.membre)
    const chef = await personOf(demo, cast.chef)
    await expect(services.accounts.suspendAccount(chef, { accountId })).rejects.toThrow(NotFound)
    await expect(services.accounts.restoreAccount(chef, { accountId })).rejects.toThrow(NotFound)
    const administrateur = await personOf(demo, cast.administrateur)
    const own = { accountId: administrateur.accountId }
    await expect(services.accounts.suspendAccount(administrateur, own)).rejects.toThrow(Conflict)
    for (const id of ['', 'nobody', '00000000-0000-4000-8000-0000000000ff']) {
      await expect(services.accounts.suspendAccount(administrateur, { accountId: id })).rejects.toThrow(NotFound)
    }
  })

  it('asks a strong second factor where the deployment requires it', async () => {
    const { context, services } = demo
    Object.assign(context.settings, { secondFactor: 'required' })
    const administrateur = await personOf(demo, cast.administrateur)
    const accountId = await demo.accountIdOf(cast.membre)
    await expect(services.accounts.suspendAccount(administrateur, { accountId })).rejects.toThrow(VerificationNeeded)
    const rights = { ...administrateur.rights, verification: 'courriel' as const }
    const byMail = services.accounts.suspendAccount({ ...administrateur, rights }, { accountId })
    await expect(byMail).rejects.toThrow(VerificationNeeded)
    Object.assign(context.settings, { secondFactor: 'offered' })
  })
})
