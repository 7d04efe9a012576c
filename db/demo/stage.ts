import { randomUUID } from 'node:crypto'
import { asc, eq, inArray } from 'drizzle-orm'
import { actionItems, decisions, mandates } from '#db/schema/index.ts'
import { parisInstant } from '#server/calendar.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { wanted } from '#server/domain/consortia/insert-description.ts'
import type { Context } from '#server/domain/context.ts'
import { seatsOf } from '#server/domain/governance/composition.ts'
import { agendaOf } from '#server/domain/meetings/skeleton.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { Services } from '#server/services.ts'
import type { ActionState } from '#server/vocabulary/actions.ts'
import { attendanceForm, meetingForm } from '#server/vocabulary/meeting-forms.ts'
import type { AttendanceStatus } from '#server/vocabulary/meetings.ts'
import type { ChronicleClock, DemoCalendar } from './calendar.ts'
import { civiliteOf, type Governance, mandateKey } from './governance.ts'
import type { MeetingProse } from './meetings/meeting-prose.ts'
import { fr, type MinutesProse, type Owner, writeProse } from './prose.ts'
import { writeLiveText } from './write-live-text.ts'

export type StagedMeeting = { id: string; minutesId: string; instance: string; day: string; prose: MeetingProse }

/** How somebody came, when they did not simply attend in the room. */
export type Came = AttendanceStatus | 'distance' | { representedBy: string }

/**
 * The stage on which a consortium's chronicle is played: each verb is one of the product's own commands, by somebody who
 * has the right to it, at the instant where the clock stands.
 */
export class Stage {
  readonly #context: Context
  readonly #services: Services
  readonly #clock: ChronicleClock
  readonly #calendar: DemoCalendar
  readonly #governance: Governance
  readonly #decisionBlocks = new Map<string, string>()
  readonly #latest = new Map<string, StagedMeeting>()

  constructor(parts: {
    context: Context
    services: Services
    clock: ChronicleClock
    calendar: DemoCalendar
    governance: Governance
  }) {
    this.#context = parts.context
    this.#services = parts.services
    this.#clock = parts.clock
    this.#calendar = parts.calendar
    this.#governance = parts.governance
  }

  /** Moves the clock to a working day, so many days from today. */
  goTo(offset: number, time: string): void {
    this.#clock.goTo(parisInstant(this.#calendar.workingDay(offset), time))
  }

  /** Moves the clock within the day of a meeting. */
  goToMeeting(meeting: StagedMeeting, time: string): void {
    this.#clock.goTo(parisInstant(meeting.day, time))
  }

  /** @param offset days from today; 0 is today itself, working day or not. */
  async createMeeting(by: string, instance: string, offset: number, prose: MeetingProse): Promise<StagedMeeting> {
    const day = offset === 0 ? this.#calendar.today : this.#calendar.workingDay(offset)
    const form = meetingForm.parse({
      day,
      startTime: offset === 0 ? this.#calendar.todaysStart : prose.start,
      endTime: offset === 0 ? '' : prose.end,
      title: fr(prose.title),
      place: fr(prose.place),
      link: prose.link ?? '',
      items: prose.items.map(({ title, reporter, minutes }) => ({
        title: fr(title),
        reporter: reporter ?? '',
        durationMinutes: minutes ?? '',
      })),
    })
    const actor = await this.as(by)
    const instanceId = wanted(this.#governance.instances, instance).id
    const { meetingId, minutesId } = await this.#services.meetings.createMeeting(actor, { instanceId, form })
    const meeting = { id: meetingId, minutesId, instance, day, prose }
    this.#latest.set(instance, meeting)
    return meeting
  }

  /** The meeting of an instance that was created last. */
  latest(instance: string): StagedMeeting {
    return wanted(this.#latest, instance)
  }

  async announce(by: string, meeting: StagedMeeting): Promise<void> {
    await this.#services.meetings.announceMeeting(await this.as(by), meeting.id)
  }

  /** Opens the meeting at its hour and records who came: everybody, but for the exceptions. */
  async open(by: string, meeting: StagedMeeting, exceptions: Readonly<Record<string, Came>> = {}): Promise<void> {
    const actor = await this.as(by)
    await this.#services.meetings.startMeeting(actor, meeting.id)
    await this.recordAttendance(by, meeting, exceptions)
  }

  async recordAttendance(
    by: string,
    meeting: StagedMeeting,
    exceptions: Readonly<Record<string, Came>>,
  ): Promise<void> {
    const { consortiumId } = this.#governance
    const instanceId = wanted(this.#governance.instances, meeting.instance).id
    const seats = await seatsOf(this.#context.db, { consortiumId, instanceId, day: meeting.day })
    const lines = seats
      .filter(seat => ['president', 'copilote', 'membre', 'secretaire'].includes(seat.function))
      .map(seat => ({ mandateId: seat.mandateId, ...statusOf(exceptions[seat.email.split('@')[0] ?? '']) }))
    const form = attendanceForm.parse({ lines })
    await this.#services.meetings.recordAttendance(await this.as(by), { meetingId: meeting.id, form })
  }

  /** Closes the meeting at its last hour: it is held. */
  async close(by: string, meeting: StagedMeeting): Promise<void> {
    this.goToMeeting(meeting, meeting.prose.end)
    await this.#services.meetings.closeMeeting(await this.as(by), meeting.id)
  }

  /** Writes the minutes in the live text. */
  async write(by: string, meeting: StagedMeeting): Promise<void> {
    if (!meeting.prose.prose) throw new Error('this meeting has no minutes to write')
    const actor = await this.as(by)
    await writeLiveText(this.#context.db, {
      minutesId: meeting.minutesId,
      content: await this.#contentOf(meeting, meeting.prose.prose),
      accountId: actor.accountId,
      at: actor.now,
    })
  }

  async startProofreading(by: string, meeting: StagedMeeting): Promise<void> {
    await this.#services.minutes.startProofreading(await this.as(by), meeting.minutesId)
  }

  async approve(by: string, meeting: StagedMeeting): Promise<void> {
    const seen = await this.#seen(meeting)
    await this.#services.minutes.approveMinutes(await this.as(by), { minutesId: meeting.minutesId, seen })
  }

  /** « Valider et diffuser » */
  async validate(by: string, meeting: StagedMeeting): Promise<void> {
    const seen = await this.#seen(meeting)
    await this.#services.minutes.validateMinutes(await this.as(by), {
      minutesId: meeting.minutesId,
      seen,
      acceptWarnings: true,
      distribute: true,
    })
  }

  /** The decision that the files name by this key, once its minutes are sealed. */
  async decision(key: string): Promise<string> {
    const blockId = wanted(this.#decisionBlocks, key)
    const [row] = await this.#context.db
      .select({ id: decisions.id })
      .from(decisions)
      .where(eq(decisions.blockId, blockId))
    if (!row) throw new Error(`the decision « ${key} » is not in the register`)
    return row.id
  }

  /** Says where the first action of a person stands. */
  async updateProgress(by: string, state: ActionState): Promise<void> {
    const actor = await this.as(by)
    const [row] = await this.#context.db
      .select({ id: actionItems.id })
      .from(actionItems)
      .where(inArray(actionItems.ownerMandateId, [...actor.mandateIds]))
      .orderBy(asc(actionItems.createdAt))
    if (!row) throw new Error(`${by} has no action to carry out`)
    await this.#services.actions.updateProgress(actor, { actionId: row.id, state })
  }

  /** Makes somebody an invité of one meeting. */
  async invite(email: string, meeting: StagedMeeting): Promise<void> {
    const { id, person } = wanted(this.#governance.accounts, this.#address(email))
    await this.#context.db.insert(mandates).values({
      consortiumId: this.#governance.consortiumId,
      accountId: id,
      instanceId: wanted(this.#governance.instances, meeting.instance).id,
      organisationId: wanted(this.#governance.organisations, person.organisation ?? '').id,
      function: 'invite',
      civilite: civiliteOf(person),
      qualite: person.qualite,
      functionLabel: 'Invité',
      meetingId: meeting.id,
      startsOn: this.#calendar.workingDay(-8),
      endsOn: this.#calendar.day(90),
      createdAt: this.#clock.now(),
    })
  }

  get services(): Services {
    return this.#services
  }

  get calendar(): DemoCalendar {
    return this.#calendar
  }

  /** A person of the cast, as the rules see them at the instant where the clock stands. */
  async as(email: string): Promise<Actor> {
    const { id } = wanted(this.#governance.accounts, this.#address(email))
    return (await this.#services.consortia.enter({ accountId: id }, this.#governance.slug)).actor
  }

  async #seen(meeting: StagedMeeting) {
    const { stateVector, deleteSetHash } = await readLiveText(this.#context.db, {
      minutesId: meeting.minutesId,
      epoch: 1,
    })
    return { stateVector, deleteSetHash }
  }

  async #contentOf(meeting: StagedMeeting, prose: MinutesProse) {
    const agenda = await agendaOf(this.#context.db, meeting.id)
    return writeProse(prose, {
      agenda,
      blockId: key => {
        const id = randomUUID()
        if (key !== null) this.#decisionBlocks.set(key, id)
        return id
      },
      owner: reference => this.#owner(reference, meeting.instance),
      dueOn: offset => this.#calendar.workingDay(offset),
    })
  }

  /** A person owns an action by their mandate in that body; without one there, only their name stands. */
  #owner(reference: string, instance: string): Owner {
    const { organisations, instances, accounts, mandates: known } = this.#governance
    const [kind, slug = ''] = reference.split(':')
    if (kind === 'organisation') {
      const { id, name } = wanted(organisations, slug)
      return { ownerKind: 'organisation', ownerId: id, ownerLabel: name }
    }
    if (kind === 'instance') {
      const { id, name } = wanted(instances, slug)
      return { ownerKind: 'instance', ownerId: id, ownerLabel: name }
    }
    const email = this.#address(reference)
    const { person } = wanted(accounts, email)
    const mandateId = known.get(mandateKey(email, instance))
    const organisation = person.organisation ? wanted(organisations, person.organisation).shortName : null
    const ownerLabel = fr(organisation ? `${person.name} (${organisation})` : person.name)
    return mandateId
      ? { ownerKind: 'personne', ownerId: mandateId, ownerLabel }
      : { ownerKind: null, ownerId: null, ownerLabel }
  }

  #address(email: string): string {
    return email.includes('@') ? email : `${email}@${this.#governance.slug}.test`
  }
}

function statusOf(came: Came | undefined) {
  if (came === undefined) return { status: 'present', mode: 'sur_place' }
  if (came === 'distance') return { status: 'present', mode: 'distance' }
  if (typeof came === 'object') return { status: 'represente', mode: 'sur_place', representedBy: came.representedBy }
  return { status: came }
}
