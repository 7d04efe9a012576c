import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { writeLiveText } from '#db/demo/write-live-text.ts'
import { instances, meetings, minutes } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { type ProseMirrorJSON, readLiveText } from '#server/collaboration/stored-text.ts'
import { Refusal } from '#server/errors.ts'
import { meetingForm } from '#server/vocabulary/meeting-forms.ts'
import type { CastDatabase } from '../cast.ts'

/** Acts of the cast that many tests begin with, by the services themselves. */

export type TestMeeting = { meetingId: string; minutesId: string; day: string }

/** What a meeting's form receives. */
export type Typed = {
  day: string
  startTime?: string
  endTime?: string
  items?: { title: string; reporter?: string }[]
}

export function typedMeeting({ day, startTime = '09:30', endTime = '11:00', items }: Typed) {
  return meetingForm.parse({
    day,
    startTime,
    endTime,
    place: 'Albi',
    items: items ?? [{ title: 'Point d’étape', reporter: 'Mme Hélène Castagné' }],
  })
}

/** The identifier of a body of a consortium. */
export async function instanceIdOf(demo: CastDatabase, slug: string, consortium: 'tarn' | 'var' = 'tarn') {
  const rows = await demo.handle.db.query.consortia.findMany()
  const consortiumId = rows.find(row => row.slug === consortium)?.id ?? ''
  const [row] = await demo.handle.db
    .select({ id: instances.id })
    .from(instances)
    .where(and(eq(instances.slug, slug), eq(instances.consortiumId, consortiumId)))
  if (!row) throw new Error(`no instance ${slug} in ${consortium}`)
  return row.id
}

/** Creates a meeting of a body, in preparation. */
export async function newMeeting(demo: CastDatabase, by: string, slug: string, typed: Typed): Promise<TestMeeting> {
  const actor = await demo.actorOf(by)
  const instanceId = await instanceIdOf(demo, slug, by.endsWith('@var.test') ? 'var' : 'tarn')
  const made = await demo.services.meetings.createMeeting(actor, { instanceId, form: typedMeeting(typed) })
  return { ...made, day: typed.day }
}

/** A meeting held on a day, its minutes still a draft. The clock is left at its end. */
export async function heldMeeting(demo: CastDatabase, by: string, slug: string, typed: Typed): Promise<TestMeeting> {
  const meeting = await newMeeting(demo, by, slug, typed)
  await demo.services.meetings.announceMeeting(await demo.actorOf(by), meeting.meetingId)
  demo.clock.set(parisInstant(typed.day, typed.startTime ?? '09:30'))
  await demo.services.meetings.startMeeting(await demo.actorOf(by), meeting.meetingId)
  demo.clock.set(parisInstant(typed.day, typed.endTime ?? '11:00'))
  await demo.services.meetings.closeMeeting(await demo.actorOf(by), meeting.meetingId)
  return meeting
}

/** Writes a whole text in the minutes, under somebody's name. */
export async function write(demo: CastDatabase, by: string, minutesId: string, content: ProseMirrorJSON) {
  const accountId = await demo.accountIdOf(by)
  await writeLiveText(demo.handle.db, { minutesId, content, accountId, at: demo.clock.now() })
}

/** The text as a page shows it now. */
export async function seen(demo: CastDatabase, minutesId: string) {
  const { stateVector, deleteSetHash } = await readLiveText(demo.handle.db, { minutesId, epoch: 1 })
  return { stateVector, deleteSetHash }
}

/** « Valider et diffuser », on the text as it stands. */
export async function validate(
  demo: CastDatabase,
  by: string,
  minutesId: string,
  choices: { distribute?: boolean; acceptWarnings?: boolean } = {},
): Promise<void> {
  await demo.services.minutes.validateMinutes(await demo.actorOf(by), {
    minutesId,
    seen: await seen(demo, minutesId),
    acceptWarnings: choices.acceptWarnings ?? true,
    distribute: choices.distribute ?? true,
  })
}

export async function approve(demo: CastDatabase, by: string, minutesId: string): Promise<void> {
  const as = await demo.actorOf(by)
  await demo.services.minutes.approveMinutes(as, { minutesId, seen: await seen(demo, minutesId) })
}

/** Sealed minutes of Parcours, held on a day, with a text. */
export async function sealedParcours(demo: CastDatabase, day: string, content: ProseMirrorJSON): Promise<TestMeeting> {
  const meeting = await heldMeeting(demo, 'copilote-1.parcours@tarn.test', 'parcours', { day })
  await write(demo, 'copilote-1.parcours@tarn.test', meeting.minutesId, content)
  const lead = await demo.actorOf('copilote-1.parcours@tarn.test')
  await demo.services.minutes.startProofreading(lead, meeting.minutesId)
  await approve(demo, 'copilote-1.parcours@tarn.test', meeting.minutesId)
  await validate(demo, 'copilote-2.parcours@tarn.test', meeting.minutesId)
  return meeting
}

/** The state of minutes and of their meeting. */
export async function statesOf(demo: CastDatabase, minutesId: string) {
  const [row] = await demo.handle.db
    .select({ minutes: minutes.state, meeting: meetings.state })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .where(eq(minutes.id, minutesId))
  return row
}

/** Expects a refusal of this number, whose sentence says this much. */
export async function refused(work: Promise<unknown>, status: number, says?: RegExp): Promise<void> {
  const outcome = await work.then(
    () => 'accepted',
    (error: unknown) => error,
  )
  expect(outcome).toBeInstanceOf(Refusal)
  expect((outcome as Refusal).status).toBe(status)
  if (says) expect((outcome as Refusal).message).toMatch(says)
}

export const doc = (...content: ProseMirrorJSON[]): ProseMirrorJSON => ({ type: 'doc', content })
export const heading = (text: string): ProseMirrorJSON => ({
  type: 'heading',
  attrs: { level: 2, agendaItemId: null },
  content: [{ type: 'text', text }],
})
export const paragraph = (text: string): ProseMirrorJSON => ({
  type: 'paragraph',
  ...(text ? { content: [{ type: 'text', text }] } : {}),
})
export const decisionBlock = (
  nature: string | null,
  wording: string,
  options: { id?: string | null; reasons?: string } = {},
): ProseMirrorJSON => ({
  type: 'decision',
  attrs: { id: options.id === undefined ? randomUUID() : options.id, nature },
  content: [paragraph(wording), ...(options.reasons ? [paragraph(options.reasons)] : [])],
})
export const actionBlock = (text: string, attrs: Record<string, unknown> = {}): ProseMirrorJSON => ({
  type: 'action',
  attrs: { id: randomUUID(), ownerKind: null, ownerId: null, ownerLabel: null, dueOn: null, ...attrs },
  ...(text ? { content: [{ type: 'text', text }] } : {}),
})
export const vigilanceBlock = (text: string): ProseMirrorJSON => ({
  type: 'vigilance',
  attrs: { id: randomUUID() },
  content: [{ type: 'text', text }],
})
