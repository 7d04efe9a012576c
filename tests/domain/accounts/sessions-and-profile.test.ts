import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { NotFound } from '#server/errors.ts'
import { describeDevice } from '#server/sessions/device.ts'
import { type CastDatabase, cast, castDatabase } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { personOf } from './people.ts'

describe.each(databaseKinds())('one’s own sessions and profile, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const address = '10.0.0.1'

  it('lists one’s own sessions, ends one or all the others, and asks open texts again', async () => {
    const { accounts, sessions } = demo.services
    const recheck = vi.fn()
    demo.context.live = { ...demo.context.live, recheck }
    const [here, one, another] = await Promise.all([1, 2, 3].map(() => personOf(demo, cast.copilote1)))
    const stranger = await personOf(demo, cast.copilote2)
    if (!here || !one || !another) throw new Error('three sessions')
    const listed = await accounts.ownSessions(here)
    expect(listed.map(({ id }) => id).toSorted()).toEqual(
      [here, one, another].map(({ sessionId }) => sessionId).toSorted(),
    )
    expect(listed[0]).toMatchObject({ id: here.sessionId, isThisOne: true, since: demo.clock.now() })
    await expect(accounts.endOwnSession(here, { sessionId: stranger.sessionId, address })).rejects.toThrow(NotFound)
    await accounts.endOwnSession(here, { sessionId: one.sessionId, address })
    expect(await sessions.accountOf(one.cookie)).toBeNull()
    expect(await accounts.endOtherSessions(here, { address })).toBe(1)
    expect(await sessions.accountOf(another.cookie)).toBeNull()
    expect(await sessions.accountOf(here.cookie)).not.toBeNull()
    expect(await sessions.accountOf(stranger.cookie)).not.toBeNull()
    expect(recheck).toHaveBeenCalledTimes(2)
  })

  it('says what each mandate or function lets one do, from the rules', async () => {
    const gives = async (email: string) => {
      const page = await demo.services.accounts.profilePage(await personOf(demo, email))
      return page.rights.map(right => right.gives)
    }
    const [president = []] = await gives(cast.presidentStrategique)
    expect(president).toContain('consigner le résultat de la décision')
    const [member = []] = await gives(cast.membre)
    expect(member).toContain('lire le compte rendu')
    expect(member).not.toContain('valider le compte rendu')
    expect(member).not.toContain('consigner le résultat de la décision')
    const [copilote = []] = await gives(cast.copilote1)
    expect(copilote).toContain('valider le compte rendu')
    const [correspondant = []] = await gives(cast.correspondantCaf)
    expect(correspondant).toContain('proposer un représentant de la structure, ou la fin de son mandat')
    // What has not begun gives nothing yet.
    expect(await gives(cast.futur)).toEqual([[]])
  })

  it('keeps past mandates apart, with their dates and the institution as it was then called', async () => {
    const { past, rights } = await demo.services.accounts.profilePage(await personOf(demo, cast.ancien))
    expect(rights).toEqual([])
    expect(past).toMatchObject([
      { functionLabel: 'Membre', endsOn: expect.stringMatching(/^20\d\d-/), opensInstance: false, gives: [] },
    ])
    expect(past[0]?.organisation).toBeTruthy()
    const current = await demo.services.accounts.profilePage(await personOf(demo, cast.membre))
    expect(current.past).toEqual([])
  })

  it('corrects one’s own name and telephone', async () => {
    const person = await personOf(demo, cast.membre)
    const form = { givenName: 'Élodie', familyName: 'Marty', phone: '' }
    await demo.services.accounts.editProfile(person, form)
    const page = await demo.services.accounts.profilePage(person)
    expect(page).toMatchObject({ givenName: 'Élodie', familyName: 'Marty', phone: null, email: cast.membre })
  })
})

describe('a device, as its person recognizes it', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox sur Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari sur iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge sur Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML) Chrome/140.0 Mobile Safari/537.36',
      'Chrome sur Android',
    ],
    ['curl/8', 'Appareil inconnu'],
    [null, 'Appareil inconnu'],
  ])('%s', (said, shown) => {
    expect(describeDevice(said)).toBe(shown)
  })
})
