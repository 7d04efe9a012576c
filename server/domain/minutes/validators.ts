import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { accounts, mandates, minutesApprovals } from '#db/schema/index.ts'
import { type StoredText, sameText } from '#server/collaboration/stored-text.ts'
import { activeOn } from '#server/habilitations/actor.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, type ValidatorRule } from '#server/vocabulary/governance.ts'
import { chefsDeProjet } from '../governance/people.ts'

/** Someone whose agreement counts for minutes, by the rule `valideurs` of the instance. */
export type Validator = { accountId: string; mandateId: string | null; name: string; functionLabel: string }

export type Approval = {
  id: string
  accountId: string
  approvedAt: Date
  /** True when the text has not changed since. */
  current: boolean
  maintained: boolean
  /** The text as its author saw it. */
  seenContent: unknown
}

/** Who may validate on a day: all copilotes, the presidents or the chefs de projet of the instance. */
export async function validatorsOf(
  db: Database | Transaction,
  facts: MinutesFacts,
  today: string,
): Promise<Validator[]> {
  if (facts.validatorRule === 'chef_de_projet') {
    return (await chefsDeProjet(db, facts.consortiumId, today)).map(person => ({ ...person, mandateId: null }))
  }
  const rows = await db
    .select({
      accountId: accounts.id,
      mandateId: mandates.id,
      civilite: mandates.civilite,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      functionLabel: mandates.functionLabel,
    })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(
      and(
        eq(mandates.consortiumId, facts.consortiumId),
        eq(mandates.instanceId, facts.instanceId),
        inArray(mandates.function, [facts.validatorRule === 'presidence' ? 'president' : 'copilote']),
        activeOn(mandates, today),
      ),
    )
    .orderBy(asc(mandates.startsOn), asc(accounts.familyName))
  return rows.map(({ civilite, givenName, familyName, ...row }) => ({
    ...row,
    name: personName({ civility: civiliteLabels[civilite], givenName, familyName }),
  }))
}

/** The latest approval of each person on minutes, judged against the text as it stands. */
export async function approvalsOf(
  db: Database | Transaction,
  minutesId: string,
  text: Pick<StoredText, 'stateVector' | 'deleteSetHash'>,
): Promise<Approval[]> {
  const rows = await db
    .select()
    .from(minutesApprovals)
    .where(eq(minutesApprovals.minutesId, minutesId))
    .orderBy(asc(minutesApprovals.approvedAt))
  const latest = new Map(rows.map(row => [row.accountId, row]))
  return [...latest.values()].map(row => ({
    id: row.id,
    accountId: row.accountId,
    approvedAt: row.approvedAt,
    current: sameText(row, text),
    maintained: row.maintained,
    seenContent: row.seenContent,
  }))
}

/** Validators whose agreement is still wanted: all of them, or one, by the rule. Nobody wanted: may be validated. */
export function missingValidators(
  rule: ValidatorRule,
  validators: readonly Validator[],
  approvals: readonly Approval[],
): Validator[] {
  const agreed = new Set(approvals.filter(approval => approval.current).map(approval => approval.accountId))
  const missing = validators.filter(validator => !agreed.has(validator.accountId))
  const oneIsEnough = rule !== 'tous_les_copilotes'
  return oneIsEnough && missing.length < validators.length ? [] : missing
}
