import { sql } from 'drizzle-orm'
import { parseCsv } from 'hucre/csv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DirectoryFilter } from '#server/domain/representation/directory.ts'
import { type CastDatabase, cast, castDatabase, castNames } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { refused } from '../acts.ts'

describe.each(databaseKinds())('the directory, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const directoryOf = async (email: string, filter: DirectoryFilter & { page?: number; everyone?: boolean } = {}) =>
    demo.services.representation.directory(await demo.actorOf(email), filter)

  it('has each person once, with every mandate and function', async () => {
    const { people, total } = await directoryOf(cast.membre, { everyone: true })
    expect(new Set(people.map(person => person.id)).size).toBe(people.length)
    expect(total).toBe(people.length)
    const several = people.find(person => person.familyName === 'Issaly')
    expect(several?.roles.map(role => role.instance?.slug)).toEqual(['strategique', 'national-2'])
    expect(people.find(person => person.familyName === 'Viguier')?.roles[0]?.functionLabel).toBe(
      'Correspondante de la CAF',
    )
    // Those who have left, those to come, and the invité of one meeting are not of it.
    for (const email of [cast.ancien, cast.futur, cast.invite]) {
      expect(people.map(person => person.id)).not.toContain(await demo.accountIdOf(email))
    }
  })

  it.each(castNames)(
    '[H4] shows %s the addresses of own bodies alone, whatever the page, the file or the line',
    async name => {
      const actor = await demo.actorOf(cast[name])
      if (!actor.functions.length && !actor.mandateIds.length) return
      const directory = await directoryOf(cast[name], { everyone: true }).catch(() => null)
      if (directory === null) return
      const rows = await demo.handle.rows<{ id: string; email: string; shared: boolean }>(
        sql`select a.id, a.email, exists (select 1 from mandates m where m.account_id = a.id and m.function <> 'invite'
          and m.starts_on <= ${actor.today} and (m.ends_on is null or m.ends_on >= ${actor.today})
          and m.instance_id::text = any(string_to_array(${actor.ownBodies.join(',')}, ','))) as shared from accounts a`,
      )
      const known = new Map(rows.map(row => [row.id, row]))
      const readsAll = actor.functions.includes('chef_de_projet')
      for (const person of directory.people) {
        const row = known.get(person.id)
        expect(person.contact?.email ?? null, person.name).toBe(readsAll || row?.shared ? row?.email : null)
      }
      const seen = directory.people.flatMap(person => (person.contact ? [person.contact.email] : []))
      const addresses = await demo.services.representation.directoryAddresses(actor, {})
      expect(addresses.emails).toEqual(seen)
      expect(addresses.hidden).toBe(directory.people.length - seen.length)
      const file = await demo.services.representation.directoryFile(actor, { format: 'csv' })
      const lines = parseCsv(new TextDecoder().decode(file.bytes), { delimiter: ';' })
      expect(lines.slice(1).flatMap(line => (line[5] ? [line[5]] : []))).toEqual(seen)
    },
  )

  it('finds without accents or capitals, by name or quality, in an institution or an instance', async () => {
    const found = async (filter: DirectoryFilter) =>
      (await directoryOf(cast.membre, filter)).people.map(person => person.familyName)
    expect(await found({ words: 'ESTEVE marianne' })).toEqual(['Estève'])
    expect(await found({ words: 'oules' })).toEqual(['Oulès'])
    expect(await found({ words: '100%' })).toEqual([])
    expect(await found({ words: '\u0000' })).not.toEqual([])
    const restricted = await directoryOf(cast.membre, { instance: 'restreint' })
    expect(restricted.people.every(({ roles }) => roles.some(role => role.instance?.slug === 'restreint'))).toBe(true)
    expect(restricted.instances.find(({ slug }) => slug === 'restreint')?.people).toBe(restricted.total)
    expect(await found({ organisation: 'caf', instance: 'restreint' })).toEqual(['Theron'])
    expect(await found({ organisation: 'nulle-part' })).toEqual([])
    expect(await found({ organisation: 'département\u0000' })).toEqual([])
  })

  it('does not search what one may not see', async () => {
    expect((await directoryOf(cast.membreOffre, { words: 'president.institutionnel' })).total).toBe(0)
  })

  it('comes by pages of fifty', async () => {
    const first = await directoryOf(cast.membre)
    const second = await directoryOf(cast.membre, { page: 2 })
    expect(first.people).toHaveLength(50)
    expect(first.total).toBe(second.total)
    expect(first.people.length + second.people.length).toBe(first.total)
    expect(second.people.map(({ id }) => id)).not.toContain(first.people[0]?.id)
  })

  it('[H2] is for members', async () => {
    await refused(directoryOf(cast.invite), 404)
  })
})
