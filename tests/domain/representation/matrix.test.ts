import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CastDatabase, cast, castDatabase } from '../../cast.ts'
import { databaseKinds } from '../../setup/database.ts'
import { refused } from '../acts.ts'

describe.each(databaseKinds())('who represents whom, on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  afterAll(() => demo.close())

  const matrixOf = async (day?: string, email: string = cast.membre) => {
    const actor = await demo.actorOf(email)
    return demo.services.representation.representationMatrix(actor, { day: day ?? actor.today })
  }

  const cell = (matrix: Awaited<ReturnType<typeof matrixOf>>, organisation: string, instance: string) => {
    const rank = matrix.instances.findIndex(each => each.slug === instance)
    const line = matrix.lines.find(each => each.organisation.slug === organisation)
    return line?.cells[rank] ?? expect.fail(`no cell for ${organisation} in ${instance}`)
  }

  it('[H2] says who sits, who carries the voice, who stands in, and where nobody does', async () => {
    const matrix = await matrixOf()
    const [first, second] = cell(matrix, 'departement', 'institutionnelle')
    expect(first).toMatchObject({ functionLabel: 'Présidente', carriesVoice: true })
    expect(second).toMatchObject({ functionLabel: 'Membre', carriesVoice: false })
    const [titulaire] = cell(matrix, 'mission-locale-nord', 'parcours')
    expect(titulaire?.suppleants.map(({ functionLabel }) => functionLabel)).toEqual(['Suppléant'])
    expect(cell(matrix, 'ccas', 'strategique')).toEqual([])
    // The secretary sits and represents nobody.
    expect(JSON.stringify(matrix)).not.toContain('Secrétaire')
  })

  it('adds up alike by institution and by instance', async () => {
    const { instances, lines, totals } = await matrixOf()
    for (const name of ['seats', 'voices', 'holes'] as const) {
      expect(instances.reduce((sum, each) => sum + each.totals[name], 0)).toBe(totals[name])
      expect(lines.reduce((sum, each) => sum + each.totals[name], 0)).toBe(totals[name])
    }
    expect(totals.holes).toBe(lines.flatMap(line => line.cells).filter(seats => seats.length === 0).length)
    expect(totals.voices).toBeLessThanOrEqual(totals.seats)
  })

  it('shows a day past or to come, with the names that institutions had', async () => {
    const now = await matrixOf()
    const next = now.changes.next ?? expect.fail('somebody is to come')
    const later = await matrixOf(next)
    expect(names(later)).not.toEqual(names(now))
    expect(later.changes.latest).toBe(next)
    const before = await matrixOf('2023-06-01')
    expect(before.lines.find(line => line.organisation.slug === 'france-travail')?.organisation.name).toBe(
      'Pôle emploi',
    )
    expect(before.totals.seats).toBe(0)
  })

  it('[H34] leads the chef de projet alone to a designation, from today on', async () => {
    const { today } = await demo.actorOf(cast.chef)
    expect((await matrixOf(today, cast.chef)).mayDesignate).toBe(true)
    expect((await matrixOf('2023-06-01', cast.chef)).mayDesignate).toBe(false)
    expect((await matrixOf(today, cast.membre)).mayDesignate).toBe(false)
  })

  it('[H2] is for members, and holds nothing of another consortium', async () => {
    await refused(matrixOf(undefined, cast.invite), 404)
    await refused(matrixOf(undefined, cast.ancien), 404)
    const actor = await demo.actorOf(cast.chefVar)
    const ofVar = await demo.services.representation.representationMatrix(actor, { day: actor.today })
    const ofTarn = new Set(mandates(await matrixOf()))
    expect(mandates(ofVar).filter(id => ofTarn.has(id))).toEqual([])
  })

  it('is a spreadsheet that opens again, with a line for each seat and true dates', async () => {
    const actor = await demo.actorOf(cast.membre)
    const file = await demo.services.representation.representationFile(actor, { day: actor.today, format: 'xlsx' })
    const [table, seats] = (await readXlsx(file.bytes)).sheets
    const matrix = await matrixOf()
    expect(table?.rows[0]?.slice(0, 3)).toEqual(['Structure', 'Institutionnelle', 'Stratégique'])
    expect(table?.rows).toHaveLength(1 + matrix.lines.length + 3)
    expect(seats?.rows).toHaveLength(1 + mandates(matrix).length)
    expect(seats?.rows[1]?.[8]).toBeInstanceOf(Date)
  })
})

type Matrix = Awaited<ReturnType<CastDatabase['services']['representation']['representationMatrix']>>

const people = (matrix: Matrix) =>
  matrix.lines.flatMap(line => line.cells.flat()).flatMap(seat => [seat, ...seat.suppleants])
const names = (matrix: Matrix) => people(matrix).map(({ name }) => name)
const mandates = (matrix: Matrix) => people(matrix).map(({ mandateId }) => mandateId)
