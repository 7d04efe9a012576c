import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#db/client.ts'
import { actionItems, decisions, instances, itemProposals, journal, meetings, minutes } from '#db/schema/index.ts'
import { withoutLiveEngine } from '#server/collaboration/without-engine.ts'
import { NotFound, Refusal } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { createServices, type Services } from '#server/services.ts'
import { relayAnswerForm, relayForm, resultForm } from '#server/vocabulary/decision-forms.ts'
import { attendanceForm } from '#server/vocabulary/meeting-forms.ts'
import type { MeetingState } from '#server/vocabulary/meetings.ts'
import type { MinutesState } from '#server/vocabulary/minutes.ts'
import { presenceForm } from '#server/vocabulary/presence-forms.ts'
import { type CastDatabase, type CastName, cast, castDatabase, castNames } from '../cast.ts'
import { seen, typedMeeting } from '../domain/acts.ts'
import { databaseKinds } from '../setup/database.ts'
import { accessCalls } from './calls-access.ts'
import { governanceCalls } from './calls-governance.ts'
import { representationCalls } from './calls-representation.ts'
import { type Answer, answerFor, expectations } from './expectations.ts'

/** What a call receives: the person, the thing it is about, and the services in a transaction that will be undone. */
type Try = { services: Services; actor: Actor; on: Thing }
type Thing = {
  slug: string
  instanceId: string
  meetingId: string
  minutesId: string
  decisionId: string
  actionId: string
}

const reason = 'Parce que.'

/** How each service is called, with nothing wrong but the right to do it. */
const calls: Record<string, (tried: Try & Fixed) => Promise<unknown>> = {
  'consortia.enter': async () => {},
  'governance.governanceMap': ({ services, actor }) => services.governance.governanceMap(actor),
  'governance.instancePage': ({ services, actor, on }) => services.governance.instancePage(actor, on.slug),
  ...governanceCalls,
  ...accessCalls,
  ...representationCalls,
  'home.awaiting': ({ services, actor }) => services.home.awaiting(actor),
  'meetings.meetingEntries': ({ services, actor }) => services.meetings.meetingEntries(actor, {}),
  'meetings.meetingPage': ({ services, actor, on }) => services.meetings.meetingPage(actor, on.meetingId),
  'meetings.meetingToResume': ({ services, actor, on }) => services.meetings.meetingToResume(actor, on.slug),
  'meetings.createMeeting': ({ services, actor, on }) =>
    services.meetings.createMeeting(actor, { instanceId: on.instanceId, form: typedMeeting({ day: '2027-05-04' }) }),
  'meetings.editMeeting': ({ services, actor, on }) =>
    services.meetings.editMeeting(actor, {
      meetingId: on.meetingId,
      revision: 1,
      form: typedMeeting({ day: '2027-03-12' }),
    }),
  'meetings.announceMeeting': ({ services, actor, on }) => services.meetings.announceMeeting(actor, on.meetingId),
  'meetings.startMeeting': ({ services, actor, on }) => services.meetings.startMeeting(actor, on.meetingId),
  'meetings.closeMeeting': ({ services, actor, on }) => services.meetings.closeMeeting(actor, on.meetingId),
  'meetings.cancelMeeting': ({ services, actor, on }) =>
    services.meetings.cancelMeeting(actor, { meetingId: on.meetingId, reason }),
  'meetings.postponeMeeting': ({ services, actor, on }) =>
    services.meetings.postponeMeeting(actor, {
      meetingId: on.meetingId,
      reason,
      day: '2027-06-01',
      startTime: '14:00',
    }),
  'meetings.ownPresences': ({ services, actor, on }) => services.meetings.ownPresences(actor, on.meetingId),
  'meetings.answerPresence': ({ services, actor, on }) =>
    services.meetings.answerPresence(actor, {
      meetingId: on.meetingId,
      form: presenceForm.parse({ mandateId: actor.mandateIds[0] ?? actor.accountId, status: 'present' }),
    }),
  'meetings.recordAttendance': ({ services, actor, on }) =>
    services.meetings.recordAttendance(actor, { meetingId: on.meetingId, form: attendanceForm.parse({ lines: [] }) }),
  'meetings.proposeItem': ({ services, actor, on }) =>
    services.meetings.proposeItem(actor, { meetingId: on.meetingId, title: 'Un point', reason: '' }),
  'meetings.answerItem': ({ services, actor, on, itemProposal }) =>
    services.meetings.answerItem(actor, {
      meetingId: on.meetingId,
      form: { proposal: itemProposal, answer: 'ecartee', title: '', reason },
    }),
  'minutes.minutesPage': ({ services, actor, on }) => services.minutes.minutesPage(actor, on.minutesId),
  'minutes.minutesFile': ({ services, actor, on }) => services.minutes.minutesFile(actor, on.minutesId),
  'minutes.setOpenToMembers': ({ services, actor, on }) =>
    services.minutes.setOpenToMembers(actor, { minutesId: on.minutesId, open: true }),
  'minutes.startProofreading': ({ services, actor, on }) => services.minutes.startProofreading(actor, on.minutesId),
  'minutes.resumeDrafting': ({ services, actor, on }) => services.minutes.resumeDrafting(actor, on.minutesId),
  'minutes.approveMinutes': ({ services, actor, on, text }) =>
    services.minutes.approveMinutes(actor, { minutesId: on.minutesId, seen: text }),
  'minutes.validateMinutes': ({ services, actor, on, text }) =>
    services.minutes.validateMinutes(actor, { minutesId: on.minutesId, seen: text, ...sealing }),
  'minutes.validateMinutesInAbsence': ({ services, actor, on, text }) =>
    services.minutes.validateMinutesInAbsence(actor, { minutesId: on.minutesId, seen: text, ...sealing }),
  'minutes.distributeMinutes': ({ services, actor, on }) => services.minutes.distributeMinutes(actor, on.minutesId),
  'minutes.markMinutesRead': ({ services, actor, on }) => services.minutes.markMinutesRead(actor, on.minutesId),
  'minutes.recordMinutesApproval': ({ services, actor, on, heldParcours }) =>
    services.minutes.recordMinutesApproval(actor, { minutesId: on.minutesId, meetingId: heldParcours }),
  'decisions.decisionRegister': ({ services, actor }) => services.decisions.decisionRegister(actor, {}),
  'decisions.decisionPage': ({ services, actor, on }) => services.decisions.decisionPage(actor, on.decisionId),
  'decisions.placeOnAgenda': ({ services, actor, on, comingStrategic }) =>
    services.decisions.placeOnAgenda(actor, { decisionId: on.decisionId, meetingId: comingStrategic }),
  'decisions.recordResult': ({ services, actor, on, heldStrategic }) =>
    services.decisions.recordResult(actor, {
      decisionId: on.decisionId,
      form: resultForm.parse({ result: 'adoptee', meetingId: heldStrategic, reason }),
    }),
  'decisions.withdrawDecision': ({ services, actor, on }) =>
    services.decisions.withdrawDecision(actor, { decisionId: on.decisionId, reason }),
  'decisions.markAnswerSeen': ({ services, actor, on }) => services.decisions.markAnswerSeen(actor, on.decisionId),
  'decisions.askRelay': ({ services, actor, on }) =>
    services.decisions.askRelay(actor, {
      decisionId: on.decisionId,
      form: relayForm.parse({ dueOn: '2027-06-30', instructions: '' }),
    }),
  'decisions.withdrawRelay': ({ services, actor, on }) => services.decisions.withdrawRelay(actor, on.decisionId),
  'decisions.relayToAnswer': ({ services, actor, on }) =>
    services.decisions.relayToAnswer(actor, { decisionId: on.decisionId, organisation: 'caf' }),
  'decisions.answerRelay': ({ services, actor, on }) =>
    services.decisions.answerRelay(actor, {
      decisionId: on.decisionId,
      organisation: 'caf',
      form: relayAnswerForm.parse({ outcome: 'sans_objet', note: 'Elle ne nous concerne pas.' }),
    }),
  'actions.updateProgress': ({ services, actor, on }) =>
    services.actions.updateProgress(actor, { actionId: on.actionId, state: 'faite' }),
  'liveAccess (écrire)': async ({ services, actor, on }) => {
    const [grant] = await services.liveAccess([{ accountId: actor.accountId, minutesId: on.minutesId, epoch: 1 }])
    if (grant?.mode !== 'write') throw new NotFound()
  },
  'liveAccess (lire)': async ({ services, actor, on }) => {
    const [grant] = await services.liveAccess([{ accountId: actor.accountId, minutesId: on.minutesId, epoch: 1 }])
    if (!grant) throw new NotFound()
  },
}

const sealing = { acceptWarnings: true, distribute: true }

/** Things that calls need besides the one they are about. */
type Fixed = {
  text: Awaited<ReturnType<typeof seen>>
  heldParcours: string
  heldStrategic: string
  comingStrategic: string
  /** Proposed for the agenda of « parcours aujourd’hui ». */
  itemProposal: string
}

describe.each(databaseKinds())('every person before every service, on %s', kind => {
  let demo: CastDatabase
  let things: ReadonlyMap<string, Thing>
  let fixed: Fixed
  let accountIds: Record<CastName, string>
  let tried = 0
  beforeAll(async () => {
    demo = await castDatabase(kind)
    things = await demonstrationThings(demo.handle.db)
    const onAgenda = { meetingId: thing('parcours aujourd’hui').meetingId, title: 'Un point', reason: '' }
    await demo.services.meetings.proposeItem(await demo.actorOf(cast.membre), onAgenda)
    const [proposed] = await demo.handle.db.select({ id: itemProposals.id }).from(itemProposals)
    fixed = {
      itemProposal: proposed?.id ?? '',
      text: await seen(demo, thing('parcours en relecture').minutesId),
      heldParcours: thing('parcours en relecture').meetingId,
      heldStrategic: thing('stratégique brouillon').meetingId,
      comingStrategic: thing('stratégique à venir').meetingId,
    }
    accountIds = Object.fromEntries(
      await Promise.all(castNames.map(async name => [name, await demo.accountIdOf(cast[name])])),
    )
  })
  afterAll(async () => {
    console.log(`Matrice des services (${kind}) : ${tried} réponses vérifiées.`)
    await demo.close()
  })

  it.each(expectations.map(each => [`${each.call} sur « ${each.on} »`, each] as const))(
    '%s',
    async (_, expectation) => {
      const before = await demo.handle.db.$count(journal)
      const found: [string, Answer][] = []
      const expected: [string, Answer][] = []
      for (const name of castNames) {
        found.push([name, await answerOf(name, expectation.call, expectation.on)])
        expected.push([name, answerFor(expectation, name)])
        tried++
      }
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
      expect(await demo.handle.db.$count(journal), 'undone').toBe(before)
    },
  )

  it('covers every service', () => {
    const groups = [
      'governance',
      'organisations',
      'instances',
      'competence',
      'access',
      'home',
      'meetings',
      'minutes',
      'decisions',
      'actions',
    ] as const
    const offered = groups.flatMap(group => Object.keys(demo.services[group]).map(name => `${group}.${name}`))
    expect(offered.filter(name => !expectations.some(each => each.call === name))).toEqual([])
  })

  /** Tries the call as somebody, then undoes whatever it did. */
  async function answerOf(name: CastName, call: string, on: string): Promise<Answer> {
    try {
      await demo.handle.db.transaction(async tx => {
        const context = { ...demo.context, db: tx, live: withoutLiveEngine(tx, demo.clock) }
        const services = createServices(context, { secureCookies: false })
        const { actor } = await services.consortia.enter({ accountId: accountIds[name] }, 'tarn')
        await calls[call]?.({ services, actor, on: thing(on), ...fixed })
        throw new Undo()
      })
      return 'oui'
    } catch (error) {
      if (error instanceof Undo) return 'oui'
      if (error instanceof Refusal) return String(error.status) as Answer
      throw error
    }
  }

  function thing(name: string): Thing {
    const found = things.get(name)
    if (!found) throw new Error(`the demonstration has no « ${name} »`)
    return found
  }
})

class Undo extends Error {}

/** The things of the demonstration that the table names. */
async function demonstrationThings(db: Database): Promise<ReadonlyMap<string, Thing>> {
  const rows = await db
    .select({ slug: instances.slug, instanceId: instances.id, meeting: meetings, minutes })
    .from(meetings)
    .innerJoin(instances, eq(instances.id, meetings.instanceId))
    .innerJoin(minutes, eq(minutes.meetingId, meetings.id))
    .orderBy(asc(meetings.startsAt))
  const nothing = { slug: '', instanceId: '', meetingId: '', minutesId: '', decisionId: '', actionId: '' }
  const named = new Map<string, Thing>([['tarn', nothing]])
  const meetingNamed = (name: string, slug: string, state: MeetingState, minutesState: MinutesState) => {
    const row = rows.find(
      each => each.slug === slug && each.meeting.state === state && each.minutes.state === minutesState,
    )
    if (!row) throw new Error(`no meeting for « ${name} »`)
    const { instanceId } = row
    named.set(name, { ...nothing, slug, instanceId, meetingId: row.meeting.id, minutesId: row.minutes.id })
  }
  meetingNamed('parcours', 'parcours', 'en_cours', 'brouillon')
  meetingNamed('restreint', 'restreint', 'tenue', 'brouillon')
  meetingNamed('parcours aujourd’hui', 'parcours', 'en_cours', 'brouillon')
  meetingNamed('parcours en relecture', 'parcours', 'tenue', 'en_relecture')
  meetingNamed('parcours scellé', 'parcours', 'tenue', 'diffuse')
  meetingNamed('stratégique scellé', 'strategique', 'tenue', 'approuve')
  meetingNamed('stratégique brouillon', 'strategique', 'tenue', 'brouillon')
  meetingNamed('stratégique à venir', 'strategique', 'invitations_envoyees', 'brouillon')
  meetingNamed('institutionnelle brouillon', 'institutionnelle', 'tenue', 'brouillon')
  meetingNamed('restreint brouillon', 'restreint', 'tenue', 'brouillon')
  meetingNamed('numérique en préparation', 'numerique', 'preparation', 'brouillon')

  const sealed = named.get('parcours scellé')?.minutesId ?? ''
  const decided = await db.select().from(decisions)
  const decisionNamed = (name: string, chosen: (row: (typeof decided)[number]) => boolean) => {
    const row = decided.find(chosen)
    if (!row) throw new Error(`no decision for « ${name} »`)
    named.set(name, { ...nothing, decisionId: row.id })
  }
  decisionNamed('proposée', row => row.minutesId === sealed && row.state === 'proposee')
  decisionNamed('inscrite', row => row.minutesId === sealed && row.state === 'inscrite')
  decisionNamed('adoptée', row => row.minutesId === sealed && row.nature === 'experimentation')
  decisionNamed('rejetée', row => row.state === 'rejetee')

  const [acting] = await db
    .select()
    .from(actionItems)
    .where(and(eq(actionItems.minutesId, sealed), eq(actionItems.state, 'en_cours')))
  named.set('action du membre', { ...nothing, actionId: acting?.id ?? '' })
  return named
}
