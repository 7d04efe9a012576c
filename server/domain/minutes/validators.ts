import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { among, oneOfWords } from '#db/lists.ts'
import { accounts, mandates, minutesApprovals } from '#db/schema/index.ts'
import { readAgreedFingerprints, type StoredText, sameText } from '#server/collaboration/stored-text.ts'
import { type Actor, activeOn } from '#server/habilitations/actor.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { listsFor } from '#server/habilitations/lists-for.ts'
import { personName } from '#server/vocabulary/french.ts'
import { civiliteLabels, type MandateFunction, type ValidatorRule } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { chefsDeProjet, selectChefsDeProjet } from '../governance/people.ts'

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

type Agreements = { validators: readonly Pick<Validator, 'accountId'>[]; approvals: readonly Agreement[] }

type Agreement = Pick<Approval, 'accountId' | 'current'>

/**
 * Who may validate each of several minutes today, and who agreed to the text as it stands: two queries for all.
 * @param of one at least
 */
export async function agreementsOf(
  { db }: Context,
  actor: Actor,
  of: readonly { id: string; facts: MinutesFacts }[],
): Promise<(minutes: { id: string; facts: MinutesFacts }) => Agreements> {
  const ids = of.map(({ id }) => id)
  const [found, texts] = await Promise.all([
    agreementLists(db, actor, { minutes: ids, instances: [...new Set(of.map(({ facts }) => facts.instanceId))] }),
    readAgreedFingerprints(db, ids),
  ])
  return ({ id, facts }) => {
    const text = texts.get(id)
    const latest = new Map(found.approvals.filter(each => each.minutesId === id).map(each => [each.accountId, each]))
    return {
      validators:
        facts.validatorRule === 'chef_de_projet'
          ? found.chefs
          : found.mandates.filter(
              mandate =>
                mandate.instanceId === facts.instanceId && mandate.function === validatingFunction(facts.validatorRule),
            ),
      approvals: [...latest.values()].map(({ accountId, stateVector, deleteSetHash }) => ({
        accountId,
        current:
          text !== undefined && sameText({ stateVector: Buffer.from(stateVector, 'base64'), deleteSetHash }, text),
      })),
    }
  }
}

const agreementLists = listsFor(
  (db, { consortiumId, today }, given: { minutes: readonly string[]; instances: readonly string[] }) => ({
    mandates: db
      .select({ accountId: mandates.accountId, instanceId: mandates.instanceId, function: mandates.function })
      .from(mandates)
      .where(
        and(
          eq(mandates.consortiumId, consortiumId),
          among(mandates.instanceId, given.instances),
          oneOfWords(mandates.function, ['president', 'copilote']),
          activeOn(mandates, today),
        ),
      ),
    chefs: selectChefsDeProjet(db, consortiumId, today),
    approvals: db
      .select({
        minutesId: minutesApprovals.minutesId,
        accountId: minutesApprovals.accountId,
        stateVector: sql<string>`encode(${minutesApprovals.stateVector}, 'base64')`,
        deleteSetHash: minutesApprovals.deleteSetHash,
      })
      .from(minutesApprovals)
      .where(among(minutesApprovals.minutesId, given.minutes))
      .orderBy(asc(minutesApprovals.approvedAt)),
  }),
)

/** Whose mandate makes a validator, where it is not the chef de projet. */
function validatingFunction(rule: ValidatorRule): MandateFunction {
  return rule === 'presidence' ? 'president' : 'copilote'
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
        eq(mandates.function, validatingFunction(facts.validatorRule)),
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
export function missingValidators<V extends Pick<Validator, 'accountId'>>(
  rule: ValidatorRule,
  validators: readonly V[],
  approvals: readonly Agreement[],
): V[] {
  const agreed = new Set(approvals.filter(approval => approval.current).map(approval => approval.accountId))
  const missing = validators.filter(validator => !agreed.has(validator.accountId))
  const oneIsEnough = rule !== 'tous_les_copilotes'
  return oneIsEnough && missing.length < validators.length ? [] : missing
}
