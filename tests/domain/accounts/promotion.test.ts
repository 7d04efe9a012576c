import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts, consortiumFunctions } from '#db/schema/index.ts'
import { authenticate } from '#server/collaboration/authenticate.ts'
import { createAdministrateur } from '#server/domain/administration/create-administrateur.ts'
import { replacePassword } from '#server/sessions/replace-password.ts'
import { EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'
import { liveTextClose } from '#server/vocabulary/live-texts.ts'
import { type CastDatabase, cast, castDatabase, castNow, castPassword } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { invited, leaving, personOf, secretOf } from './people.ts'

const short = 'Xk4$9qLm2#vT'
const long = 'cerisier horloge tambour granit'

describe.each(databaseKinds())('a password, when its person is given wide powers, on %s', { timeout: 60_000 }, kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  }, 120_000)
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  /** Somebody who chose this password while a membre. */
  const memberWith = async (email: string, password: string) => {
    const accountId = await invited(demo, email)
    const token = secretOf(await leaving(demo, accountId, 'invitation'))
    await demo.services.accounts.acceptInvitation({ token, password, address: '10.0.0.1' })
    return accountId
  }
  const promote = async (email: string, startsOn = '2027-03-12') => {
    const { functionId } = await demo.services.mandates.giveFunction(await demo.actorOf(cast.chef), {
      person: { email, givenName: '', familyName: '' },
      function: 'chef_de_projet',
      functionLabel: '',
      civilite: 'madame',
      qualite: 'chargée de mission',
      organisationId: null,
      startsOn,
      endsOn: null,
    })
    return functionId
  }
  /** Signs in and says whether another password is asked for first. */
  const asked = async (email: string, password: string) => {
    const signedIn = await demo.services.sessions.signIn({ email, password, address: '10.0.0.1' })
    expect(signedIn).not.toBeNull()
    return (await personOf(demo, email)).mustChangePassword
  }

  it('chosen for a membre, is replaced by who has become chef de projet, and not before', async () => {
    await memberWith(cast.membre, short)
    expect(await asked(cast.membre, short)).toBe(false)
    const functionId = await promote(cast.membre)
    expect(await asked(cast.membre, short)).toBe(true)

    const person = await personOf(demo, cast.membre)
    expect(await demo.services.accounts.passwordPage(person)).toMatchObject({ passwordLength: 16, mustChange: true })
    await demo.services.accounts.changePassword(person, { current: short, password: long, address: '10.0.0.1' })
    expect(await asked(cast.membre, long)).toBe(false)
    expect(await demo.services.accounts.passwordPage(await personOf(demo, cast.membre))).toMatchObject({
      mustChange: false,
    })
    await demo.handle.db.delete(consortiumFunctions).where(eq(consortiumFunctions.id, functionId))
  })

  it('is not replaced until the function begins, in Paris', async () => {
    await memberWith(cast.copilote1, short)
    await promote(cast.copilote1, '2027-03-13')
    expect(await asked(cast.copilote1, short)).toBe(false)
    demo.clock.set(new Date('2027-03-12T23:00:00Z'))
    expect(await asked(cast.copilote1, short)).toBe(true)
  })

  it('long enough from the first is kept', async () => {
    await memberWith(cast.copilote2, long)
    await promote(cast.copilote2)
    expect(await asked(cast.copilote2, long)).toBe(false)
  })

  it('chosen before the product kept whether it is long enough, is known at the next sign-in', async () => {
    const forget = (accountId: string) =>
      demo.handle.db.update(accounts).set({ passwordFitsPowers: null }).where(eq(accounts.id, accountId))
    await forget(await memberWith(cast.suppleant, short))
    await promote(cast.suppleant)
    expect((await personOf(demo, cast.suppleant)).mustChangePassword).toBe(false)
    expect(await asked(cast.suppleant, short)).toBe(true)
    await forget(await demo.accountIdOf(cast.chef))
    expect(await asked(cast.chef, castPassword)).toBe(false)
  })

  it('of who is named administrateur is replaced too; one that the operator gives will do', async () => {
    const email = cast.ancien
    const accountId = await demo.accountIdOf(email)
    await demo.handle.db.update(accounts).set({ passwordFitsPowers: false }).where(eq(accounts.id, accountId))
    expect((await personOf(demo, email)).mustChangePassword).toBe(false)
    await createAdministrateur(demo.context, { email, givenName: '', familyName: '', password: long })
    expect((await personOf(demo, email)).mustChangePassword).toBe(true)
    await replacePassword(demo.context, { email, password: long })
    expect((await personOf(demo, email)).mustChangePassword).toBe(false)
  })

  it('opens no live text until it is replaced', async () => {
    const { cookie } = await personOf(demo, cast.suppleant)
    const request = {
      name: 'minutes.x.1',
      query: new URLSearchParams({ schema: String(EDITOR_SCHEMA_VERSION) }),
      cookie,
    }
    const { sessions, liveAccess: access } = demo.services
    expect(await authenticate(request, { sessions, access })).toEqual({ refused: liveTextClose.notSignedIn })
  })

  it('shared by the cast of the demonstration does for all of them', async () => {
    for (const email of [cast.administrateur, cast.chefVar]) expect(await asked(email, castPassword)).toBe(false)
  })
})
