import type { Person } from '#server/domain/accounts/administering.ts'
import type { CastDatabase } from '../../cast.ts'

/** Signs somebody in and returns what their requests would carry. @throws when the session does not hold */
export async function personOf(demo: CastDatabase, email: string): Promise<Person & { cookie: string }> {
  const [cookie = ''] = (await demo.services.sessions.open(await demo.accountIdOf(email))).split(';')
  const person = await readPerson(demo, cookie)
  return { ...person, cookie }
}

/** What the next request of a session carries. */
export async function readPerson(demo: CastDatabase, cookie: string): Promise<Person> {
  const person = await demo.services.sessions.accountOf(cookie)
  if (!person) throw new Error('signed out')
  return person
}
