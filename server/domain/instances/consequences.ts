import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { oneOfWords } from '#db/lists.ts'
import { consortiumFunctions, instances, mandates, meetings, minutes } from '#db/schema/index.ts'
import { type Actor, activeOn, loadActors } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { shapeOf } from '#server/habilitations/lists-for.ts'
import type { NewInstanceForm } from '#server/vocabulary/instance-forms.ts'
import { versionOf } from '../governance/change-shape.ts'
import { validatorsOf } from '../minutes/validators.ts'
import type { InstanceRow } from './change-instance.ts'

/** What a change of settings does to rights, said before it is confirmed. */
export type Consequences = {
  /** People who would read more minutes, and less, than now. */
  gain: ReadingChange[]
  lose: ReadingChange[]
  /** Who validates the minutes of the instance, now and then. */
  validators: { before: string[]; after: string[] }
  /** Minutes in proofreading: their agreements would be asked of others. */
  inProofreading: number
  version: string
}

export type ReadingChange = { accountId: string; name: string; minutes: number }

const watched = ['level', 'kind', 'draftReaders', 'validatorRule'] as const

/** True when new settings may change who reads or validates what exists. */
export function touchesRights(before: InstanceRow, form: NewInstanceForm): boolean {
  return watched.some(name => before[name] !== form[name])
}

/**
 * Reads the rights of everyone with the rules, makes the change, reads them again. The caller's transaction decides whether
 * the change is kept.
 */
export async function consequencesOf(
  tx: Transaction,
  actor: Actor,
  instance: InstanceRow,
  change: () => Promise<void>,
): Promise<Consequences> {
  const accountIds = await peopleOf(tx, actor)
  const key = { consortiumId: actor.consortiumId, now: actor.now, accountIds }
  const before = { actors: await loadActors(tx, key), minutes: await everyMinutes(tx, actor) }
  const names = { before: await validatorNames(tx, actor, instance.id), after: [] as string[] }
  await change()
  const after = { actors: await loadActors(tx, key), minutes: await everyMinutes(tx, actor) }
  names.after = await validatorNames(tx, actor, instance.id)
  const sorts = sortsOf(before.minutes, after.minutes)
  const changes = before.actors.flatMap((person, rank) => {
    const then = after.actors[rank]
    return then ? [changeFor(person, then, sorts)] : []
  })
  const inProofreading = await tx
    .select({ id: minutes.id })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .where(and(eq(meetings.instanceId, instance.id), oneOfWords(minutes.state, ['en_relecture'])))
  const said = {
    gain: changes.flatMap(({ gain, accountId, name }) => (gain > 0 ? [{ accountId, name, minutes: gain }] : [])),
    lose: changes.flatMap(({ lose, accountId, name }) => (lose > 0 ? [{ accountId, name, minutes: lose }] : [])),
    validators: names,
    inProofreading: inProofreading.length,
  }
  return { ...said, version: versionOf(said) }
}

/** Minutes of one sort, as rules tell them apart before the change and after it, and how many there are. */
type Sort = { before: MinutesFacts; after: MinutesFacts; moved: boolean; count: number }

/** All minutes, those that no rule tells apart counted together. */
function sortsOf(now: ReadonlyMap<string, MinutesFacts>, later: ReadonlyMap<string, MinutesFacts>): Sort[] {
  const sorts = new Map<string, Sort>()
  for (const [id, before] of now) {
    const after = later.get(id) ?? before
    const key = `${sortOf(before)} ${sortOf(after)}`
    const known = sorts.get(key)
    if (known) known.count += 1
    else sorts.set(key, { before, after, moved: !sameFacts(before, after), count: 1 })
  }
  return [...sorts.values()]
}

function sortOf({
  instanceId,
  meetingState,
  announced,
  minutesState,
  visibility,
  openToMembers,
}: MinutesFacts): string {
  return [instanceId, meetingState, announced, minutesState, visibility, openToMembers].join(' ')
}

function changeFor(one: Actor, then: Actor, sorts: readonly Sort[]) {
  const sameRights = JSON.stringify([shapeOf(one), one.ownBodies]) === JSON.stringify([shapeOf(then), then.ownBodies])
  let gain = 0
  let lose = 0
  for (const { before, after, moved, count } of sorts) {
    if (sameRights && !moved) continue
    const read = can(one, 'minutes', 'read', before)
    const reads = can(then, 'minutes', 'read', after)
    if (reads && !read) gain += count
    if (read && !reads) lose += count
  }
  return { accountId: one.accountId, name: one.name, gain, lose }
}

function sameFacts(one: MinutesFacts, other: MinutesFacts): boolean {
  return (Object.keys(one) as (keyof MinutesFacts)[]).every(fact => one[fact] === other[fact])
}

/** Everyone who is in the consortium today, by a mandate or a function. */
async function peopleOf(tx: Transaction, { consortiumId, today }: Actor): Promise<string[]> {
  const seated = await tx
    .selectDistinct({ id: mandates.accountId })
    .from(mandates)
    .where(and(eq(mandates.consortiumId, consortiumId), ne(mandates.function, 'invite'), activeOn(mandates, today)))
  const appointed = await tx
    .selectDistinct({ id: consortiumFunctions.accountId })
    .from(consortiumFunctions)
    .where(and(eq(consortiumFunctions.consortiumId, consortiumId), activeOn(consortiumFunctions, today)))
  return [...new Set([...seated, ...appointed].map(({ id }) => id))].sort()
}

/** The facts of all minutes of the consortium, by identifier. */
async function everyMinutes(tx: Transaction, { consortiumId }: Actor): Promise<Map<string, MinutesFacts>> {
  const rows = await tx
    .select({ id: minutes.id, facts: columnsOf.minutes })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(minutes.consortiumId, consortiumId))
  return new Map(rows.map(({ id, facts }) => [id, facts]))
}

async function validatorNames(tx: Transaction, actor: Actor, instanceId: string): Promise<string[]> {
  const [row] = await tx
    .select({ ...columnsOf.instance, draftReaders: instances.draftReaders, validatorRule: instances.validatorRule })
    .from(instances)
    .where(eq(instances.id, instanceId))
  if (!row) throw new Error('the instance is there while its settings change')
  const facts: MinutesFacts = {
    ...row,
    meetingId: '',
    meetingState: 'tenue',
    announced: true,
    minutesState: 'en_relecture',
    visibility: 'niveau',
    openToMembers: false,
  }
  return (await validatorsOf(tx, facts, actor.today)).map(({ name }) => name)
}
