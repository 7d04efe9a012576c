import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consortia, journal } from '#db/schema/index.ts'
import { createServices } from '#server/services.ts'
import { consortiumForm } from '#server/vocabulary/consortium-forms.ts'
import { journalVerbLabel } from '#server/vocabulary/journal.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { refused } from './acts.ts'

describe.each(databaseKinds())('[H50] the consortium itself, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const typed = { name: 'SPIE du Tarn', territory: 'Tarn et ses bassins', purpose: 'Un parcours sans rupture.' }
  const page = async (email: string) => demo.services.consortia.consortiumPage(await demo.actorOf(email))
  const edit = async (email: string, fields: Record<string, string> = {}) =>
    demo.services.consortia.editConsortium(
      await demo.actorOf(email),
      consortiumForm.parse({ ...typed, version: (await page(cast.chef)).version, ...fields }),
    )

  it('the chef de projet corrects its name, territory and purpose; the journal says so', async () => {
    const { version } = await page(cast.chef)
    await edit(cast.chef)
    expect(await page(cast.membre)).toMatchObject({ ...typed, can: { edit: { allowed: false } } })
    const [line] = await demo.handle.db.select().from(journal).orderBy(desc(journal.at)).limit(1)
    expect(line).toMatchObject({ verb: 'consortium.edit', subjectKind: 'consortium' })
    expect(journalVerbLabel('consortium.edit')).toBe('a corrigé le nom, le territoire ou l’objet du consortium')
    const person = { accountId: await demo.accountIdOf(cast.membre) }
    const { consortium } = await demo.services.consortia.enter(person, 'tarn')
    expect(consortium).toMatchObject({ name: typed.name, territory: typed.territory })
    // Somebody else saved meanwhile.
    await refused(edit(cast.chef, { name: 'SPIE', version }), 409, /Quelqu’un d’autre/)
    const rows = await demo.handle.db.select().from(consortia).where(eq(consortia.slug, 'var'))
    expect(rows[0]?.name).not.toBe(typed.name)
  })

  it('nobody else; and not without a name or a territory', async () => {
    await refused(edit(cast.membre), 403, /corriger le nom, le territoire et l’objet du consortium.*le chef de projet/)
    await refused(edit(cast.invite), 404)
    await refused(page(cast.invite), 404)
    const empty = consortiumForm.safeParse({ name: ' ', territory: '', purpose: '', version: '' })
    expect(empty.error?.issues.map(({ path }) => path.join('.'))).toEqual(['name', 'territory'])
  })

  it('by a second factor where one is required', async () => {
    const context = { ...demo.context, settings: { ...demo.context.settings, secondFactor: 'required' as const } }
    const strict = createServices(context, { secureCookies: false })
    const form = consortiumForm.parse({ ...typed, version: (await page(cast.chef)).version })
    const chef = await demo.actorOf(cast.chef)
    await refused(strict.consortia.editConsortium(chef, form), 403, /code de votre application/)
    await strict.consortia.editConsortium({ ...chef, verification: 'forte' }, form)
  })
})
