import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { createLog } from '#server/log.ts'
import { quietContext } from '#server/quiet-context.ts'
import { createSignIn } from '#server/sessions/sign-in.ts'
import { databaseKinds, testDatabase } from '../setup/database.ts'

const { hashed } = vi.hoisted(() => ({ hashed: vi.fn() }))

vi.mock('#server/sessions/passwords.ts', async importOriginal => {
  const original = await importOriginal<typeof import('#server/sessions/passwords.ts')>()
  return {
    ...original,
    passwordMatches: (...args: Parameters<typeof original.passwordMatches>) => {
      hashed()
      return original.passwordMatches(...args)
    },
  }
})

describe.each(databaseKinds())('signing in, on %s', kind => {
  let handle: DatabaseHandle
  beforeAll(async () => {
    handle = await testDatabase(kind)
  })
  afterAll(() => handle.close())

  it('costs no hash once tries are used up: whoever insists does not slow the others down', async () => {
    hashed.mockClear()
    const log = createLog({ level: 'silent', readable: false })
    const signIn = createSignIn(quietContext({ db: handle.db, clock: { now: () => new Date() }, log }))
    const answers: unknown[] = []
    for (let n = 0; n < 12; n += 1) {
      answers.push(await signIn({ email: 'nadia@tarn.test', password: 'non', address: '10.0.0.1' }))
    }
    expect(answers).toEqual(answers.map(() => null))
    expect(hashed).toHaveBeenCalledTimes(5)
  })
})
