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
import { publishedMinutesStates } from '#server/vocabulary/minutes.ts'
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
  const before = { actors: await loadActors(tx, key), minutes: await minutesOf(tx, actor) }
  const names = { before: await validatorNames(tx, actor, instance.id), after: [] as string[] }
  await change()
  const after = { actors: await loadActors(tx, key), minutes: await minutesOf(tx, actor) }
  names.after = await validatorNames(tx, actor, instance.id)
  const changed = changedSorts(before.minutes, after.minutes)
  const changes = before.actors.flatMap((person, rank) => {
    const then = after.actors[rank]
    return then ? [changeFor(person, then, before.minutes, after.minutes, changed)] : []
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

/** Minutes of one sort, as far as rules tell them apart, and how many there are. */
type Sort = { facts: MinutesFacts; count: number }

/** Sorts whose minutes the rules may judge otherwise than before, whoever reads. */
function changedSorts(now: Map<string, Sort>, later: Map<string, Sort>): string[] {
  return [...now].flatMap(([key, { facts }]) => {
    const newly = later.get(key)?.facts
    return newly && !sameFacts(newly, facts) ? [key] : []
  })
}

function changeFor(one: Actor, then: Actor, now: Map<string, Sort>, later: Map<string, Sort>, changed: string[]) {
  const sameRights = JSON.stringify([shapeOf(one), one.ownBodies]) === JSON.stringify([shapeOf(then), then.ownBodies])
  let gain = 0
  let lose = 0
  for (const key of sameRights ? changed : now.keys()) {
    const before = now.get(key)
    const after = later.get(key)
    if (!before || !after) continue
    const read = can(one, 'minutes', 'read', before.facts)
    const reads = can(then, 'minutes', 'read', after.facts)
    if (reads && !read) gain += before.count
    if (read && !reads) lose += before.count
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

/**
 * All minutes of the consortium, those that no rule tells apart counted together. The key does not move with the settings of
 * an instance, so that what is before and after can be compared.
 */
async function minutesOf(tx: Transaction, { consortiumId }: Actor): Promise<Map<string, Sort>> {
  const rows = await tx
    .select({ id: minutes.id, ...columnsOf.minutes })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(minutes.consortiumId, consortiumId))
    .orderBy(minutes.id)
  const sorts = new Map<string, Sort>()
  for (const { id: _, ...facts } of rows) {
    const { instanceId, meetingState, minutesState, visibility, openToMembers } = facts
    // Before publication no rule looks at the visibility, which a change may widen.
    const shown = publishedMinutesStates.includes(minutesState) ? visibility : ''
    const key = [instanceId, meetingState, minutesState, shown, openToMembers].join(' ')
    const known = sorts.get(key)
    if (known) known.count += 1
    else sorts.set(key, { facts, count: 1 })
  }
  return sorts
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
    minutesState: 'en_relecture',
    visibility: 'niveau',
    openToMembers: false,
  }
  return (await validatorsOf(tx, facts, actor.today)).map(({ name }) => name)
}
