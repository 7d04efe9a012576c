import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mandates as mandateRows } from '#db/schema/index.ts'
import { competenceForm, visibilitiesForm } from '#server/vocabulary/competence-forms.ts'
import { instanceForm } from '#server/vocabulary/instance-forms.ts'
import { journalDetails } from '#server/vocabulary/journal-details.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { instanceIdOf } from '../domain/acts.ts'
import { databaseKinds } from '../setup/database.ts'

/** Without the spaces that do not break. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe.each(databaseKinds())('what the journal says of a change, on %s', kind => {
  let world: CastDatabase
  beforeAll(async () => {
    world = await castDatabase(kind)
  })
  afterAll(() => world.close())

  const chef = () => world.actorOf(cast.chef)
  const last = async (verb: string) => {
    const { entries } = await world.services.journal.journalPage(await chef(), { verb })
    return entries[0]?.details.map(plain)
  }

  it('[H33] [H35] tells which instance became competent for what, from when, instead of which', async () => {
    const { competence } = world.services
    const { version } = await competence.competencePage(await chef())
    const instanceId = await instanceIdOf(world, 'institutionnelle')
    const form = competenceForm.parse({
      act: 'changer',
      nature: 'experimentation',
      startsOn: '2027-04-01',
      instanceId,
      version,
    })
    await competence.changeCompetence(await chef(), form)
    expect(await last('competence.change')).toEqual([
      'Nature : Expérimentation',
      'Instance : Instance de pilotage stratégique → Instance de pilotage institutionnelle',
      'Premier jour : 1er avril 2027',
    ])
  })

  it('[H33] [H35] tells which default visibility changed, and no other', async () => {
    const { competence } = world.services
    const { visibilities, version } = await competence.defaultVisibilities(await chef())
    const form = visibilitiesForm.parse({ ...visibilities, groupe_restreint: 'consortium', version })
    await competence.setDefaultVisibilities(await chef(), form)
    expect(await last('visibility.change')).toEqual([
      'Groupe restreint : les membres de l’instance → tous les membres du consortium',
    ])
  })

  it('[H32] [H35] tells the settings of an instance that give rights, and names the others without their words', async () => {
    const slug = 'parcours'
    const { instances } = world.services
    const { instance, version } = await instances.instanceSettings(await chef(), slug)
    const form = instanceForm.parse({
      ...instance,
      roles: instance.roles.join('\n'),
      parentId: instance.parentId ?? '',
      territory: instance.territory ?? '',
      meetingsPerYear: String(instance.meetingsPerYear ?? ''),
      opensWritingToMembers: instance.opensWritingToMembers ? 'oui' : undefined,
      purpose: 'Une toute autre raison d’être.',
      minutesVisibility: 'consortium',
      version,
    })
    await instances.editInstance(await chef(), { slug, form })
    const told = await last('instance.edit')
    expect(told).toEqual([
      'Visibilité des comptes rendus : l’instance et les niveaux qui la reçoivent → tous les membres du consortium',
      'Autres champs modifiés : objet',
    ])
  })

  it('[H34] [H35] tells what was corrected of a mandate, without anybody’s name or title', async () => {
    const { mandates, journal } = world.services
    const accountId = await world.accountIdOf(cast.copilote1)
    const [mandate] = await world.handle.db
      .select({ id: mandateRows.id })
      .from(mandateRows)
      .where(and(eq(mandateRows.accountId, accountId), isNull(mandateRows.endsOn)))
    const mandateId = mandate?.id ?? ''
    const { values, seen } = await mandates.mandatePage(await chef(), mandateId)
    await mandates.editMandate(await chef(), {
      mandateId,
      ...values,
      qualite: 'directrice des parcours',
      endsOn: '2027-06-30',
      seen,
    })
    expect(await last('mandate.edit')).toEqual([
      'Dernier jour : aucun → 30 juin 2027',
      'Autres champs modifiés : qualité',
    ])
    const file = await journal.journalFile(await chef(), { format: 'csv', verb: 'mandate.edit' })
    expect(plain(new TextDecoder().decode(file.bytes))).toContain(
      'Dernier jour : aucun → 30 juin 2027 ; Autres champs modifiés : qualité',
    )
  })
})

describe('the words of a change', () => {
  it('leave out what another version of the product wrote, and people', () => {
    const detail = { accountId: 'x', mandateId: 'x', unknown: 'texte', level: 'strategique' }
    expect(journalDetails(detail, () => undefined).map(plain)).toEqual(['Niveau : Stratégique'])
  })

  it('count the mandates that ended with a body', () => {
    const detail = { lastDay: '2027-06-30', '00000000-0000-4000-8000-000000000001': null }
    expect(journalDetails(detail, () => undefined).map(plain)).toEqual([
      'Dernier jour : 30 juin 2027',
      'Mandats terminés : 1',
    ])
  })
})
