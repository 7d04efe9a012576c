import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, outgoingMails } from '#db/schema/index.ts'
import { type CastDatabase, cast, castDatabase } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { refused } from '../acts.ts'
import { leaving } from './people.ts'

/** Without `SMTP_URL`, the link of an invitation opens the whole account to whoever reads it first. */
describe.each(databaseKinds())('[H36] an invitation handed over by a chef de projet, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  /** Makes somebody an observateur, as the chef de projet of a consortium does. */
  const designate = async (email: string, consortium: 'tarn' | 'var') => {
    const chef = await demo.actorOf(consortium === 'tarn' ? cast.chef : cast.chefVar)
    const { accountId } = await demo.services.mandates.giveFunction(chef, {
      person: { email, givenName: 'Xavière', familyName: 'Delpech' },
      function: 'observateur',
      functionLabel: consortium === 'tarn' ? 'Observatrice du Tarn' : 'Observatrice du Var',
      civilite: 'madame',
      qualite: 'chargée de mission',
      organisationId: null,
      startsOn: '2027-03-12',
      endsOn: null,
    })
    return { chef, accountId, mailId: await invitationOf(accountId, chef.consortiumId) }
  }
  const invitationOf = async (accountId: string, consortiumId: string) => {
    const [mail] = await demo.handle.db
      .select({ id: outgoingMails.id })
      .from(outgoingMails)
      .where(and(eq(outgoingMails.accountId, accountId), eq(outgoingMails.consortiumId, consortiumId)))
    return mail?.id ?? ''
  }
  const tokenIn = (text: string) => /\/invitation\/([\w-]+)/.exec(text)?.[1] ?? ''
  const show = (token: string) => demo.services.accounts.invitationPage(token)

  it('is not shown to the chef de projet of one consortium when another one knows the account', async () => {
    const { mails } = demo.services
    await designate('deux.consortiums@albi.test', 'tarn')
    const theirs = await designate('deux.consortiums@albi.test', 'var')
    expect(theirs.mailId).not.toBe('')
    expect(await mails.mailPage(theirs.chef, theirs.mailId)).toMatchObject({ copiable: false, reserved: true })
    await refused(mails.mailToCopy(theirs.chef, theirs.mailId), 403, /Seul un administrateur/)
    await refused(mails.markHandedOver(theirs.chef, theirs.mailId), 403, /Seul un administrateur/)
  })

  it('serves no more once another consortium designates the person: who holds it would become them there too', async () => {
    const { mails } = demo.services
    const first = await designate('invitee.deux.fois@albi.test', 'tarn')
    const token = tokenIn((await mails.mailToCopy(first.chef, first.mailId)).text)
    expect(await show(token)).not.toBeNull()
    await designate('invitee.deux.fois@albi.test', 'var')
    expect(await show(token)).toBeNull()
    await refused(mails.mailToCopy(first.chef, first.mailId), 403)
  })

  it('still serves when the same consortium gives the person something else', async () => {
    const { mails, mandates } = demo.services
    const { chef, mailId } = await designate('une.fois@albi.test', 'tarn')
    const token = tokenIn((await mails.mailToCopy(chef, mailId)).text)
    await mails.markHandedOver(chef, mailId)
    await mandates.giveFunction(chef, {
      person: { email: 'une.fois@albi.test', givenName: '', familyName: '' },
      function: 'chef_de_projet',
      functionLabel: '',
      civilite: 'madame',
      qualite: 'chargée de mission',
      organisationId: null,
      startsOn: '2027-03-12',
      endsOn: null,
    })
    expect(await show(token)).not.toBeNull()
  })

  it('is not shown for an administrateur', async () => {
    const { chef, accountId, mailId } = await designate('nommee@albi.test', 'tarn')
    await demo.handle.db.update(accounts).set({ isAdministrateur: true }).where(eq(accounts.id, accountId))
    await refused(demo.services.mails.mailToCopy(chef, mailId), 403, /Seul un administrateur/)
  })

  it('names the consortium that sends it, and what the person does there, of no other', async () => {
    const { accountId } = await designate('deux.roles@albi.test', 'tarn')
    await designate('deux.roles@albi.test', 'var')
    const words = JSON.stringify(await leaving(demo, accountId, 'invitation'))
    expect(words).toContain('Observatrice du Var')
    expect(words).not.toMatch(/Tarn/)
  })
})
