import { asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agendaItems, decisions } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { proposalWords } from '../decisions/agenda.ts'

export type AgendaEntry = {
  id: string
  title: string
  reporter: string
  durationMinutes: number | null
  /** The proposal that the item puts before the instance, for who may read it. */
  decisionId: string | null
}

/** The agenda of a meeting, in order: what a proposal says, and the link to it, only for who may read it (H27). */
export async function agendaFor(db: Database, actor: Actor, meetingId: string): Promise<AgendaEntry[]> {
  const rows = await db
    .select({ item: agendaItems, decision: columnsOf.decision })
    .from(agendaItems)
    .leftJoin(decisions, eq(decisions.id, agendaItems.decisionId))
    .where(eq(agendaItems.meetingId, meetingId))
    .orderBy(asc(agendaItems.position))
  return rows.map(({ item: { id, title, reporter, durationMinutes, decisionId }, decision }) => {
    const hidden = decision !== null && !can(actor, 'decision', 'read', decision)
    return {
      id,
      title: hidden ? proposalWords : title,
      reporter,
      durationMinutes,
      decisionId: hidden ? null : decisionId,
    }
  })
}
