import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotFound } from '#server/errors.ts'
import { type CastDatabase, cast, castDatabase, castNames } from '../cast.ts'
import { personOf } from '../domain/accounts/people.ts'
import { databaseKinds } from '../setup/database.ts'

describe.each(databaseKinds())('the journal of the administration, on %s', kind => {
  let world: CastDatabase
  beforeAll(async () => {
    world = await castDatabase(kind)
    const { accounts, administration } = world.services
    const member = await personOf(world, cast.membre)
    await accounts.editProfile(member, { givenName: 'Nathalie', familyName: 'Lefèvre', phone: '' })
    const administrateur = await personOf(world, cast.administrateur)
    await administration.rewriteSiteText(administrateur, { key: 'accessibilite', body: 'Notre texte' })
  })
  afterAll(() => world.close())

  const page = async (filter = {}) =>
    world.services.administration.deploymentJournalPage(await personOf(world, cast.administrateur), filter)

  it('is read by an administrateur alone, and not there for anybody else', async () => {
    const { deploymentJournalPage, deploymentJournalFile } = world.services.administration
    for (const who of castNames.filter(name => !['administrateur', 'suspendu'].includes(name))) {
      const person = await personOf(world, cast[who])
      await expect(deploymentJournalPage(person), who).rejects.toThrow(NotFound)
      await expect(deploymentJournalFile(person, { format: 'csv' }), who).rejects.toThrow(NotFound)
    }
  })

  it('shows what was done to accounts and legal pages, and no line of any consortium', async () => {
    const { entries, verbs } = await page()
    expect(entries.slice(0, 2)).toMatchObject([
      {
        verb: 'siteText.rewrite',
        subject: { kind: 'site_text', label: 'Accessibilité', path: 'textes/accessibilite' },
      },
      { verb: 'profile.edit', person: 'Nathalie Lefèvre', subject: { kind: 'account', label: 'Nathalie Lefèvre' } },
    ])
    expect(entries[1]?.subject.path).toBe(`comptes/${entries[1]?.subject.id}`)
    const ofConsortia = verbs.filter(verb => /^(meeting|minutes|decision|mandate|instance|organisation)\./.test(verb))
    expect(ofConsortia).toEqual([])
    const chef = await world.services.journal.journalPage(await world.actorOf(cast.chef))
    expect(chef.verbs).not.toContain('profile.edit')
  })

  it('narrows by what was done, and goes away as a file', async () => {
    const { entries } = await page({ verb: 'profile.edit' })
    expect(entries.map(({ verb }) => verb)).toEqual(['profile.edit'])
    const administrateur = await personOf(world, cast.administrateur)
    const asked = { format: 'csv', verb: 'siteText.rewrite' } as const
    const file = await world.services.administration.deploymentJournalFile(administrateur, asked)
    const lines = new TextDecoder().decode(file.bytes).trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('a récrit la page')
  })
})
