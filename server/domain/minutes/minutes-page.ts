import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, consortia, instances, meetings, minutes, minutesRecipients } from '#db/schema/index.ts'
import { addWorkingDays } from '#server/calendar.ts'
import { type ProseMirrorJSON, readLiveText } from '#server/collaboration/stored-text.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Abilities, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { minutesFacts } from '#server/habilitations/load-facts.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import type { DraftReaders, Level, ValidatorRule, Visibility } from '#server/vocabulary/governance.ts'
import type { MeetingState } from '#server/vocabulary/meetings.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { byOrganisation } from '../governance/instance-page.ts'
import { nameOf } from '../governance/people.ts'
import { type AttendanceLine, attendanceSheet } from '../meetings/attendance-sheet.ts'
import { heldMeetingsSince, type MeetingChoice } from '../meetings/held-meetings.ts'
import { agendaOf } from '../meetings/skeleton.ts'
import { keyOf } from './approve-minutes.ts'
import { minutesAudience } from './distribute-minutes.ts'
import { type OutcomeViews, outcomeViews } from './outcome-views.ts'
import { outcomesOf } from './outcomes.ts'
import { type SealCheck, verifySeal } from './seal.ts'
import { sealedVersionOf } from './sealed-version.ts'
import { workingDaysBeforeAbsence } from './validate-minutes.ts'
import { approvalsOf, missingValidators, validatorsOf } from './validators.ts'
import { type Warning, warningsOf } from './warnings.ts'
import { type WritingAids, writingAids } from './writing-aids.ts'

const verbs = [
  'write',
  'openToMembers',
  'startProofreading',
  'resumeDrafting',
  'approve',
  'validate',
  'validateInAbsence',
  'distribute',
  'recordApproval',
] as const

export type MinutesPage = {
  id: string
  epoch: number
  state: MinutesState
  visibility: Visibility
  draftReaders: DraftReaders
  validatorRule: ValidatorRule
  openToMembers: boolean
  consortium: { name: string; territory: string }
  instance: { slug: string; name: string; shortName: string; level: Level }
  meeting: {
    id: string
    title: string
    startsAt: Date
    endsAt: Date | null
    place: string
    link: string
    state: MeetingState
    /** True when the person may open the meeting's page. */
    opens: boolean
  }
  agenda: { id: string; title: string; reporter: string }[]
  content: ProseMirrorJSON
  attendance: { organisation: string; people: AttendanceLine[] }[]
  outcomes: OutcomeViews
  /** While the text is live. */
  live: LivePart | null
  /** Once it is sealed. */
  sealed: SealedPart | null
  dates: {
    proofreadingAt: Date | null
    distributed: { at: Date; by: string } | null
    approved: { at: Date; meetingAt: Date } | null
  }
  can: Pick<Abilities<'minutes'>, (typeof verbs)[number]>
}

export type LivePart = {
  mode: 'write' | 'read'
  /** The text as shown, to approve or validate exactly that one. */
  seen: { stateVector: string; deleteSetHash: string }
  validators: { name: string; functionLabel: string; approvedAt: Date | null; current: boolean; you: boolean }[]
  /** Those whose agreement is still wanted; one's own goes with the validation. */
  missing: { name: string; you: boolean }[]
  /** What I agreed to, when the text has changed since. */
  mySeenContent: ProseMirrorJSON | null
  warnings: Warning[]
  /** Day from which the others may validate in somebody's absence. */
  absenceFrom: string | null
  absencePossible: boolean
  /** Whom « Valider et diffuser » will reach; only for who may validate. */
  audience: string[]
  writing: WritingAids | null
}

export type SealedPart = {
  version: number
  validatedAt: Date
  validatedBy: string
  approvals: { name: string; approvedAt: string }[]
  inAbsenceOf: string[]
  seal: string
  check: SealCheck
  recipients: { name: string; readAt: Date | null }[]
  /** The list that distributing will reach, while it is only validated. */
  audience: string[]
  /** True for a recipient who has not said that they read it. */
  toRead: boolean
  heldMeetings: MeetingChoice[]
}

/** Minutes as a person may read them: live with what writing needs, or sealed with their proof. @throws NotFound (H15) */
export async function minutesPage(context: Context, actor: Actor, minutesId: string): Promise<MinutesPage> {
  const { db } = context
  const facts = await minutesFacts(db, actor, minutesId)
  authorize(actor, 'minutes', 'read', facts)
  const head = await headOf(db, minutesId)
  const abilities = abilitiesOn(actor, 'minutes', verbs, facts)
  const version = await sealedVersionOf(db, minutesId)
  const attendance = version
    ? version.statement.attendance.map(line => ({ ...line, titulaire: true, reason: null }))
    : await attendanceSheet(db, head.meeting, { reasons: false })
  const text = version ? null : await readLiveText(db, keyOf(head.minutes), { log: context.log })
  const content = (version?.content ?? text?.content) as ProseMirrorJSON
  const outcomes = outcomesOf(content)
  return {
    id: head.minutes.id,
    epoch: head.minutes.epoch,
    state: facts.minutesState,
    visibility: facts.visibility,
    draftReaders: facts.draftReaders,
    validatorRule: facts.validatorRule,
    openToMembers: facts.openToMembers,
    consortium: head.consortium,
    instance: { ...head.instance, level: facts.level },
    meeting: {
      id: head.meeting.id,
      title: head.meeting.title,
      startsAt: head.meeting.startsAt,
      endsAt: head.meeting.endsAt,
      place: head.meeting.place,
      link: head.meeting.link,
      state: head.meeting.state,
      opens: can(actor, 'meeting', 'read', facts),
    },
    agenda: (await agendaOf(db, head.meeting.id)).map(({ id, title, reporter }) => ({ id, title, reporter })),
    content,
    attendance: byOrganisation(attendance).map(([organisation, people]) => ({ organisation, people })),
    outcomes: await outcomeViews(context, actor, { minutesId, facts, day: parisDay(head.meeting.startsAt), outcomes }),
    live: text
      ? await livePart(context, actor, {
          facts,
          head,
          text,
          warnings: warningsOf(content, outcomes, attendance),
          abilities,
        })
      : null,
    sealed: version ? await sealedPart(context, actor, facts, head, version, abilities) : null,
    dates: {
      proofreadingAt: head.minutes.proofreadingAt,
      distributed: head.minutes.distributedAt
        ? { at: head.minutes.distributedAt, by: await nameOf(db, head.minutes.distributedBy) }
        : null,
      approved: await approvalDate(db, head.minutes),
    },
    can: abilities,
  }
}

type Head = Awaited<ReturnType<typeof headOf>>

async function headOf(db: Database, minutesId: string) {
  const [row] = await db
    .select({
      minutes,
      meeting: meetings,
      instance: { slug: instances.slug, name: instances.name, shortName: instances.shortName },
      consortium: { name: consortia.name, territory: consortia.territory },
    })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(consortia, eq(consortia.id, minutes.consortiumId))
    .where(eq(minutes.id, minutesId))
  if (!row) throw new Error('minutes belong to a meeting of an instance')
  return row
}

async function livePart(
  context: Context,
  actor: Actor,
  about: {
    facts: MinutesFacts
    head: Head
    text: Awaited<ReturnType<typeof readLiveText>>
    warnings: Warning[]
    abilities: MinutesPage['can']
  },
): Promise<LivePart> {
  const { facts, head, text, abilities } = about
  const validators = await validatorsOf(context.db, facts, actor.today)
  const approvals = await approvalsOf(context.db, head.minutes.id, text)
  const mine = approvals.find(approval => approval.accountId === actor.accountId)
  const missing = missingValidators(facts.validatorRule, validators, approvals)
  const { proofreadingAt } = head.minutes
  const absenceFrom = proofreadingAt ? addWorkingDays(parisDay(proofreadingAt), workingDaysBeforeAbsence) : null
  const mayValidate = abilities.validate.allowed || abilities.validateInAbsence.allowed
  return {
    mode: abilities.write.allowed ? 'write' : 'read',
    seen: { stateVector: Buffer.from(text.stateVector).toString('base64'), deleteSetHash: text.deleteSetHash },
    validators: validators.map(({ accountId, name, functionLabel }) => {
      const approval = approvals.find(each => each.accountId === accountId)
      return {
        name,
        functionLabel,
        approvedAt: approval?.approvedAt ?? null,
        current: approval?.current ?? false,
        you: accountId === actor.accountId,
      }
    }),
    missing: missing.map(({ name, accountId }) => ({ name, you: accountId === actor.accountId })),
    mySeenContent: mine && !mine.current ? (mine.seenContent as ProseMirrorJSON) : null,
    warnings: mayValidate || abilities.startProofreading.allowed ? about.warnings : [],
    absenceFrom,
    absencePossible:
      abilities.validateInAbsence.allowed && missing.length > 0 && absenceFrom !== null && actor.today >= absenceFrom,
    audience: mayValidate ? (await minutesAudience(context.db, actor, facts)).map(({ name }) => name) : [],
    writing: abilities.write.allowed ? await writingAids(context, actor, facts, parisDay(head.meeting.startsAt)) : null,
  }
}

async function sealedPart(
  context: Context,
  actor: Actor,
  facts: MinutesFacts,
  head: Head,
  version: NonNullable<Awaited<ReturnType<typeof sealedVersionOf>>>,
  abilities: MinutesPage['can'],
): Promise<SealedPart> {
  const recipients = await context.db
    .select({
      accountId: accounts.id,
      givenName: accounts.givenName,
      familyName: accounts.familyName,
      readAt: minutesRecipients.readAt,
    })
    .from(minutesRecipients)
    .innerJoin(accounts, eq(accounts.id, minutesRecipients.accountId))
    .where(and(eq(minutesRecipients.minutesId, head.minutes.id), eq(minutesRecipients.version, version.version)))
    .orderBy(asc(accounts.familyName), asc(accounts.givenName))
  return {
    version: version.version,
    validatedAt: version.sealedAt,
    validatedBy: version.statement.sealedBy.name,
    approvals: version.statement.approvals.map(({ name, approvedAt }) => ({ name, approvedAt })),
    inAbsenceOf: version.statement.inAbsenceOf,
    seal: version.seal,
    check: verifySeal(version),
    recipients: recipients.map(row => ({ name: personName(row), readAt: row.readAt })),
    audience: abilities.distribute.allowed
      ? (await minutesAudience(context.db, actor, facts)).map(({ name }) => name)
      : [],
    toRead: recipients.some(row => row.accountId === actor.accountId && row.readAt === null),
    heldMeetings: abilities.recordApproval.allowed
      ? await heldMeetingsSince(context.db, facts.instanceId, head.meeting.startsAt, 'after')
      : [],
  }
}

async function approvalDate(db: Database, row: typeof minutes.$inferSelect) {
  if (!row.approvedAt || !row.approvedMeetingId) return null
  const [meeting] = await db.select().from(meetings).where(eq(meetings.id, row.approvedMeetingId))
  return meeting ? { at: row.approvedAt, meetingAt: meeting.startsAt } : null
}
