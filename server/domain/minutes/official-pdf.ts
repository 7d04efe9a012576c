import { createHash } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { minutesVersions } from '#db/schema/index.ts'
import { minutesPdf } from '#server/exports/minutes-pdf.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import type { Context } from '../context.ts'
import { printedMinutes } from './printed-minutes.ts'

export type MinutesFile = { bytes: Uint8Array; draft: boolean }

/**
 * The minutes as PDF/UA: the official file of the sealed version, made once and stored; or the draft, made on demand and
 * marked « Projet ».
 * @throws NotFound (H15)
 */
export async function minutesFile(context: Context, actor: Actor, minutesId: string): Promise<MinutesFile> {
  authorize(actor, 'minutes', 'read', await minutesFacts(context.db, actor, minutesId))
  const stored = await storedPdf(context.db, minutesId)
  if (stored?.pdf) return { bytes: stored.pdf, draft: false }
  if (stored) return { bytes: await storeOfficialPdf(context, minutesId), draft: false }
  return { bytes: await minutesPdf(await printedMinutes(context.db, minutesId), context.log), draft: true }
}

/** Makes the official PDF of sealed minutes if it is not made yet; the first one stored is the one that stays. */
export async function storeOfficialPdf(context: Context, minutesId: string): Promise<Uint8Array> {
  const bytes = await minutesPdf(await printedMinutes(context.db, minutesId), context.log)
  const pdfHash = createHash('sha256').update(bytes).digest('hex')
  await context.db
    .update(minutesVersions)
    .set({ pdf: bytes, pdfHash })
    .where(and(eq(minutesVersions.minutesId, minutesId), isNull(minutesVersions.pdf)))
  const stored = await storedPdf(context.db, minutesId)
  if (!stored?.pdf) throw new Error('the official PDF was just stored')
  return stored.pdf
}

async function storedPdf(db: Database, minutesId: string) {
  const [row] = await db
    .select({ pdf: minutesVersions.pdf })
    .from(minutesVersions)
    .where(eq(minutesVersions.minutesId, minutesId))
    .orderBy(desc(minutesVersions.version))
    .limit(1)
  return row ?? null
}
