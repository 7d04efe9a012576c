import { desc, eq, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { first } from '#db/lists.ts'
import { minutesVersions } from '#db/schema/index.ts'
import type { SealedStatement } from './seal.ts'

export type SealedVersion = {
  id: string
  version: number
  content: unknown
  statement: SealedStatement
  sealedStatement: string
  salts: string[]
  seal: string
  sealedAt: Date
}

/** The sealed version of minutes that is in force, or null while they are live. The PDF is read apart. */
export async function sealedVersionOf(db: Database | Transaction, minutesId: string): Promise<SealedVersion | null> {
  const [row] = await selectSealedVersion(db, minutesId)
  return row ? sealedVersionFrom(row) : null
}

/** What `sealedVersionFrom` needs: one row at most. */
export function selectSealedVersion(db: Database | Transaction, minutesId: string | SQL) {
  return db
    .select({
      id: minutesVersions.id,
      version: minutesVersions.version,
      content: minutesVersions.content,
      sealedStatement: minutesVersions.sealedStatement,
      salts: minutesVersions.salts,
      seal: minutesVersions.seal,
      sealedAt: minutesVersions.sealedAt,
    })
    .from(minutesVersions)
    .where(eq(minutesVersions.minutesId, minutesId))
    .orderBy(desc(minutesVersions.version))
    .limit(first(1))
}

export function sealedVersionFrom(row: Omit<SealedVersion, 'statement'>): SealedVersion {
  return { ...row, statement: JSON.parse(row.sealedStatement) as SealedStatement }
}
