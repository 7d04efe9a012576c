import type { Database } from '#db/client.ts'
import type { Clock } from '#server/calendar.ts'
import type { LivePort } from '#server/domain/context.ts'
import { rewriteUntouchedText } from './follow-agenda.ts'
import type { ProseMirrorJSON } from './stored-text.ts'

/**
 * What commands ask of the live texts where no text is open: before the engine runs, in scripts and in tests. Texts are
 * changed in the database alone, and there is nobody to tell.
 */
export function withoutLiveEngine(db: Database, clock: Clock): LivePort {
  return {
    async drain() {},
    announceClosed() {},
    announceChanged() {},
    recheck() {},
    async followAgenda(minutesId, content) {
      const written = await rewriteUntouchedText(db, {
        minutesId,
        content: content as ProseMirrorJSON,
        now: clock.now(),
      })
      return written !== null
    },
  }
}
