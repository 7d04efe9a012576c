import { and, count, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { oneOfWords } from '#db/lists.ts'
import { actionItems, attendance, mandates, meetings, minutesApprovals } from '#db/schema/index.ts'
import { counted } from '#server/vocabulary/french.ts'

/**
 * What a mandate has served for, in French: presences at meetings that were opened, agreements on minutes, actions, mandates
 * that serve it. Empty for one that may be erased as if it had never been.
 */
export async function usesOf(db: Database | Transaction, mandateId: string): Promise<string[]> {
  const [presences] = await db
    .select({ total: count() })
    .from(attendance)
    .innerJoin(meetings, eq(meetings.id, attendance.meetingId))
    .where(and(eq(attendance.mandateId, mandateId), oneOfWords(meetings.state, ['en_cours', 'tenue'])))
  const [agreements] = await db
    .select({ total: count() })
    .from(minutesApprovals)
    .where(eq(minutesApprovals.mandateId, mandateId))
  const [actions] = await db
    .select({ total: count() })
    .from(actionItems)
    .where(eq(actionItems.ownerMandateId, mandateId))
  const [serving] = await db.select({ total: count() }).from(mandates).where(eq(mandates.titulaireMandateId, mandateId))
  const uses: [number | undefined, string, string][] = [
    [presences?.total, 'présence', 'présences'],
    [agreements?.total, 'accord sur un compte rendu', 'accords sur des comptes rendus'],
    [actions?.total, 'action à mener', 'actions à mener'],
    [serving?.total, 'mandat qui le seconde', 'mandats qui le secondent'],
  ]
  return uses.flatMap(([total = 0, one, many]) => (total > 0 ? [counted(total, one, many)] : []))
}
