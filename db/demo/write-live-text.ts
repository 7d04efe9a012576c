import { eq } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Database } from '#db/client.ts'
import { liveTexts, liveTextUpdates } from '#db/schema/index.ts'
import { type ProseMirrorJSON, readLiveText } from '#server/collaboration/stored-text.ts'
import { writeContent } from '#server/collaboration/text-content.ts'

/**
 * Writes in a live text as its author would have: the difference is journalled under their name, and the text counts as
 * edited from then on.
 */
export async function writeLiveText(
  db: Database,
  edit: { minutesId: string; content: ProseMirrorJSON; accountId: string; at: Date },
): Promise<void> {
  const text = await readLiveText(db, { minutesId: edit.minutesId, epoch: 1 })
  writeContent(text.doc, edit.content)
  await db.insert(liveTextUpdates).values({
    liveTextId: text.id,
    update: Y.encodeStateAsUpdate(text.doc, text.stateVector),
    accountId: edit.accountId,
    receivedAt: edit.at,
  })
  if (text.firstEditedAt === null) {
    await db.update(liveTexts).set({ firstEditedAt: edit.at }).where(eq(liveTexts.id, text.id))
  }
}
