import { addWorkingDays } from '#server/calendar.ts'
import { type ProseMirrorJSON, readLiveText, type StoredText } from '#server/collaboration/stored-text.ts'
import { NotFound } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Abilities, abilitiesOn, authorize, can } from '#server/habilitations/authorize.ts'
import type { MinutesFacts } from '#server/habilitations/facts.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import type { DraftReaders, Level, ValidatorRule, Visibility } from '#server/vocabulary/governance.ts'
import type { MeetingState } from '#server/vocabulary/meetings.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'
import type { Context } from '../context.ts'
import { competenceFor } from '../decisions/competence.ts'
import { byOrganisation } from '../governance/instance-page.ts'
import { type AttendanceLine, attendanceSheet } from '../meetings/attendance-sheet.ts'
import type { MeetingChoice } from '../meetings/held-meetings.ts'
import { agendaOf } from '../meetings/skeleton.ts'
import { keyOf } from './approve-minutes.ts'
import { minutesAudience } from './distribute-minutes.ts'
import { mentionWarnings } from './mentions.ts'
import { type OutcomeViews, outcomesAsRegistered, outcomesAsWritten } from './outcome-views.ts'
import { outcomesOf } from './outcomes.ts'
import { type PageLists, pageLists } from './page-lists.ts'
import { type SealCheck, verifySeal } from './seal.ts'
import { type SealedVersion, sealedVersionFrom } from './sealed-version.ts'
import { workingDaysBeforeAbsence } from './validate-minutes.ts'
import { approvalsOf, missingValidators, validatorsOf } from './validators.ts'
import { type Warning, warningsOf } from './warnings.ts'
import { type WritingAids, writingAids } from './writing-aids.ts'

/** What a page of minutes says one may do. */
export const minutesVerbs = [
  'write',
  'openToMembers',
  'startProofreading',
  'resumeDrafting',
  'approve',
  'validate',
  'validateInAbsence',
  'distribute',
  'recordApproval',
  'previewAs',
] as const

/** Minutes without what they say: that may be long, and not every reader of the rest wants it. */
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
    state: MeetingState
    /** True when the person may open the meeting's page. */
    opens: boolean
  }
  /** What the editor offers to add; empty for who does not write. */
  agenda: { id: string; title: string; reporter: string }[]
  /** While the text is live, null for who may not see presences (H13); sealed, it is part of the minutes. */
  attendance: { organisation: string; people: AttendanceLine[] }[] | null
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
  can: Pick<Abilities<'minutes'>, (typeof minutesVerbs)[number]>
}

export type MinutesWithText = MinutesPage & { content: ProseMirrorJSON }

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
  /** Who received them and read them; empty for who may not see the presences of the meeting (H13). */
  recipients: { name: string; readAt: Date | null }[]
  /** The list that distributing will reach, while it is only validated. */
  audience: string[]
  /** True for a recipient who has not said that they read it. */
  toRead: boolean
  heldMeetings: MeetingChoice[]
}

/**
 * Minutes as a person may read them: live with what writing needs, or sealed with their proof.
 * @throws NotFound (H15)
 */
export async function minutesPage(context: Context, actor: Actor, minutesId: string): Promise<MinutesWithText> {
  const found = await pageLists(context.db, actor, { id: uuidOrNone(minutesId) })
  const [head] = found.heads
  if (!head) throw new NotFound()
  const { facts } = head
  authorize(actor, 'minutes', 'read', facts)
  const abilities = abilitiesOn(actor, 'minutes', minutesVerbs, facts)
  const about = { facts, head, abilities }
  const [version] = found.versions
  const { content, ...parts } = version
    ? await sealedParts(context, actor, about, { ...found, version: sealedVersionFrom(version) })
    : await liveParts(context, actor, about)
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
      state: head.meeting.state,
      opens: can(actor, 'meeting', 'read', facts),
    },
    content,
    ...parts,
    dates: datesOf(head),
    can: abilities,
  }
}

type Head = PageLists['heads'][number]

type Sealed = Omit<PageLists, 'heads' | 'versions'> & { version: SealedVersion }

type About = { facts: MinutesFacts; head: Head; abilities: MinutesPage['can'] }

type Parts = Pick<MinutesWithText, 'content' | 'agenda' | 'attendance' | 'outcomes' | 'live' | 'sealed'>

function datesOf(head: Head): MinutesPage['dates'] {
  const { proofreadingAt, distributedAt, approvedAt } = head.minutes
  const by = personName({
    givenName: head.distributorGivenName ?? '',
    familyName: head.distributorFamilyName ?? '',
  })
  return {
    proofreadingAt,
    distributed: distributedAt ? { at: distributedAt, by } : null,
    approved: approvedAt && head.approvedInMeetingAt ? { at: approvedAt, meetingAt: head.approvedInMeetingAt } : null,
  }
}

async function liveParts(context: Context, actor: Actor, about: About): Promise<Parts> {
  const { db } = context
  const { facts, head, abilities } = about
  const text = await readLiveText(db, keyOf(head.minutes), { log: context.log })
  const outcomes = outcomesOf(text.content)
  const attendance = await attendanceSheet(db, head.meeting, { reasons: false })
  const competence = await competenceFor(db, { ...facts, day: parisDay(head.meeting.startsAt) })
  const agenda = abilities.write.allowed ? await agendaOf(db, head.meeting.id) : []
  return {
    content: text.content,
    agenda: agenda.map(({ id, title, reporter }) => ({ id, title, reporter })),
    attendance: can(actor, 'meeting', 'readAttendance', facts) ? attendanceGroups(attendance) : null,
    outcomes: outcomesAsWritten(facts, outcomes, competence),
    live: await livePart(context, actor, {
      ...about,
      text,
      warnings: [
        ...warningsOf(text.content, outcomes, attendance),
        ...(await mentionWarnings(db, actor, facts, text.content)),
      ],
    }),
    sealed: null,
  }
}

async function sealedParts(context: Context, actor: Actor, about: About, found: Sealed): Promise<Parts> {
  const { facts, abilities } = about
  const { version } = found
  const content = version.content as ProseMirrorJSON
  const attendance = version.statement.attendance.map(line => ({ ...line, titulaire: true, reason: null }))
  return {
    content,
    agenda: [],
    attendance: attendanceGroups(attendance),
    outcomes: outcomesAsRegistered(actor, facts, outcomesOf(content), found),
    live: null,
    sealed: {
      version: version.version,
      validatedAt: version.sealedAt,
      validatedBy: version.statement.sealedBy.name,
      approvals: version.statement.approvals.map(({ name, approvedAt }) => ({ name, approvedAt })),
      inAbsenceOf: version.statement.inAbsenceOf,
      seal: version.seal,
      check: verifySeal(version),
      recipients: can(actor, 'meeting', 'readAttendance', facts)
        ? found.recipients.map(row => ({ name: personName(row), readAt: row.readAt }))
        : [],
      audience: abilities.distribute.allowed ? await audienceNames(context, actor, facts) : [],
      toRead: found.recipients.some(row => row.accountId === actor.accountId && row.readAt === null),
      heldMeetings: found.heldMeetings,
    },
  }
}

function attendanceGroups(lines: readonly AttendanceLine[]): NonNullable<MinutesPage['attendance']> {
  return byOrganisation(lines).map(([organisation, people]) => ({ organisation, people }))
}

async function audienceNames(context: Context, actor: Actor, facts: MinutesFacts): Promise<string[]> {
  return (await minutesAudience(context.db, actor, facts)).map(({ name }) => name)
}

async function livePart(
  context: Context,
  actor: Actor,
  about: About & { text: StoredText; warnings: Warning[] },
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
    audience: mayValidate ? await audienceNames(context, actor, facts) : [],
    writing: abilities.write.allowed ? await writingAids(context, actor, facts, parisDay(head.meeting.startsAt)) : null,
  }
}
