import { and, desc, eq, isNull } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Database } from '#db/client.ts'
import { liveTexts, liveTextUpdates } from '#db/schema/live-texts.ts'
import type { LiveTextKey } from '#server/vocabulary/live-texts.ts'
import { type ProseMirrorJSON, readLiveText, sameText, textFingerprint } from './stored-text.ts'
import { writeContent } from './text-content.ts'

/**
 * Writes the skeleton again from a changed agenda, while nobody has written in the text. The row's lock holds back a first
 * edit that would come at the same instant.
 *
 * @returns what was journalled, if anything had to be, for those who have the text open; null when somebody has written, or
 * the text is closed.
 * @throws Invalid when the content does not fit the schema.
 */
export function rewriteUntouchedText(
  db: Database,
  { minutesId, content, now }: { minutesId: string; content: ProseMirrorJSON; now: Date },
): Promise<(LiveTextKey & { update: Uint8Array | null }) | null> {
  return db.transaction(async tx => {
    const [current] = await tx
      .select({ epoch: liveTexts.epoch })
      .from(liveTexts)
      .where(and(eq(liveTexts.minutesId, minutesId), isNull(liveTexts.closedAt)))
      .orderBy(desc(liveTexts.epoch))
      .limit(1)
    if (!current) return null
    const key = { minutesId, epoch: current.epoch }
    const text = await readLiveText(tx, key, { lock: 'update' })
    if (text.firstEditedAt || text.closedAt) return null
    writeContent(text.doc, content)
    if (sameText(text, textFingerprint(text.doc))) return { ...key, update: null }
    const update = Y.encodeStateAsUpdate(text.doc, text.stateVector)
    await tx.insert(liveTextUpdates).values({ liveTextId: text.id, update, receivedAt: now })
    return { ...key, update }
  })
}
