import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { liveTexts, meetings, minutes, minutesVersions } from '#db/schema/index.ts'
import { addWorkingDays } from '#server/calendar.ts'
import {
  checkAgainstSchema,
  closeLiveText,
  readLiveText,
  type StoredText,
  type TextFingerprint,
} from '#server/collaboration/stored-text.ts'
import { Conflict, Invalid } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import { requireVerification } from '#server/habilitations/verification.ts'
import { list, parisDay } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { attendanceSheet } from '../meetings/attendance-sheet.ts'
import { checkSeen, insertApproval, keyOf } from './approve-minutes.ts'
import { changeMinutes, checkMinutesTransition, type MinutesRow } from './change-minutes.ts'
import { recordDistribution } from './distribute-minutes.ts'
import { mentionWarnings } from './mentions.ts'
import { storeOfficialPdf } from './official-pdf.ts'
import { type Outcomes, outcomesOf, withUniqueBlockIds } from './outcomes.ts'
import { nobodyMayValidate } from './proofreading.ts'
import { enterOutcomes } from './registers.ts'
import { sealText } from './seal.ts'
import { sealedFacts } from './sealed-facts.ts'
import { approvalsOf, missingValidators, type Validator, validatorsOf } from './validators.ts'
import { warningsOf } from './warnings.ts'

export type Validation = {
  minutesId: string
  /** The text as the person saw it. */
  seen: TextFingerprint
  /** True once the person has read the warnings. */
  acceptWarnings: boolean
  /** « Valider et diffuser »: the main button. */
  distribute: boolean
}

/** Working days after which the others may validate without who has not answered (domain §6). */
export const workingDaysBeforeAbsence = 5

/**
 * Validates minutes: seals their text, enters its decisions and actions in the registers, freezes it for ever; then, when
 * asked, distributes them. The validator's own agreement goes with the act.
 * @throws NotFound, Forbidden, VerificationNeeded, Conflict (H21; the text moved, an agreement is wanted, warnings are not
 * accepted), Invalid
 */
export function validateMinutes(context: Context, actor: Actor, input: Validation): Promise<void> {
  return seal(context, actor, input, 'validate')
}

/**
 * The same, in the absence of those who have not agreed five working days after proofreading began; their names are
 * printed on the minutes.
 * @throws NotFound, Forbidden, VerificationNeeded, Conflict (H22; or the delay still runs), Invalid
 */
export function validateMinutesInAbsence(context: Context, actor: Actor, input: Validation): Promise<void> {
  return seal(context, actor, input, 'validateInAbsence')
}

async function seal(
  context: Context,
  actor: Actor,
  input: Validation,
  action: 'validate' | 'validateInAbsence',
): Promise<void> {
  // Before anything is asked of the live engine: who may not validate learns nothing, malformed identifiers stop here.
  authorize(actor, 'minutes', action, await minutesFacts(context.db, actor, input.minutesId))
  requireVerification(context, actor, 'courriel')
  await drainText(context, input.minutesId)
  const lockText = (tx: Transaction, row: MinutesRow) =>
    readLiveText(tx, keyOf(row), { lock: 'update', log: context.log })
  await changeMinutes(context, actor, input.minutesId, action, lockText, async (tx, author, row, facts, text) => {
    checkMinutesTransition(row, 'valide')
    if (text.closedAt) throw new Conflict('Ce compte rendu est déjà validé.')
    checkSeen(text, input.seen)
    const agreement = await gatherAgreement(tx, author, row, facts, text, action)
    const content = withUniqueBlockIds(text.content, randomUUID)
    checkAgainstSchema(content)
    const outcomes = outcomesOf(content)
    checkOutcomes(outcomes)
    const meeting = await meetingOf(tx, row)
    const attendance = await attendanceSheet(tx, meeting, { reasons: false })
    const warnings = [
      ...warningsOf(content, outcomes, attendance),
      ...(await mentionWarnings(tx, author, facts, content)),
    ]
    if (warnings.length > 0 && !input.acceptWarnings) {
      throw new Conflict(`Avant de valider, lisez les avertissements : ${warnings.map(each => each.message).join(' ')}`)
    }
    const entered = await enterOutcomes(tx, author, { minutesId: row.id, meeting, outcomes })
    const version = 1
    const statement = await sealedFacts(tx, author, { row, meeting, attendance, entered, agreement, version })
    const sealed = sealText(content, statement)
    await tx.insert(minutesVersions).values({
      consortiumId: author.consortiumId,
      minutesId: row.id,
      version,
      content,
      sealedStatement: sealed.statement,
      salts: sealed.salts,
      seal: sealed.seal,
      sealedAt: author.now,
      sealedBy: author.accountId,
    })
    await closeLiveText(tx, text, author.now)
    await tx
      .update(minutes)
      .set({ state: 'valide', validatedAt: author.now, validatedBy: author.accountId })
      .where(eq(minutes.id, row.id))
    if (input.distribute) await recordDistribution(tx, author, row.id)
  })
  context.live.announceClosed(input.minutesId, { name: actor.name, at: actor.now })
  await makeOfficialPdf(context, actor, input.minutesId)
}

/** What the validators agreed to, and who did not answer in time. */
export type Agreement = { approvals: { accountId: string; name: string; approvedAt: Date }[]; inAbsenceOf: string[] }

async function gatherAgreement(
  tx: Transaction,
  author: Actor,
  row: MinutesRow,
  facts: MinutesFacts,
  text: StoredText,
  action: 'validate' | 'validateInAbsence',
): Promise<Agreement> {
  const validators = await validatorsOf(tx, facts, author.today)
  if (validators.length === 0) throw new Conflict(nobodyMayValidate)
  const mine = validators.find(validator => validator.accountId === author.accountId)
  if (mine) await insertApproval(tx, author, row.id, text, mine.mandateId)
  const approvals = await approvalsOf(tx, row.id, text)
  const missing = missingValidators(facts.validatorRule, validators, approvals)
  if (missing.length > 0 && action === 'validate') throw new Conflict(stillWanted(missing))
  if (missing.length > 0) checkDelay(row, author.today, missing)
  const names = new Map(validators.map(validator => [validator.accountId, validator.name]))
  return {
    approvals: approvals
      .filter(approval => approval.current && names.has(approval.accountId))
      .map(({ accountId, approvedAt }) => ({ accountId, name: names.get(accountId) ?? '', approvedAt })),
    inAbsenceOf: missing.map(validator => validator.name),
  }
}

function stillWanted(missing: readonly Validator[]): string {
  return `Il manque l’accord de ${list(missing.map(validator => validator.name))} sur ce texte.`
}

function checkDelay(row: MinutesRow, today: string, missing: readonly Validator[]): void {
  const from = row.proofreadingAt ? addWorkingDays(parisDay(row.proofreadingAt), workingDaysBeforeAbsence) : null
  if (from === null || today < from) {
    throw new Conflict(
      `${stillWanted(missing)} Vous pourrez valider en leur absence cinq jours ouvrés après l’envoi en relecture.`,
    )
  }
}

function checkOutcomes(outcomes: Outcomes): void {
  if (outcomes.decisions.some(decision => decision.wording === '')) {
    throw new Invalid('Une décision est vide : écrivez son texte, ou supprimez-la, avant de valider.')
  }
  if (outcomes.actions.some(action => action.wording === '')) {
    throw new Invalid('Une action est vide : écrivez ce qu’il faut faire, ou supprimez-la, avant de valider.')
  }
}

async function meetingOf(tx: Transaction, row: MinutesRow) {
  const [meeting] = await tx.select().from(meetings).where(eq(meetings.id, row.meetingId))
  if (!meeting) throw new Error('minutes belong to a meeting')
  return meeting
}

/** Lets the updates already received be journalled: they belong to the text that is sealed. */
async function drainText(context: Context, minutesId: string): Promise<void> {
  const [text] = await context.db.select({ id: liveTexts.id }).from(liveTexts).where(eq(liveTexts.minutesId, minutesId))
  if (text) await context.live.drain(text.id)
}

/** After sealing, and apart from it: a printing that fails undoes no validation; the file is made again when asked for. */
async function makeOfficialPdf(context: Context, actor: Actor, minutesId: string): Promise<void> {
  try {
    await storeOfficialPdf(context, actor, minutesId)
  } catch (error) {
    context.log.error({ err: error, minutesId }, 'official PDF not made')
  }
}
