import { asc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { agendaItems } from '#db/schema/index.ts'
import type { ProseMirrorJSON } from '#server/collaboration/stored-text.ts'

export type AgendaLine = { id: string; title: string; reporter: string }

/** The first text of minutes, made from the agenda: the essential, then a heading for each item. */
export function minutesSkeleton(items: readonly AgendaLine[]): ProseMirrorJSON {
  const sections = items.flatMap(item => [
    { type: 'heading', attrs: { level: 2, agendaItemId: item.id }, content: [{ type: 'text', text: item.title }] },
    ...(item.reporter ? [reporterLine(item.reporter)] : []),
    { type: 'paragraph' },
  ])
  const essential = { type: 'essential', content: [{ type: 'paragraph' }] }
  return { type: 'doc', content: [essential, ...(sections.length > 0 ? sections : [{ type: 'paragraph' }])] }
}

/** The agenda of a meeting, in order. */
export function agendaOf(db: Database | Transaction, meetingId: string) {
  return db.select().from(agendaItems).where(eq(agendaItems.meetingId, meetingId)).orderBy(asc(agendaItems.position))
}

function reporterLine(reporter: string): ProseMirrorJSON {
  return {
    type: 'paragraph',
    content: [{ type: 'text', marks: [{ type: 'italic' }], text: `Rapporteur\u00A0: ${reporter}` }],
  }
}
