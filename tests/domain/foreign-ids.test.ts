import { and, eq, getTableName, inArray, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '#db/client.ts'
import * as schema from '#db/schema/index.ts'
import { actionItems, consortia, decisions, instances, meetings, minutes } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { attendanceForm } from '#server/vocabulary/meeting-forms.ts'
import { presenceForm } from '#server/vocabulary/presence-forms.ts'
import { type CastDatabase, cast, castDatabase } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { refused, seen, typedMeeting } from './acts.ts'

/** Identifiers of one consortium's things. */
type Ids = { instance: string; meeting: string; minutes: string; decision: string; action: string; slug: string }

describe.each(databaseKinds())('[H0] identifiers that are not of this consortium, on %s', kind => {
  let demo: CastDatabase
  let tarn: Ids
  let neighbour: Ids
  beforeAll(async () => {
    demo = await castDatabase(kind)
    tarn = await idsOf('tarn')
    neighbour = await idsOf('var')
  })
  afterAll(() => demo.close())

  const strange = () =>
    [
      ['of the neighbour', neighbour],
      ['unknown', same('00000000-0000-4000-8000-0000000000ff')],
      ['malformed', same('../../etc/passwd')],
      ['empty', same('')],
      [
        'of another kind',
        {
          ...tarn,
          meeting: tarn.minutes,
          minutes: tarn.meeting,
          decision: tarn.action,
          action: tarn.decision,
          instance: tarn.meeting,
          slug: 'réunion',
        },
      ],
      ['very long', same('a'.repeat(100_000))],
      ['with a NUL', same('\u0000')],
      ['with a lone surrogate', same('\ud800')],
    ] as const satisfies readonly (readonly [string, Ids])[]

  it('get the same answer as what does not exist, from every verb, and change nothing', {
    timeout: 120_000,
  }, async () => {
    const before = await checksum()
    const people = [cast.chef, cast.copilote1, cast.presidentStrategique, cast.secretaireInstitutionnel]
    let calls = 0
    for (const email of people) {
      const actor = await demo.actorOf(email)
      for (const [what, ids] of strange()) {
        for (const [name, call] of Object.entries(await verbs(actor))) {
          await refused(call(ids), 404).catch((error: Error) => {
            throw new Error(`${name} with an identifier ${what}, as ${email}: ${error.message}`)
          })
          calls++
        }
      }
    }
    expect(calls).toBeGreaterThan(500)
    expect(await checksum()).toEqual(before)
  })

  it('are refused beside one’s own: a meeting of the neighbour, an instance of the neighbour', async () => {
    const before = await checksum()
    const president = await demo.actorOf(cast.presidentStrategique)
    const [proposal] = await demo.handle.db
      .select()
      .from(decisions)
      .where(and(eq(decisions.state, 'proposee'), inArray(decisions.competentInstanceId, president.bodies.president)))
    const decisionId = proposal?.id ?? ''
    const meetingId = neighbour.meeting
    const { decisions: verb, minutes: minutesVerb, meetings: meetingVerb } = demo.services
    await refused(verb.placeOnAgenda(president, { decisionId, meetingId }), 422)
    const form = { result: 'adoptee' as const, meetingId, reason: '' }
    await refused(verb.recordResult(president, { decisionId, form }), 422)
    const copilote = await demo.actorOf(cast.copilote1)
    await refused(minutesVerb.recordMinutesApproval(copilote, { minutesId: tarn.minutes, meetingId }), 422)
    // A previous meeting of elsewhere is not kept.
    const made = await meetingVerb.createMeeting(copilote, {
      instanceId: tarn.instance,
      form: typedMeeting({ day: '2027-05-04' }),
      previousMeetingId: meetingId,
    })
    const [row] = await demo.handle.db.select().from(meetings).where(eq(meetings.id, made.meetingId))
    expect(row?.previousMeetingId).toBeNull()
    const {
      meetings: _meetings,
      minutes: _minutes,
      live_texts: _texts,
      agenda_items: _items,
      journal: _journal,
      ...others
    } = before
    expect(await checksum()).toMatchObject(others)
    const entries = await meetingVerb.meetingEntries(copilote, { instanceSlug: '\u0000' })
    expect(entries.rows).toEqual([])
    expect((await verb.decisionRegister(copilote, { instanceSlug: '\ud800' })).lines).toEqual([])
  })

  it('never open a live text', async () => {
    const accountId = await demo.accountIdOf(cast.chef)
    const access = async (minutesId: string, epoch: number) =>
      (await demo.services.liveAccess([{ accountId, minutesId, epoch }]))[0]
    for (const [, ids] of strange()) expect(await access(ids.minutes, 1)).toBeNull()
    expect(await access(neighbour.minutes, 1)).toBeNull()
    const [open] = await demo.handle.db
      .select({ id: minutes.id })
      .from(minutes)
      .innerJoin(meetings, eq(meetings.id, minutes.meetingId))
      .where(eq(meetings.state, 'en_cours'))
    expect(await access(open?.id ?? '', 1)).toMatchObject({ mode: 'write' })
    expect(await access(open?.id ?? '', 2)).toBeNull()
  })

  /** Every verb of the services that takes an identifier. */
  async function verbs(actor: Actor) {
    const { meetings: m, minutes: t, decisions: d, actions: a, governance: g, mails } = demo.services
    const mandateId = actor.mandateIds[0] ?? '00000000-0000-4000-8000-0000000000ff'
    const text = { seen: await seen(demo, tarn.minutes), acceptWarnings: true, distribute: true }
    const reason = 'Parce que.'
    const result = { result: 'adoptee' as const, meetingId: tarn.meeting, reason }
    const calls: Record<string, (ids: Ids) => Promise<unknown>> = {
      instancePage: ids => g.instancePage(actor, ids.slug),
      meetingToResume: ids => m.meetingToResume(actor, ids.slug),
      createMeeting: ids =>
        m.createMeeting(actor, { instanceId: ids.instance, form: typedMeeting({ day: '2027-05-04' }) }),
      meetingPage: ids => m.meetingPage(actor, ids.meeting),
      editMeeting: ids =>
        m.editMeeting(actor, { meetingId: ids.meeting, revision: 1, form: typedMeeting({ day: '2027-05-04' }) }),
      announceMeeting: ids => m.announceMeeting(actor, ids.meeting),
      startMeeting: ids => m.startMeeting(actor, ids.meeting),
      closeMeeting: ids => m.closeMeeting(actor, ids.meeting),
      cancelMeeting: ids => m.cancelMeeting(actor, { meetingId: ids.meeting, reason }),
      postponeMeeting: ids =>
        m.postponeMeeting(actor, { meetingId: ids.meeting, reason, day: '2028-01-04', startTime: '09:00' }),
      proposeItem: ids => m.proposeItem(actor, { meetingId: ids.meeting, title: 'Un point', reason: '' }),
      answerItem: ids =>
        m.answerItem(actor, {
          meetingId: ids.meeting,
          form: { proposal: ids.meeting, answer: 'ecartee', title: '', reason },
        }),
      recordAttendance: ids =>
        m.recordAttendance(actor, { meetingId: ids.meeting, form: attendanceForm.parse({ lines: [] }) }),
      ownPresences: ids => m.ownPresences(actor, ids.meeting),
      answerPresence: ids =>
        m.answerPresence(actor, { meetingId: ids.meeting, form: presenceForm.parse({ mandateId, status: 'present' }) }),
      mailPage: ids => mails.mailPage(actor, ids.meeting),
      mailToCopy: ids => mails.mailToCopy(actor, ids.meeting),
      markHandedOver: ids => mails.markHandedOver(actor, ids.meeting),
      retryMail: ids => mails.retryMail(actor, ids.meeting),
      abandonMail: ids => mails.abandonMail(actor, ids.meeting),
      minutesPage: ids => t.minutesPage(actor, ids.minutes),
      minutesFile: ids => t.minutesFile(actor, ids.minutes),
      setOpenToMembers: ids => t.setOpenToMembers(actor, { minutesId: ids.minutes, open: true }),
      startProofreading: ids => t.startProofreading(actor, ids.minutes),
      resumeDrafting: ids => t.resumeDrafting(actor, ids.minutes),
      approveMinutes: ids => t.approveMinutes(actor, { minutesId: ids.minutes, seen: text.seen }),
      validateMinutes: ids => t.validateMinutes(actor, { minutesId: ids.minutes, ...text }),
      validateMinutesInAbsence: ids => t.validateMinutesInAbsence(actor, { minutesId: ids.minutes, ...text }),
      distributeMinutes: ids => t.distributeMinutes(actor, ids.minutes),
      markMinutesRead: ids => t.markMinutesRead(actor, ids.minutes),
      recordMinutesApproval: ids => t.recordMinutesApproval(actor, { minutesId: ids.minutes, meetingId: tarn.meeting }),
      decisionPage: ids => d.decisionPage(actor, ids.decision),
      placeOnAgenda: ids => d.placeOnAgenda(actor, { decisionId: ids.decision, meetingId: tarn.meeting }),
      recordResult: ids => d.recordResult(actor, { decisionId: ids.decision, form: result }),
      withdrawDecision: ids => d.withdrawDecision(actor, { decisionId: ids.decision, reason }),
      markAnswerSeen: ids => d.markAnswerSeen(actor, ids.decision),
      askRelay: ids => d.askRelay(actor, { decisionId: ids.decision, form: { dueOn: '2027-06-30', instructions: '' } }),
      withdrawRelay: ids => d.withdrawRelay(actor, ids.decision),
      relayToAnswer: ids => d.relayToAnswer(actor, { decisionId: ids.decision, organisation: 'caf' }),
      answerRelay: ids =>
        d.answerRelay(actor, {
          decisionId: ids.decision,
          organisation: 'caf',
          form: { outcome: 'pas_encore', relayedOn: null, note: '' },
        }),
      updateProgress: ids => a.updateProgress(actor, { actionId: ids.action, state: 'faite' }),
    }
    return calls
  }

  async function idsOf(slug: 'tarn' | 'var'): Promise<Ids> {
    const { db } = demo.handle
    const [consortium] = await db.select().from(consortia).where(eq(consortia.slug, slug))
    const consortiumId = consortium?.id ?? ''
    const own = await db.select().from(decisions).where(eq(decisions.consortiumId, consortiumId))
    // The distributed minutes of a group: its copilote may still record their approval.
    const decision = own.find(each => each.nature === 'experimentation')
    const [action] = await db.select().from(actionItems).where(eq(actionItems.consortiumId, consortiumId))
    const [text] = await db
      .select()
      .from(minutes)
      .where(eq(minutes.id, decision?.minutesId ?? ''))
    const [instance] = await db
      .select()
      .from(instances)
      .where(eq(instances.id, decision?.proposingInstanceId ?? ''))
    return {
      instance: instance?.id ?? '',
      slug: slug === 'var' ? 'departementale' : (instance?.slug ?? ''),
      meeting: text?.meetingId ?? '',
      minutes: text?.id ?? '',
      decision: decision?.id ?? '',
      action: action?.id ?? '',
    }
  }

  /** One hash for each table. */
  async function checksum(): Promise<Record<string, string>> {
    const tables = Object.values(schema).filter(each => typeof each === 'object') as unknown as PgTable[]
    const hashes: Record<string, string> = {}
    for (const table of tables) {
      const name = getTableName(table)
      const [row] = await rowsOf<{ hash: string | null }>(
        demo.handle.db,
        sql`select md5(string_agg(md5(t::text), '' order by md5(t::text))) as hash from ${sql.identifier(name)} t`,
      )
      hashes[name] = row?.hash ?? ''
    }
    return hashes
  }
})

function same(id: string): Ids {
  return { instance: id, meeting: id, minutes: id, decision: id, action: id, slug: id }
}
