import { and, asc, eq } from 'drizzle-orm'
import { oneOfWords } from '#db/lists.ts'
import { accounts, instances, mandates, organisations } from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { personName } from '#server/vocabulary/french.ts'
import {
  civiliteLabels,
  type InstanceKind,
  type Level,
  levelFunctions,
  type MandateFunction,
} from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { namesOn, type OrganisationName, selectNames } from './dated-names.ts'

/** Who represents whom on a day: institutions × instances. */
export type RepresentationMatrix = {
  day: string
  /** Days of the nearest changes: the last one until that day, the first one after it. */
  changes: { latest: string | null; next: string | null }
  /** The columns, in the order of the governance. */
  instances: MatrixInstance[]
  lines: MatrixLine[]
  totals: MatrixTotals
  /** Whether the reader designates, from a cell of today or of a day to come (H34). */
  mayDesignate: boolean
}

export type MatrixInstance = {
  id: string
  slug: string
  name: string
  shortName: string
  level: Level
  kind: InstanceKind
  totals: MatrixTotals
}

export type MatrixLine = {
  organisation: OrganisationName & { id: string; slug: string }
  /** One for each instance, in their order. Without a seat: a hole, which is allowed. */
  cells: MatrixSeat[][]
  totals: MatrixTotals
}

/** A seat, a carried voice, an institution that nobody represents. */
export type MatrixTotals = { seats: number; voices: number; holes: number }

export type MatrixPerson = {
  mandateId: string
  name: string
  function: MandateFunction
  functionLabel: string
  qualite: string
  startsOn: string
  endsOn: string | null
}

/** A titulaire and who stands in for them; a suppléant whose titulaire sits elsewhere, or no longer, stands alone. */
export type MatrixSeat = MatrixPerson & { carriesVoice: boolean; suppleants: MatrixPerson[] }

/** The matrix of a day, past or to come, in one query. @throws NotFound (H2) */
export async function representationMatrix(
  context: Context,
  actor: Actor,
  { day }: { day: string },
): Promise<RepresentationMatrix> {
  authorize(actor, 'consortium', 'read', { consortiumId: actor.consortiumId })
  const found = await matrixLists(context.db, actor, { day })
  const nameOf = namesOn(found.names, day)
  const seatsAt = Map.groupBy(found.seats, seat => `${seat.organisationId} ${seat.instanceId}`)
  const sits = new Set(found.seats.flatMap(seat => [seat.organisationId, seat.instanceId]))
  const columns = found.instances.filter(({ id, endsOn }) => endsOn === null || endsOn >= day || sits.has(id))
  const lines = found.organisations
    .filter(organisation => isIn(organisation, day) || sits.has(organisation.id))
    .map(({ id, slug }): MatrixLine => {
      const cells = columns.map(instance => seatsFrom(seatsAt.get(`${id} ${instance.id}`) ?? []))
      return { organisation: { id, slug, ...nameOf(id) }, cells, totals: sum(cells.map(totalsOf)) }
    })
  return {
    day,
    changes: changesAround(found.changes, day),
    instances: columns.map(({ endsOn: _endsOn, ...instance }, rank) => ({
      ...instance,
      totals: sum(lines.map(line => totalsOf(line.cells[rank] ?? []))),
    })),
    lines,
    totals: sum(lines.map(line => line.totals)),
    mayDesignate: day >= actor.today && can(actor, 'consortium', 'editMandates', { consortiumId: actor.consortiumId }),
  }
}

const matrixLists = listsFor((db, actor, { day }: { day: string }) => {
  const represents = and(visibleTo(actor, 'mandate', 'read'), oneOfWords(mandates.function, levelFunctions))
  return {
    organisations: db
      .select({
        id: organisations.id,
        slug: organisations.slug,
        enteredOn: organisations.enteredOn,
        leftOn: organisations.leftOn,
      })
      .from(organisations)
      .where(visibleTo(actor, 'organisation', 'read'))
      .orderBy(asc(organisations.position), asc(organisations.slug)),
    names: selectNames(db, actor),
    instances: db
      .select({
        id: instances.id,
        slug: instances.slug,
        name: instances.name,
        shortName: instances.shortName,
        level: instances.level,
        kind: instances.kind,
        endsOn: instances.endsOn,
      })
      .from(instances)
      .where(visibleTo(actor, 'instance', 'read'))
      .orderBy(asc(instances.position), asc(instances.name)),
    seats: db
      .select({
        mandateId: mandates.id,
        organisationId: mandates.organisationId,
        instanceId: mandates.instanceId,
        civilite: mandates.civilite,
        givenName: accounts.givenName,
        familyName: accounts.familyName,
        function: mandates.function,
        functionLabel: mandates.functionLabel,
        qualite: mandates.qualite,
        carriesVoice: mandates.carriesVoice,
        titulaireMandateId: mandates.titulaireMandateId,
        startsOn: mandates.startsOn,
        endsOn: mandates.endsOn,
      })
      .from(mandates)
      .innerJoin(accounts, eq(accounts.id, mandates.accountId))
      .where(and(represents, activeOn(mandates, day)))
      .orderBy(asc(accounts.familyName), asc(accounts.givenName), asc(mandates.id)),
    changes: db
      .selectDistinct({ startsOn: mandates.startsOn, endsOn: mandates.endsOn })
      .from(mandates)
      .where(represents),
  }
})

type SeatRow = {
  mandateId: string
  civilite: keyof typeof civiliteLabels
  givenName: string
  familyName: string
  function: MandateFunction
  functionLabel: string
  qualite: string
  carriesVoice: boolean
  titulaireMandateId: string | null
  startsOn: string
  endsOn: string | null
}

/** Those who lead first, then who carries the voice, then the others by name; each with their suppléants. */
function seatsFrom(rows: readonly SeatRow[]): MatrixSeat[] {
  const here = new Set(rows.map(row => row.mandateId))
  const standsIn = (row: SeatRow) => row.titulaireMandateId !== null && here.has(row.titulaireMandateId)
  return rows
    .filter(row => !standsIn(row))
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .map(row => ({
      ...personFrom(row),
      carriesVoice: row.carriesVoice,
      suppleants: rows.filter(each => each.titulaireMandateId === row.mandateId).map(personFrom),
    }))
}

function rankOf({ function: held, carriesVoice }: SeatRow): number {
  return levelFunctions.indexOf(held) * 2 + (carriesVoice ? 0 : 1)
}

function personFrom(row: SeatRow): MatrixPerson {
  const { mandateId, civilite, givenName, familyName, function: held, functionLabel, qualite, startsOn, endsOn } = row
  const name = personName({ civility: civiliteLabels[civilite], givenName, familyName })
  return { mandateId, name, function: held, functionLabel, qualite, startsOn, endsOn }
}

function isIn({ enteredOn, leftOn }: { enteredOn: string | null; leftOn: string | null }, day: string): boolean {
  return (enteredOn === null || enteredOn <= day) && (leftOn === null || leftOn >= day)
}

function totalsOf(cell: readonly MatrixSeat[]): MatrixTotals {
  const titulaires = cell.filter(seat => seat.function !== 'suppleant')
  return {
    seats: titulaires.length,
    voices: titulaires.filter(seat => seat.carriesVoice).length,
    holes: cell.length === 0 ? 1 : 0,
  }
}

function sum(totals: readonly MatrixTotals[]): MatrixTotals {
  const add = (name: keyof MatrixTotals) => totals.reduce((result, each) => result + each[name], 0)
  return { seats: add('seats'), voices: add('voices'), holes: add('holes') }
}

/** A mandate changes who sits on its first day, and on the day after its last. */
function changesAround(rows: readonly { startsOn: string; endsOn: string | null }[], day: string) {
  const days = rows.flatMap(({ startsOn, endsOn }) => [startsOn, ...(endsOn === null ? [] : [addDays(endsOn, 1)])])
  const sorted = [...new Set(days)].sort()
  return { latest: sorted.findLast(each => each <= day) ?? null, next: sorted.find(each => each > day) ?? null }
}
