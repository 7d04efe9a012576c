import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, attendance, instances, meetings } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize, can } from '#server/habilitations/authorize.ts'
import type { MeetingFacts, PresenceFacts } from '#server/habilitations/facts.ts'
import { meetingFacts } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import type { Level } from '#server/vocabulary/governance.ts'
import type { AttendanceMode, AttendanceStatus, MeetingState } from '#server/vocabulary/meetings.ts'
import type { PresenceForm } from '#server/vocabulary/presence-forms.ts'
import type { Context } from '../context.ts'
import { type Seat, seatsOf } from '../governance/composition.ts'

/** A presence of which the person answers: the own one, or that of somebody they assist. */
export type OwnPresence = {
  mandateId: string
  name: string
  functionLabel: string
  organisation: string
  /** False for somebody whom the person assists. */
  own: boolean
  answer: {
    status: AttendanceStatus
    mode: AttendanceMode | null
    representedBy: string | null
    /** For one's own body, and for who typed it. */
    reason: string | null
    at: Date
    by: string
  } | null
  /** The suppléants of a titulaire, the titulaire of a suppléant, and what they answered for who may see it (H47). */
  around: { name: string; functionLabel: string; status?: AttendanceStatus | null }[]
}

export type PresencePage = {
  meetingId: string
  state: MeetingState
  startsAt: Date
  endsAt: Date | null
  instance: { slug: string; name: string; shortName: string; level: Level }
  /** Whether the meeting's page may be opened (H7): an assistant without the dossier knows its date alone. */
  readsMeeting: boolean
  presences: OwnPresence[]
}

/** The presences at a meeting of which a person answers. @throws NotFound, Forbidden, Conflict (H48) */
export async function ownPresences(context: Context, actor: Actor, meetingId: string): Promise<PresencePage> {
  const { db } = context
  const facts = await meetingFacts(db, actor, meetingId)
  const { meeting, instance, seats } = await expectedAt(db, facts)
  const mine = seats.filter(seat => answersFor(actor, seat.mandateId))
  authorize(actor, 'presence', 'answer', presenceFacts(facts, mine[0]?.mandateId ?? null))
  const rows = await answersAt(db, facts.meetingId)
  const { slug, name, shortName, level } = instance
  return {
    meetingId: meeting.id,
    state: meeting.state,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    instance: { slug, name, shortName, level },
    readsMeeting: can(actor, 'meeting', 'read', facts),
    presences: mine.map(seat => presenceOf(actor, facts, seat, seats, rows)),
  }
}

/** Whether a person answers of a presence at a meeting that awaits answers (H48). */
export async function answersOfPresence(db: Database, actor: Actor, facts: MeetingFacts): Promise<boolean> {
  const [anyOfTheirs] = [...actor.mandateIds, ...actor.assists]
  if (!anyOfTheirs || !can(actor, 'presence', 'answer', { ...facts, mandateId: anyOfTheirs })) return false
  const { seats } = await expectedAt(db, facts)
  return seats.some(seat => answersFor(actor, seat.mandateId))
}

/**
 * Answers of a presence, the own one or that of somebody whom one assists. The last answer counts, whoever gave it; the
 * journal keeps each. @throws NotFound, Forbidden, Conflict (H48)
 */
export async function answerPresence(
  context: Context,
  actor: Actor,
  input: { meetingId: string; form: PresenceForm },
): Promise<void> {
  const { form } = input
  await context.db.transaction(async tx => {
    const known = await meetingFacts(tx, actor, input.meetingId)
    await tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.id, known.meetingId)).for('update')
    const facts = await meetingFacts(tx, actor, input.meetingId)
    const { seats } = await expectedAt(tx, facts)
    const seat = seats.find(({ mandateId }) => mandateId === form.mandateId)
    const author = authorize(actor, 'presence', 'answer', presenceFacts(facts, seat?.mandateId ?? null))
    if (!seat) throw new NotFound()
    const values = {
      status: form.status,
      mode: form.status !== 'excuse' && form.mode !== '' ? form.mode : null,
      representedBy: form.status === 'represente' ? form.representedBy : null,
      reason: form.status === 'excuse' && form.reason !== '' ? form.reason : null,
      recordedAt: author.now,
      recordedBy: author.accountId,
    }
    const { consortiumId } = author
    await tx
      .insert(attendance)
      .values({ ...values, consortiumId, meetingId: facts.meetingId, mandateId: seat.mandateId })
      .onConflictDoUpdate({
        target: [attendance.consortiumId, attendance.meetingId, attendance.mandateId],
        set: values,
      })
    await writeJournal(tx, {
      consortiumId,
      at: author.now,
      by: author.accountId,
      verb: 'presence.answer',
      subjectKind: 'meeting',
      subjectId: facts.meetingId,
      detail: { mandateId: seat.mandateId, status: values.status, mode: values.mode },
    })
  })
}

/** Who recorded each presence at a meeting, by mandate; for who reads them (H13). */
export async function recordersOf(
  db: Database,
  meetingId: string,
): Promise<{ mandateId: string; by: string; at: Date }[]> {
  const rows = await answersAt(db, meetingId)
  return rows.map(({ row, givenName, familyName }) => ({
    mandateId: row.mandateId,
    by: personName({ givenName, familyName }),
    at: row.recordedAt,
  }))
}

function answersFor(actor: Actor, mandateId: string): boolean {
  return actor.mandateIds.includes(mandateId) || actor.assists.includes(mandateId)
}

/** A mandate that nobody holds: the rules then judge whether the person may read presences at all. */
const nobodysMandate = '00000000-0000-4000-8000-000000000000'

function presenceFacts(facts: MeetingFacts, mandateId: string | null): PresenceFacts {
  return { ...facts, mandateId: mandateId ?? nobodysMandate }
}

/** The meeting, and who is expected by their mandate of that day: assistants are not. */
async function expectedAt(db: Database | Transaction, facts: MeetingFacts) {
  const [found] = await db
    .select({ meeting: meetings, instance: instances })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(meetings.id, facts.meetingId))
  if (!found) throw new NotFound()
  const seats = await seatsOf(db, { ...facts, day: parisDay(found.meeting.startsAt) })
  return { ...found, seats: seats.filter(seat => seat.function !== 'assistant') }
}

type AnswerRow = Awaited<ReturnType<typeof answersAt>>[number]

function answersAt(db: Database, meetingId: string) {
  return db
    .select({ row: attendance, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(attendance)
    .innerJoin(accounts, eq(accounts.id, attendance.recordedBy))
    .where(eq(attendance.meetingId, meetingId))
}

function presenceOf(
  actor: Actor,
  facts: MeetingFacts,
  seat: Seat,
  seats: readonly Seat[],
  answers: readonly AnswerRow[],
): OwnPresence {
  const answerTo = (mandateId: string) => answers.find(({ row }) => row.mandateId === mandateId)
  const answer = answerTo(seat.mandateId)
  const own = actor.mandateIds.includes(seat.mandateId)
  const around = seats.filter(
    other => other.titulaireMandateId === seat.mandateId || other.mandateId === seat.titulaireMandateId,
  )
  return {
    mandateId: seat.mandateId,
    name: seat.name,
    functionLabel: seat.functionLabel,
    organisation: seat.organisation,
    own,
    answer: answer
      ? {
          status: answer.row.status,
          mode: answer.row.mode,
          representedBy: answer.row.representedBy,
          reason: own || answer.row.recordedBy === actor.accountId ? answer.row.reason : null,
          at: answer.row.recordedAt,
          by: personName(answer),
        }
      : null,
    around: around.map(({ mandateId, name, functionLabel }) => ({
      name,
      functionLabel,
      ...(can(actor, 'presence', 'read', presenceFacts(facts, mandateId))
        ? { status: answerTo(mandateId)?.row.status ?? null }
        : {}),
    })),
  }
}
