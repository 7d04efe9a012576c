import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { consortia, instances } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { AttendanceLine } from '../meetings/attendance-sheet.ts'
import type { MeetingRow } from '../meetings/change-meeting.ts'
import { agendaOf } from '../meetings/skeleton.ts'
import type { MinutesRow } from './change-minutes.ts'
import type { EnteredOutcomes } from './registers.ts'
import type { SealedFacts } from './seal.ts'
import type { Agreement } from './validate-minutes.ts'

/** Everything around the text that a seal covers, as it stands at the instant of sealing. */
export async function sealedFacts(
  tx: Transaction,
  author: Actor,
  about: {
    row: MinutesRow
    meeting: MeetingRow
    attendance: AttendanceLine[]
    entered: EnteredOutcomes
    agreement: Agreement
    version: number
  },
): Promise<SealedFacts> {
  const { row, meeting, attendance, entered, agreement, version } = about
  const [names] = await tx
    .select({ consortium: consortia.name, instance: instances.name })
    .from(instances)
    .innerJoin(consortia, eq(consortia.id, instances.consortiumId))
    .where(eq(instances.id, meeting.instanceId))
  if (!names) throw new Error('a meeting belongs to an instance of a consortium')
  const agenda = await agendaOf(tx, meeting.id)
  return {
    consortium: { id: row.consortiumId, name: names.consortium },
    instance: { id: meeting.instanceId, name: names.instance },
    minutesId: row.id,
    version,
    meeting: {
      id: meeting.id,
      startsAt: meeting.startsAt.toISOString(),
      endsAt: meeting.endsAt?.toISOString() ?? null,
      place: meeting.place,
      title: meeting.title,
    },
    agenda: agenda.map(({ title, reporter }) => ({ title, reporter })),
    attendance: attendance.map(
      ({ mandateId, name, functionLabel, qualite, organisation, status, mode, representedBy }) => ({
        mandateId,
        name,
        functionLabel,
        qualite,
        organisation,
        status,
        mode,
        representedBy,
      }),
    ),
    ...entered,
    approvals: agreement.approvals.map(approval => ({ ...approval, approvedAt: approval.approvedAt.toISOString() })),
    inAbsenceOf: agreement.inAbsenceOf,
    sealedAt: author.now.toISOString(),
    sealedBy: { accountId: author.accountId, name: author.name },
  }
}
