import { randomBytes } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { registerEvents, registerHeads } from '#db/schema/index.ts'
import { canonicalHash, saltedHash } from '../canonical.ts'

/** What happens to a decision in the register. */
export type RegisterEventKind = 'proposed' | 'placed_on_agenda' | 'result' | 'withdrawn'

export type RegisterEvent = {
  consortiumId: string
  decisionId: string
  kind: RegisterEventKind
  payload: Record<string, unknown>
  at: Date
  by: string
}

/** The hash before the first event. */
const genesis = '0'.repeat(64)

/**
 * Locks the end of the consortium's register until the transaction ends. It is the last lock taken: whoever numbers a
 * decision or appends an event holds it.
 */
export async function lockRegister(tx: Transaction, consortiumId: string): Promise<{ rank: number; hash: string }> {
  await tx.insert(registerHeads).values({ consortiumId, rank: 0, hash: genesis }).onConflictDoNothing()
  const [head] = await tx.select().from(registerHeads).where(eq(registerHeads.consortiumId, consortiumId)).for('update')
  if (!head) throw new Error('a register has a head')
  return { rank: head.rank, hash: head.hash }
}

/** Appends an event to the chain: its hash covers the previous one. */
export async function appendToRegister(tx: Transaction, event: RegisterEvent): Promise<void> {
  const { consortiumId, decisionId, kind, payload, at, by } = event
  const head = await lockRegister(tx, consortiumId)
  const salt = randomBytes(16).toString('base64')
  const rank = head.rank + 1
  const payloadHash = saltedHash(salt, payload)
  const hash = eventHash({ consortiumId, rank, decisionId, kind, payloadHash, previousHash: head.hash, at, by })
  await tx.insert(registerEvents).values({
    consortiumId,
    rank,
    decisionId,
    kind,
    payload,
    salt,
    payloadHash,
    previousHash: head.hash,
    hash,
    at,
    by,
  })
  await tx.update(registerHeads).set({ rank, hash }).where(eq(registerHeads.consortiumId, consortiumId))
}

/**
 * Reads the whole chain again and recomputes every hash.
 * @returns the number of events, and the rank of the first one that does not verify (null when all do).
 */
export async function verifyRegister(
  db: Database,
  consortiumId: string,
): Promise<{ events: number; firstBroken: number | null }> {
  const events = await db
    .select()
    .from(registerEvents)
    .where(eq(registerEvents.consortiumId, consortiumId))
    .orderBy(asc(registerEvents.rank))
  const [head] = await db.select().from(registerHeads).where(eq(registerHeads.consortiumId, consortiumId))
  let previousHash = genesis
  for (const [index, event] of events.entries()) {
    const sound =
      event.rank === index + 1 &&
      event.previousHash === previousHash &&
      event.payloadHash === saltedHash(event.salt, event.payload) &&
      event.hash === eventHash(event)
    if (!sound) return { events: events.length, firstBroken: index + 1 }
    previousHash = event.hash
  }
  const headHolds = head ? head.rank === events.length && head.hash === previousHash : events.length === 0
  return { events: events.length, firstBroken: headHolds ? null : events.length + 1 }
}

type HashedEvent = {
  consortiumId: string
  rank: number
  decisionId: string
  kind: string
  payloadHash: string
  previousHash: string
  at: Date
  by: string | null
}

function eventHash({ consortiumId, rank, decisionId, kind, payloadHash, previousHash, at, by }: HashedEvent): string {
  const instant = at.toISOString()
  return canonicalHash({ format: 1, consortiumId, rank, decisionId, kind, payloadHash, previousHash, at: instant, by })
}
