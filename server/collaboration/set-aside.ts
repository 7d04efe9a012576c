import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'

/** A row of the journal that cannot be read. */
export type SetAside = { seq: number; liveTextId: string; update: Uint8Array; error: string }

/** Moves a row that cannot be read out of the journal. It is kept: what can be made of it is for a person to say. */
export async function setAside(executor: Database | Transaction, row: SetAside): Promise<void> {
  await executor.execute(sql`
    with gone as (
      delete from live_text_updates where live_text_id = ${row.liveTextId} and seq = ${row.seq}
      returning seq, live_text_id, update)
    insert into live_text_undecodable (seq, live_text_id, update, error, set_aside_at)
    select seq, live_text_id, update, ${row.error.slice(0, 500)}, now() from gone`)
}
