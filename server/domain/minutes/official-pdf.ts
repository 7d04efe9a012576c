import { createHash } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { instances, meetings, minutesVersions } from '#db/schema/index.ts'
import { minutesPdf } from '#server/exports/minutes-pdf.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import type { Context } from '../context.ts'
import { printedMinutes } from './printed-minutes.ts'

export type MinutesFile = { bytes: Uint8Array; draft: boolean; instanceSlug: string; meetingAt: Date }

/**
 * The minutes as PDF/UA: the official file of the sealed version, made once and stored; or the draft, made on demand and
 * marked « Projet ».
 * @throws NotFound (H15)
 */
export async function minutesFile(context: Context, actor: Actor, minutesId: string): Promise<MinutesFile> {
  const { db, log } = context
  const facts = await minutesFacts(db, actor, minutesId)
  authorize(actor, 'minutes', 'read', facts)
  const [about] = await db
    .select({ instanceSlug: instances.slug, meetingAt: meetings.startsAt })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .where(eq(meetings.id, facts.meetingId))
  if (!about) throw new Error('minutes belong to a meeting')
  const stored = await storedPdf(db, minutesId)
  if (!stored)
    return { ...about, bytes: await minutesPdf(await printedMinutes(db, actor, minutesId), log), draft: true }
  return { ...about, bytes: stored.pdf ?? (await storeOfficialPdf(context, actor, minutesId)), draft: false }
}

/** Makes the official PDF of sealed minutes if it is not made yet; the first one stored is the one that stays. */
export async function storeOfficialPdf(context: Context, actor: Actor, minutesId: string): Promise<Uint8Array> {
  const bytes = await minutesPdf(await printedMinutes(context.db, actor, minutesId), context.log)
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
