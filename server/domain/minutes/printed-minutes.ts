import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, consortia, instances, meetings, minutes, minutesRecipients } from '#db/schema/index.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import type { MinutesDocument } from '#server/exports/minutes-document.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { can } from '#server/habilitations/authorize.ts'
import { columnsOf } from '#server/habilitations/columns.ts'
import { actionStateLabels } from '#server/vocabulary/actions.ts'
import { decisionNatureLabels } from '#server/vocabulary/decisions.ts'
import { parisDay, personName } from '#server/vocabulary/french.ts'
import { levelLabels } from '#server/vocabulary/governance.ts'
import { competenceFor } from '../decisions/competence.ts'
import { byOrganisation } from '../governance/instance-page.ts'
import { agendaFor } from '../meetings/agenda-for.ts'
import { attendanceSheet } from '../meetings/attendance-sheet.ts'
import { keyOf } from './approve-minutes.ts'
import { outcomesOf } from './outcomes.ts'
import { type SealedVersion, sealedVersionOf } from './sealed-version.ts'

/**
 * Minutes as every export prints them: the sealed version if there is one, the same for all its readers; else the draft
 * marked « Projet », as the person who asks for it may read it.
 */
export async function printedMinutes(db: Database, reader: Actor, minutesId: string): Promise<MinutesDocument> {
  const about = await headOf(db, minutesId)
  const version = await sealedVersionOf(db, minutesId)
  const shared = {
    consortium: { name: about.consortium, territory: about.territory },
    instance: { name: about.instance, levelLabel: levelLabels[about.level] },
    nextMeeting: await meetingAfter(db, about),
  }
  return version
    ? {
        ...shared,
        ...sealedPart(version, await instanceNames(db, about.consortiumId), await recipientsOf(db, minutesId)),
        meeting: meetingPart(about),
      }
    : { ...shared, ...(await draftPart(db, reader, about)), meeting: meetingPart(about) }
}

type Head = Awaited<ReturnType<typeof headOf>>

async function headOf(db: Database, minutesId: string) {
  const [row] = await db
    .select({
      minutesId: minutes.id,
      epoch: minutes.epoch,
      consortiumId: minutes.consortiumId,
      consortium: consortia.name,
      territory: consortia.territory,
      instance: instances.name,
      instanceId: instances.id,
      level: instances.level,
      meetingId: meetings.id,
      title: meetings.title,
      startsAt: meetings.startsAt,
      endsAt: meetings.endsAt,
      place: meetings.place,
      facts: columnsOf.meeting,
    })
    .from(minutes)
    .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(consortia, eq(consortia.id, minutes.consortiumId))
    .where(eq(minutes.id, minutesId))
  if (!row) throw new Error('printed minutes exist')
  return row
}

function meetingPart({ title, startsAt, endsAt, place }: Head): MinutesDocument['meeting'] {
  return { title: title || null, startsAt, endsAt, place: place || null }
}

type ContentPart = Omit<MinutesDocument, 'consortium' | 'instance' | 'nextMeeting' | 'meeting'>

/** @param names of the consortium's instances, by id. */
function sealedPart(version: SealedVersion, names: ReadonlyMap<string, string>, recipients: string[]): ContentPart {
  const { statement } = version
  return {
    attendance: printedAttendance(statement.attendance),
    agenda: statement.agenda.map((item, position) => ({
      position: position + 1,
      title: item.title,
      reporter: item.reporter || null,
    })),
    content: version.content,
    decisions: statement.decisions.map(decision => ({
      id: decision.blockId,
      wording: decision.wording,
      reasons: decision.reasons || null,
      natureLabel: decisionNatureLabels[decision.nature ?? 'autre'],
      competentInstance: names.get(decision.competentInstanceId) ?? '',
      outcome: outcomeSentence(
        decision.competentInstanceId === statement.instance.id,
        names.get(decision.competentInstanceId) ?? '',
        true,
      ),
    })),
    actions: statement.actions.map(action => printedAction(action)),
    pointsOfAttention: statement.pointsOfAttention.map(point => point.wording),
    distribution: recipients.length > 0 ? recipients : null,
    status: {
      kind: 'scelle',
      version: version.version,
      validatedAt: version.sealedAt,
      validators: statement.approvals.map(approval => approval.name),
      inAbsenceOf: statement.inAbsenceOf,
      sealHash: version.seal,
      sealedAt: version.sealedAt,
    },
  }
}

async function instanceNames(db: Database, consortiumId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: instances.id, name: instances.name })
    .from(instances)
    .where(eq(instances.consortiumId, consortiumId))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function draftPart(db: Database, reader: Actor, about: Head): Promise<ContentPart> {
  const text = await readLiveText(db, keyOf({ id: about.minutesId, epoch: about.epoch }))
  const outcomes = outcomesOf(text.content)
  const competence = await competenceFor(db, { ...about, day: parisDay(about.startsAt) })
  const attendance = can(reader, 'meeting', 'readAttendance', about.facts)
    ? await attendanceSheet(db, { ...about, id: about.meetingId }, { reasons: false })
    : []
  const agenda = await agendaFor(db, reader, about.meetingId)
  return {
    attendance: printedAttendance(attendance),
    agenda: agenda.map(({ id, title, reporter }, index) => ({
      id,
      position: index + 1,
      title,
      reporter: reporter || null,
    })),
    content: text.content,
    decisions: outcomes.decisions.map(({ blockId, wording, reasons, nature }) => {
      const competent = competence[nature ?? 'autre']
      return {
        id: blockId,
        wording,
        reasons: reasons || null,
        natureLabel: nature ? decisionNatureLabels[nature] : 'Nature à choisir',
        competentInstance: competent.name,
        outcome: outcomeSentence(competent.id === about.instanceId, competent.name, false),
      }
    }),
    actions: outcomes.actions.map(printedAction),
    pointsOfAttention: outcomes.pointsOfAttention.map(point => point.wording),
    distribution: null,
    status: { kind: 'projet' },
  }
}

/** What becomes of a decision, as a sentence. */
export function outcomeSentence(own: boolean, competentInstance: string, sealed: boolean): string {
  if (own) return sealed ? 'Adoptée.' : 'Sera adoptée à la validation du compte rendu.'
  return sealed
    ? `Proposée à l’instance compétente : ${competentInstance}.`
    : `Sera proposée à l’instance compétente : ${competentInstance}.`
}

type Attending = Parameters<typeof attendingPerson>[0] & { organisation: string }

function printedAttendance(lines: readonly Attending[]): MinutesDocument['attendance'] {
  return byOrganisation(lines.filter(line => line.status !== null)).map(([organisation, people]) => ({
    organisation,
    people: people.map(attendingPerson),
  }))
}

function attendingPerson(line: {
  name: string
  qualite: string
  functionLabel: string
  status: MinutesDocument['attendance'][number]['people'][number]['status'] | null
  mode: 'sur_place' | 'distance' | null
  representedBy: string | null
}): MinutesDocument['attendance'][number]['people'][number] {
  const { name, qualite, functionLabel, mode, representedBy } = line
  return { name, qualite, functionLabel, status: line.status ?? 'absent', mode, representedBy }
}

function printedAction(action: { blockId: string; wording: string; ownerLabel: string; dueOn: string | null }) {
  return {
    id: action.blockId,
    what: action.wording,
    who: action.ownerLabel,
    due: action.dueOn,
    stateLabel: actionStateLabels.a_faire,
  }
}

/** The date of the next announced meeting: where it takes place is for those who open its page (H7). */
async function meetingAfter(db: Database, about: Head): Promise<MinutesDocument['nextMeeting']> {
  const [next] = await db
    .select({ startsAt: meetings.startsAt })
    .from(meetings)
    .where(
      and(
        eq(meetings.instanceId, about.instanceId),
        gt(meetings.startsAt, about.startsAt),
        inArray(meetings.state, ['invitations_envoyees', 'en_cours', 'tenue']),
      ),
    )
    .orderBy(asc(meetings.startsAt))
    .limit(1)
  return next ?? null
}

async function recipientsOf(db: Database, minutesId: string): Promise<string[]> {
  const rows = await db
    .select({ givenName: accounts.givenName, familyName: accounts.familyName })
    .from(minutesRecipients)
    .innerJoin(accounts, eq(accounts.id, minutesRecipients.accountId))
    .where(eq(minutesRecipients.minutesId, minutesId))
    .orderBy(asc(accounts.familyName), asc(accounts.givenName))
  return rows.map(row => personName(row))
}
