/** The whole product with its demonstration, in which the draft of today's meeting is the long text. */
import { eq } from 'drizzle-orm'
import * as Y from 'yjs'
import { type DatabaseKind, openDatabase } from '#db/client.ts'
import { liveTexts, liveTextUpdates } from '#db/schema/live-texts.ts'
import { productStarter } from '../chaos/product.ts'
import { newStorage, type Target } from '../chaos/target.ts'
import { longText } from './long-text.ts'

export type Product = { start(): Promise<Target>; remove(): Promise<void> }

/** Ready to be started, as often as wanted, on one port. */
export async function productWithLongText(kind: DatabaseKind): Promise<Product> {
  const { env, remove } = await newStorage(kind)
  try {
    const start = await productStarter(env)
    const { text, stop } = await start()
    await stop()
    await writeLongText(env, text.minutesId)
    return { start, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function writeLongText(env: Record<string, string>, minutesId: string): Promise<void> {
  const handle = await openDatabase({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL })
  try {
    const [row] = await handle.db
      .update(liveTexts)
      .set({ state: Y.encodeStateAsUpdate(longText()) })
      .where(eq(liveTexts.minutesId, minutesId))
      .returning()
    if (!row) throw new Error('the draft has no live text')
    await handle.db.delete(liveTextUpdates).where(eq(liveTextUpdates.liveTextId, row.id))
  } finally {
    await handle.close()
  }
}
