import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { attendance } from '#db/schema/index.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { titulaireFunctions } from '#server/vocabulary/governance.ts'
import type { AttendanceMode, AttendanceStatus } from '#server/vocabulary/meetings.ts'
import { type Seat, seatsOf } from '../governance/composition.ts'

/** A line of the attendance: a person expected (titulaire), or one who came in addition (suppléant, secretary). */
export type AttendanceLine = {
  mandateId: string
  name: string
  functionLabel: string
  qualite: string
  organisation: string
  /** Titulaires are counted absent until something else is recorded once the meeting is held. */
  titulaire: boolean
  status: AttendanceStatus | null
  mode: AttendanceMode | null
  representedBy: string | null
  /** Null for who may not read reasons, and inside minutes. */
  reason: string | null
}

/** The attendance of a meeting, by institution, from the mandates of its day. */
export async function attendanceSheet(
  db: Database | Transaction,
  meeting: { id: string; consortiumId: string; instanceId: string; startsAt: Date },
  options: { reasons: boolean },
): Promise<AttendanceLine[]> {
  const seats = await seatsOf(db, { ...meeting, day: parisDay(meeting.startsAt) })
  const rows = await db.select().from(attendance).where(eq(attendance.meetingId, meeting.id))
  const byMandate = new Map(rows.map(row => [row.mandateId, row]))
  return seats.filter(isExpected).map(seat => {
    const row = byMandate.get(seat.mandateId)
    return {
      mandateId: seat.mandateId,
      name: seat.name,
      functionLabel: seat.functionLabel,
      qualite: seat.qualite,
      organisation: seat.organisation,
      titulaire: titulaireFunctions.includes(seat.function),
      status: row?.status ?? null,
      mode: row?.mode ?? null,
      representedBy: row?.representedBy ?? null,
      reason: options.reasons ? (row?.reason ?? null) : null,
    }
  })
}

function isExpected(seat: Seat): boolean {
  return seat.function !== 'assistant'
}
