import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions, instances, mandates, prestataireAttachments } from '#db/schema/index.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, ownBodyFunctions, technicalGroupKinds } from '#server/vocabulary/governance.ts'

export type Recipient = { accountId: string; name: string }

/**
 * Whom a meeting is announced to: the body, its assistants, the invités of this meeting and the attached prestataire; for the
 * strategic instance itself, the copilotes of technical groups too, its permanent invités (H7). With mandates active on the
 * day of the announcement or on the day of the meeting. Suspended accounts are left out.
 */
export async function meetingAudience(
  db: Database | Transaction,
  author: { consortiumId: string; today: string },
  meeting: { id: string; instanceId: string; startsAt: Date },
): Promise<Recipient[]> {
  const days = [author.today, parisDay(meeting.startsAt)]
  const [body] = await db.select({ kind: instances.kind }).from(instances).where(eq(instances.id, meeting.instanceId))
  const byMandate = await db
    .select(person(mandates.civilite))
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(
      and(
        eq(mandates.consortiumId, author.consortiumId),
        or(
          and(
            eq(mandates.instanceId, meeting.instanceId),
            or(inArray(mandates.function, [...ownBodyFunctions, 'assistant']), eq(mandates.meetingId, meeting.id)),
          ),
          body?.kind === 'pilotage_strategique'
            ? and(eq(mandates.function, 'copilote'), inArray(instances.kind, [...technicalGroupKinds]))
            : undefined,
        ),
        or(...days.map(day => activeOn(mandates, day))),
      ),
    )
    .orderBy(asc(accounts.familyName), asc(accounts.givenName))
  return distinct([...byMandate, ...(await attachedPrestataires(db, author, meeting.instanceId))])
}

/** The prestataires attached to an instance today. */
export async function attachedPrestataires(
  db: Database | Transaction,
  author: { consortiumId: string; today: string },
  instanceId: string,
) {
  return db
    .select(person(consortiumFunctions.civilite))
    .from(prestataireAttachments)
    .innerJoin(consortiumFunctions, eq(consortiumFunctions.id, prestataireAttachments.consortiumFunctionId))
    .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
    .where(
      and(
        eq(prestataireAttachments.consortiumId, author.consortiumId),
        eq(prestataireAttachments.instanceId, instanceId),
        eq(consortiumFunctions.function, 'prestataire'),
        activeOn(prestataireAttachments, author.today),
        activeOn(consortiumFunctions, author.today),
      ),
    )
}

/** One line for each account that is not suspended, in the order in which they come. */
export function distinct(rows: readonly PersonRow[]): Recipient[] {
  const byAccount = new Map<string, Recipient>()
  for (const row of rows) {
    if (row.suspendedAt !== null || byAccount.has(row.accountId)) continue
    const name = personName({ civility: civiliteLabels[row.civilite], ...row })
    byAccount.set(row.accountId, { accountId: row.accountId, name })
  }
  return [...byAccount.values()]
}

type PersonRow = {
  accountId: string
  givenName: string
  familyName: string
  civilite: (typeof mandates.$inferSelect)['civilite']
  suspendedAt: Date | null
}

/** Columns of a person to whom something is sent. */
export function person<Civilite>(civilite: Civilite) {
  return {
    accountId: accounts.id,
    givenName: accounts.givenName,
    familyName: accounts.familyName,
    civilite,
    suspendedAt: accounts.suspendedAt,
  }
}
