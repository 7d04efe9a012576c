import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journal } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import { writeJournal } from '#server/journal.ts'
import { journalVerbLabels } from '#server/vocabulary/journal.ts'
import { type CastDatabase, type CastName, cast, castDatabase, castNames } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'

describe.each(databaseKinds())('the journal on %s', kind => {
  let world: CastDatabase
  beforeAll(async () => {
    world = await castDatabase(kind)
  })
  afterAll(() => world.close())

  const page = async (who: CastName, filter = {}) =>
    world.services.journal.journalPage(await world.actorOf(cast[who]), filter)

  it('[H35] is read by the chef de projet alone, and not there for anybody else', async () => {
    const actor = await world.actorOf(cast.chef)
    for (const who of castNames.filter(name => name !== 'chef')) {
      const other = await world.actorOf(cast[who], 'tarn')
      await expect(world.services.journal.journalPage(other), who).rejects.toThrow(NotFound)
      await expect(world.services.journal.journalFile(other, { format: 'csv' }), who).rejects.toThrow(NotFound)
    }
    expect((await world.services.journal.journalPage(actor)).entries.length).toBeGreaterThan(0)
  })

  it('[H35] shows the own consortium only: neither the neighbour’s lines, nor its people, nor those of accounts', async () => {
    const [tarn, other] = [await page('chef'), await page('chefVar')]
    const ids = new Set(tarn.entries.map(({ id }) => id))
    expect(other.entries.filter(({ id }) => ids.has(id))).toEqual([])
    expect(tarn.people.map(({ name }) => name)).not.toContain('Fabrice Aubanel')
    expect(tarn.verbs).not.toContain('sign_in')
  })

  it('names who did it and what it was done to, with the page of the thing', async () => {
    const { entries } = await page('chef', { verb: 'minutes.validate' })
    expect(entries.length).toBeGreaterThan(0)
    for (const { person, subject } of entries) {
      expect(person).toMatch(/^\p{Lu}/u)
      expect(subject).toMatchObject({
        kind: 'minutes',
        label: expect.stringMatching(/, \d/),
        path: `comptes-rendus/${subject.id}`,
      })
    }
  })

  it('narrows by person, verb, kind, thing and days', async () => {
    const all = await page('chef')
    const one = all.entries[0]
    const person = all.people.find(({ name }) => name === one?.person)
    const filters = [
      { accountId: person?.accountId },
      { verb: one?.verb },
      { subjectKind: one?.subject.kind },
      { subjectKind: one?.subject.kind, subjectId: one?.subject.id },
    ]
    for (const filter of filters) {
      const { entries } = await page('chef', filter)
      expect(entries.map(({ id }) => id)).toContain(one?.id)
      for (const entry of entries) {
        if (filter.accountId) expect(entry.person).toBe(one?.person)
        if (filter.verb) expect(entry.verb).toBe(one?.verb)
        if (filter.subjectKind) expect(entry.subject.kind).toBe(one?.subject.kind)
        if ('subjectId' in filter) expect(entry.subject.id).toBe(one?.subject.id)
      }
    }
    expect((await page('chef', { until: '2020-01-01' })).entries).toEqual([])
    expect((await page('chef', { from: '2027-03-13' })).entries).toEqual([])
    expect((await page('chef', { accountId: 'personne', from: 'hier' })).entries).toEqual([])
  })

  it('goes from page to page without losing or repeating a line', async () => {
    const { consortiumId } = await world.actorOf(cast.chefVar)
    const at = new Date('2027-03-12T12:00:00Z')
    for (let line = 0; line < 120; line++) {
      await writeJournal(world.handle.db, {
        consortiumId,
        at,
        by: null,
        verb: 'meeting.edit',
        subjectKind: 'meeting',
        subjectId: 'x',
      })
    }
    const total = await world.handle.db.$count(journal, sql`consortium_id = ${consortiumId}`)
    const seen: number[] = []
    let next: string | null = null
    let last = await page('chefVar')
    for (;;) {
      seen.push(...last.entries.map(({ id }) => id))
      next = last.next
      if (next === null) break
      last = await page('chefVar', { after: next })
    }
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => other - one))
    expect(seen.length).toBe(total)
    const back = await page('chefVar', { before: last.previous ?? '' })
    expect(back.entries.map(({ id }) => id)).toEqual(seen.slice(-50 - last.entries.length, -last.entries.length))
  })

  it('goes away as a file, with the filters in force and no formula that anybody typed', async () => {
    const actor = await world.actorOf(cast.chef)
    const file = await world.services.journal.journalFile(actor, { format: 'csv', verb: 'minutes.validate' })
    const lines = new TextDecoder().decode(file.bytes).trim().split('\r\n')
    expect(lines[0]).toContain('Date;Qui;Acte;Détail;Sorte;Objet')
    expect(lines.length - 1).toBe((await page('chef', { verb: 'minutes.validate' })).entries.length)
    expect(lines[1]).toContain('a validé le compte rendu')
    for (const format of ['xlsx', 'ods'] as const) {
      const { bytes } = await world.services.journal.journalFile(actor, { format })
      expect(new TextDecoder().decode(bytes.subarray(0, 2))).toBe('PK')
    }
  })

  it('cannot be changed, shortened or emptied, whoever asks the database', async () => {
    const { db } = world.handle
    for (const statement of [
      sql`update journal set verb = 'rien'`,
      sql`update journal set by = null where id = (select min(id) from journal)`,
      sql`delete from journal`,
      sql`delete from journal where id = (select max(id) from journal)`,
      sql`truncate journal`,
      sql`truncate journal cascade`,
    ]) {
      await expect(db.execute(statement)).rejects.toThrow()
    }
    expect(await db.$count(journal)).toBeGreaterThan(100)
  })

  it('has words for every verb that the demonstration has lived', async () => {
    const rows = await world.handle.db.selectDistinct({ verb: journal.verb }).from(journal)
    const known = Object.keys(journalVerbLabels)
    expect(rows.map(({ verb }) => verb).filter(verb => !known.includes(verb))).toEqual([])
  })

  // Last: it leaves many lines.
  it('[H35] says in its file that it does not hold every line', async () => {
    const { consortiumId, accountId } = await world.actorOf(cast.chef)
    await world.handle.db.execute(
      sql`insert into journal (consortium_id, at, by, verb, subject_kind, subject_id, detail)
        select ${consortiumId}, '2027-03-01T09:00:00Z', ${accountId}, 'profile.edit', 'account', ${accountId}, '{}'
        from generate_series(1, 20001)`,
    )
    const file = await world.services.journal.journalFile(await world.actorOf(cast.chef), { format: 'csv' })
    const lines = new TextDecoder().decode(file.bytes).trim().split('\r\n')
    expect(lines).toHaveLength(1 + 20_000 + 1)
    expect(lines.at(-1)).toMatch(/Fichier limité aux 20.000 lignes les plus récentes/)
  })
})

describe('the words of the journal', () => {
  const server = join(import.meta.dirname, '../../server')
  const sources = globSync('{domain,sessions}/**/*.ts', { cwd: server }).map(file =>
    readFileSync(join(server, file), 'utf8'),
  )
  const nouns = [
    ...new Set(Object.keys(journalVerbLabels).flatMap(verb => (verb.includes('.') ? [verb.split('.')[0]] : []))),
  ]

  it('are there for every verb that a command writes', () => {
    const written = sources.flatMap(source => {
      // What a rule is called, or a column, is no verb of the journal.
      const commands = source.replaceAll(/Authorized<'[\w.]+'>|'\w+\.\w+By'/g, '')
      return [...commands.matchAll(new RegExp(`'((?:${nouns.join('|')})\\.[a-zA-Z]+)'`, 'g'))].map(([, verb]) => verb)
    })
    expect(written.length).toBeGreaterThan(30)
    expect([...new Set(written)].filter(verb => !Object.hasOwn(journalVerbLabels, verb ?? ''))).toEqual([])
  })

  it('are there for every verb that is made of a name and an act', () => {
    const made = sources.flatMap(source => [...source.matchAll(/verb: `(\w+)\.\$\{/g)].map(([, noun]) => noun))
    expect(made.filter(noun => !nouns.includes(noun ?? ''))).toEqual([])
    const actsOf = (call: string) =>
      sources.flatMap(source =>
        [...source.matchAll(new RegExp(`${call}\\((?:\\s*[\\w.]+,){2,3}\\s*'(\\w+)'`, 'g'))].map(([, act]) => act),
      )
    for (const [call, noun] of [
      ['changeMeeting', 'meeting'],
      ['changeMinutes', 'minutes'],
      ['changeDecision', 'decision'],
      ['changeInstance', 'instance'],
      ['changeOrganisation', 'organisation'],
    ] as const) {
      const acts = actsOf(call)
      expect(acts.length, call).toBeGreaterThan(0)
      expect(acts.map(act => `${noun}.${act}`).filter(verb => !Object.hasOwn(journalVerbLabels, verb))).toEqual([])
    }
  })
})
