import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agendaItems, instances, meetings, minutes } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { seedLiveText } from '#server/collaboration/stored-text.ts'
import { Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Authorized, authorize } from '#server/habilitations/authorize.ts'
import { instanceFacts } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import type { MeetingForm } from '#server/vocabulary/meeting-forms.ts'
import type { Context } from '../context.ts'
import { checkStillMeets } from '../instances/change-instance.ts'
import { agendaOf, minutesSkeleton } from './skeleton.ts'

/**
 * Creates a meeting in preparation with its agenda; its minutes exist at once, with a skeleton made from the agenda.
 * @throws NotFound, Forbidden (H5), Invalid (hours that the change of clocks makes impossible)
 */
export async function createMeeting(
  context: Context,
  actor: Actor,
  input: { instanceId: string; form: MeetingForm; previousMeetingId?: string | null },
): Promise<{ meetingId: string; minutesId: string }> {
  const facts = await instanceFacts(context.db, actor, input.instanceId)
  const author = authorize(actor, 'instance', 'createMeeting', facts)
  return context.db.transaction(tx =>
    insertMeeting(tx, author, { ...input, instanceId: facts.instanceId, verb: 'meeting.create' }),
  )
}

/** Inserts a meeting, its agenda, its minutes and their live text, in the caller's transaction. */
export async function insertMeeting(
  tx: Transaction,
  author: Authorized<'instance.createMeeting'> | Authorized<'meeting.cancel'>,
  input: { instanceId: string; form: MeetingForm; previousMeetingId?: string | null; verb: string },
): Promise<{ meetingId: string; minutesId: string }> {
  const { form, instanceId } = input
  const { consortiumId, accountId, now } = author
  await checkInstanceMeets(tx, instanceId, form.day)
  const [meeting] = await tx
    .insert(meetings)
    .values({
      consortiumId,
      instanceId,
      title: form.title,
      ...hoursOf(form),
      place: form.place,
      link: form.link,
      previousMeetingId: await previousOf(tx, instanceId, input.previousMeetingId),
      createdAt: now,
      createdBy: accountId,
    })
    .returning({ id: meetings.id })
  if (!meeting) throw new Error('an inserted meeting has an id')
  if (form.items.length > 0) {
    await tx.insert(agendaItems).values(
      form.items.map(({ title, reporter, durationMinutes }, position) => ({
        consortiumId,
        meetingId: meeting.id,
        position,
        title,
        reporter,
        durationMinutes,
      })),
    )
  }
  const minutesId = await insertMinutes(tx, author, { instanceId, meetingId: meeting.id })
  await writeJournal(tx, {
    consortiumId,
    at: now,
    by: accountId,
    verb: input.verb,
    subjectKind: 'meeting',
    subjectId: meeting.id,
  })
  return { meetingId: meeting.id, minutesId }
}

/** @throws Invalid when the instance is dissolved by that day */
export async function checkInstanceMeets(tx: Transaction, instanceId: string, day: string): Promise<void> {
  const [instance] = await tx.select({ endsOn: instances.endsOn }).from(instances).where(eq(instances.id, instanceId))
  if (instance) checkStillMeets(instance, day)
}

/**
 * When a meeting begins and ends.
 * @throws Invalid on the night the clocks go forward, when the hour that does not exist leaves it no time.
 */
export function hoursOf(form: Pick<MeetingForm, 'day' | 'startTime' | 'endTime'>): {
  startsAt: Date
  endsAt: Date | null
} {
  const startsAt = parisInstant(form.day, form.startTime)
  const endsAt = form.endTime ? parisInstant(form.day, form.endTime) : null
  if (endsAt !== null && endsAt <= startsAt) {
    throw new Invalid('La réunion doit finir après avoir commencé.', {
      endTime: ['Cette nuit-là, les montres passent de 2 h à 3 h : choisissez une autre heure.'],
    })
  }
  return { startsAt, endsAt }
}

async function insertMinutes(tx: Transaction, author: Actor, key: { instanceId: string; meetingId: string }) {
  const { consortiumId, accountId, now } = author
  const [instance] = await tx
    .select({ visibility: instances.minutesVisibility, opens: instances.opensWritingToMembers })
    .from(instances)
    .where(eq(instances.id, key.instanceId))
  if (!instance) throw new Error('a meeting belongs to an instance')
  const opened = instance.opens ? { openedToMembersAt: now, openedToMembersBy: accountId } : {}
  const [row] = await tx
    .insert(minutes)
    .values({ consortiumId, meetingId: key.meetingId, visibility: instance.visibility, createdAt: now, ...opened })
    .returning({ id: minutes.id, epoch: minutes.epoch })
  if (!row) throw new Error('inserted minutes have an id')
  const content = minutesSkeleton(await agendaOf(tx, key.meetingId))
  await seedLiveText(tx, { consortiumId, minutesId: row.id, epoch: row.epoch, content, now })
  return row.id
}

/** The meeting resumed, if it is one of the same instance; else none. */
async function previousOf(tx: Transaction, instanceId: string, previousId: string | null | undefined) {
  if (!previousId) return null
  const [row] = await tx
    .select({ id: meetings.id })
    .from(meetings)
    .where(and(eq(meetings.id, previousId), eq(meetings.instanceId, instanceId)))
  return row?.id ?? null
}
