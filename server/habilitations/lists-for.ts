import { type Database, rowsOf } from '#db/client.ts'
import { type OneStatement, oneStatement, type RowsOf, type Select } from '#db/together.ts'
import { type GivenValues, standIn, WrittenOnce } from '#db/written-once.ts'
import type { Actor } from './actor.ts'

/** Far more than the shapes that the rights of one consortium's people take. */
const mostShapes = 200

/**
 * Several lists as one person may see them, in one statement, written once for each shape of rights.
 *
 * @param queries writes the `select`s. It receives stand-ins where people differ: of the actor, every identifier and
 * `today`, and the values. It may put them in SQL, as `visibleTo` does, but not look at them.
 * @returns what asks for the lists. The values are those that `queries` received stand-ins of; lists among them are never
 * empty; `variant` names what else changes the statement.
 */
export function listsFor<
  Given extends GivenValues,
  Queries extends Record<string, Select<object>>,
  Variant extends readonly unknown[] = [],
>(
  queries: (db: Database, actor: Actor, given: Given, ...variant: Variant) => Queries,
): (db: Database, actor: Actor, given: Given, ...variant: Variant) => Promise<RowsOf<Queries>> {
  const known = new Map<string, { statement: WrittenOnce; read: OneStatement<RowsOf<Queries>>['read'] }>()
  return async (db, actor, given, ...variant) => {
    const shape = JSON.stringify([shapeOf(actor), ...variant])
    let lists = known.get(shape)
    if (!lists) {
      const { statement, read } = oneStatement(queries(db, anyActorLike(actor), anyLike(given), ...variant))
      lists = { statement: new WrittenOnce(statement), read }
      if (known.size >= mostShapes) known.clear()
      known.set(shape, lists)
    }
    return lists.read(await rowsOf(db, lists.statement.with({ ...given, ...identifiersOf(actor) })))
  }
}

function anyLike<Given extends GivenValues>(given: Given): Given {
  const named = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'string' ? standIn(name) : [standIn(name)],
  ])
  return Object.fromEntries(named) as Given
}

/** What decides how conditions on this person are written, beside identifiers: which lists are empty, level, functions. */
export function shapeOf(actor: Actor): unknown {
  const { level, functions, copiloteOfTechnicalGroup } = actor
  return [level, functions.toSorted(), copiloteOfTechnicalGroup, Object.keys(identifiersOf(actor))]
}

/** Everything that tells apart two people of one shape, by name. */
export function identifiersOf(actor: Actor): GivenValues {
  const { consortiumId, accountId, today } = actor
  const lists = listNames.flatMap(name => (actor[name].length > 0 ? [[name, actor[name]]] : []))
  const bodies = Object.entries(actor.bodies).flatMap(([fn, ids]) => (ids.length > 0 ? [[`bodies.${fn}`, ids]] : []))
  return { consortiumId, accountId, today, ...Object.fromEntries([...lists, ...bodies]) }
}

const listNames = [
  'ownBodies',
  'attachedTo',
  'invitedTo',
  'mandateIds',
  'organisationIds',
  'directs',
  'correspondantOf',
  'assists',
  'dossierOf',
] as const

/** Anybody whose rights have the shape of this person's. */
export function anyActorLike(actor: Actor): Actor {
  const named = (name: string, ids: readonly string[]) => (ids.length > 0 ? [standIn(name)] : [])
  const bodies = Object.entries(actor.bodies).map(([fn, ids]) => [fn, named(`bodies.${fn}`, ids)])
  return {
    accountId: standIn('accountId'),
    name: '',
    consortiumId: standIn('consortiumId'),
    get now(): never {
      throw new Error('the statement is kept: an instant is one of the texts')
    },
    today: standIn('today'),
    level: actor.level,
    functions: actor.functions,
    copiloteOfTechnicalGroup: actor.copiloteOfTechnicalGroup,
    bodies: Object.fromEntries(bodies) as Actor['bodies'],
    ownBodies: named('ownBodies', actor.ownBodies),
    attachedTo: named('attachedTo', actor.attachedTo),
    invitedTo: named('invitedTo', actor.invitedTo),
    mandateIds: named('mandateIds', actor.mandateIds),
    organisationIds: named('organisationIds', actor.organisationIds),
    directs: named('directs', actor.directs),
    correspondantOf: named('correspondantOf', actor.correspondantOf),
    assists: named('assists', actor.assists),
    dossierOf: named('dossierOf', actor.dossierOf),
    verification: null,
  }
}
