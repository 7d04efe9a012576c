import type { Database, Transaction } from '#db/client.ts'
import { securityLog } from '#db/schema/index.ts'
import type { SecurityEvent } from './vocabulary/security.ts'

export type SecurityLine = {
  at: Date
  event: SecurityEvent
  /** Null when no account has the address that was typed. */
  accountId: string | null
  /** Who did it, when somebody else than the account's person. */
  by?: string | null
  /** The network address it came from. */
  address?: string | null
}

/** What concerns the safety of an account: apart from the journal, and purged after twelve months. */
export async function writeSecurityLog(db: Database | Transaction, line: SecurityLine): Promise<void> {
  await db.insert(securityLog).values(line)
}
