import { and, desc, eq, inArray, or } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, instances, mandates, minutes, minutesRecipients, minutesVersions } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import { type Actor, activeOn, loadActors } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import { ownBodyFunctions, technicalGroupKinds } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { attachedPrestataires, distinct, person, type Recipient } from '../meetings/audience.ts'
import { changeMinutes, withoutText } from './change-minutes.ts'

/** Distributes validated minutes: published, and recorded for each recipient as to read (mail is not sent yet). */
export async function distributeMinutes(context: Context, actor: Actor, minutesId: string): Promise<void> {
  await changeMinutes(context, actor, minutesId, 'distribute', withoutText, (tx, author, row) =>
    recordDistribution(tx, author, row.id),
  )
  context.live.recheck()
}

/** Publishes minutes and records their recipients, in the caller's transaction. @throws Conflict */
export async function recordDistribution(tx: Transaction, author: Actor, minutesId: string): Promise<void> {
  const facts = await minutesFacts(tx, author, minutesId)
  if (facts.minutesState !== 'valide') throw new Conflict('Seul un compte rendu validé se diffuse.')
  const [version] = await tx
    .select({ version: minutesVersions.version })
    .from(minutesVersions)
    .where(eq(minutesVersions.minutesId, minutesId))
    .orderBy(desc(minutesVersions.version))
  if (!version) throw new Error('validated minutes have a sealed version')
  const recipients = await minutesAudience(tx, author, facts)
  if (recipients.length > 0) {
    await tx.insert(minutesRecipients).values(
      recipients.map(({ accountId }) => ({
        consortiumId: author.consortiumId,
        minutesId,
        version: version.version,
        accountId,
        sentAt: author.now,
        readAt: accountId === author.accountId ? author.now : null,
      })),
    )
  }
  await tx
    .update(minutes)
    .set({ state: 'diffuse', distributedAt: author.now, distributedBy: author.accountId })
    .where(eq(minutes.id, minutesId))
}

/**
 * Whom minutes are distributed to: the body, the invités of the meeting, the attached prestataire and, for a technical
 * group, the strategic instance, which receives all groups' minutes. Only those who may read them are kept.
 */
export async function minutesAudience(
  tx: Database | Transaction,
  author: Actor,
  facts: MinutesFacts,
): Promise<Recipient[]> {
  const bodies = technicalGroupKinds.includes(facts.kind)
    ? or(eq(instances.id, facts.instanceId), eq(instances.kind, 'pilotage_strategique'))
    : eq(instances.id, facts.instanceId)
  const rows = await tx
    .select(person(mandates.civilite))
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .innerJoin(instances, eq(instances.id, mandates.instanceId))
    .where(
      and(
        eq(mandates.consortiumId, author.consortiumId),
        activeOn(mandates, author.today),
        or(and(bodies, inArray(mandates.function, [...ownBodyFunctions])), eq(mandates.meetingId, facts.meetingId)),
      ),
    )
    .orderBy(accounts.familyName, accounts.givenName)
  const candidates = distinct([...rows, ...(await attachedPrestataires(tx, author, facts.instanceId))])
  const people = await loadActors(tx, { ...author, accountIds: candidates.map(({ accountId }) => accountId) })
  return candidates.filter((_, n) => {
    const reader = people[n]
    return reader !== undefined && can(reader, 'minutes', 'read', { ...facts, minutesState: 'diffuse' })
  })
}
