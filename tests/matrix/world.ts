import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { DatabaseHandle } from '#db/client.ts'
import { writeLiveText } from '#db/demo/write-live-text.ts'
import {
  accounts,
  actionItems,
  decisions,
  instances,
  mandates,
  meetings,
  minutes,
  organisations,
} from '#db/schema/index.ts'
import { type ProseMirrorJSON, readLiveText } from '#server/collaboration/stored-text.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { createLog } from '#server/log.ts'
import { quietContext } from '#server/quiet-context.ts'
import { createServices } from '#server/services.ts'
import type { DecisionResult } from '#server/vocabulary/decisions.ts'
import { meetingForm } from '#server/vocabulary/meeting-forms.ts'
import { cast, castNow, demonstration } from '../cast.ts'
import type { Template } from '../setup/database.ts'
import {
  type ActionKey,
  type DecisionKey,
  type MeetingKey,
  type Staged,
  stagedActions,
  stagedDecisions,
  stagedMeetings,
} from './staged.ts'

/** The demonstration, and what the matrix needs beside it; made by the product's own commands. */
export const matrixWorld: Template = {
  name: 'matrix',
  hash: () =>
    `${demonstration.hash()}-${createHash('sha256')
      .update(readFileSync(import.meta.filename))
      .update(readFileSync(join(import.meta.dirname, 'staged.ts')))
      .digest('hex')
      .slice(0, 8)}`,
  from: demonstration,
  fill,
}

/** Where one joins each meeting from afar. */
export const linkOf = (key: MeetingKey) => `https://visio.test/${key}`

/** Why « adoptedLater » was put off before it was adopted. */
export const whyPutOff = 'La direction hésite encore'

/** Identifiers in a copy of that database, by key. */
export type Ids = {
  meetings: Record<MeetingKey, string>
  minutes: Record<MeetingKey, string>
  decisions: Record<DecisionKey, string>
  actions: Record<ActionKey, string>
}

export async function findIds({ db }: Pick<DatabaseHandle, 'db'>): Promise<Ids> {
  const held = await db
    .select({ key: meetings.title, id: meetings.id, minutesId: minutes.id, state: meetings.state })
    .from(meetings)
    .innerJoin(minutes, eq(minutes.meetingId, meetings.id))
  // The meeting that replaces a postponed one has its title.
  const own = held.filter(({ key, state }) => key !== 'parcoursPostponed' || state === 'reportee')
  const named = <Key extends string>(keys: readonly Key[], rows: readonly { key: string; id: string }[]) =>
    Object.fromEntries(keys.map(key => [key, wanted(rows.find(row => row.key === key)?.id, key)])) as Record<
      Key,
      string
    >
  const meetingKeys = Object.keys(stagedMeetings) as MeetingKey[]
  return {
    meetings: named(meetingKeys, own),
    minutes: named(
      meetingKeys,
      own.map(({ key, minutesId }) => ({ key, id: minutesId })),
    ),
    decisions: named(
      Object.keys(stagedDecisions) as DecisionKey[],
      await db.select({ key: decisions.wording, id: decisions.id }).from(decisions),
    ),
    actions: named(
      Object.keys(stagedActions) as ActionKey[],
      await db.select({ key: actionItems.wording, id: actionItems.id }).from(actionItems),
    ),
  }
}

async function fill({ db }: DatabaseHandle): Promise<void> {
  const clock = { now: () => castNow }
  const context = quietContext({ db, clock, log: createLog({ level: 'silent', readable: false }) })
  const services = createServices(context, { secureCookies: false })
  const instanceRows = await db.select().from(instances)
  const consortiumOf = (slug: string) => (slug.startsWith('var/') ? 'var' : 'tarn')
  const consortiumIds = {
    tarn: wanted(instanceRows.find(row => row.slug === 'parcours')?.consortiumId, 'tarn'),
    var: wanted(instanceRows.find(row => row.slug === 'departementale')?.consortiumId, 'var'),
  }
  const instanceOf = (slug: string) => {
    const consortiumId = consortiumIds[consortiumOf(slug)]
    const bare = slug.replace('var/', '')
    return wanted(instanceRows.find(row => row.consortiumId === consortiumId && row.slug === bare)?.id, slug)
  }
  const accountOf = async (email: string) => {
    const [row] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
    return wanted(row?.id, email)
  }
  const as = async (email: string) => {
    const consortiumId = consortiumIds[email.endsWith('@var.test') ? 'var' : 'tarn']
    return loadActor(db, { accountId: await accountOf(email), consortiumId, now: castNow })
  }
  const chefOf = (slug: string) => as(consortiumOf(slug) === 'var' ? cast.chefVar : cast.chef)

  for (const [key, staged] of Object.entries(stagedMeetings) as [MeetingKey, Staged][]) {
    const chef = await chefOf(staged.in)
    const form = meetingForm.parse({
      day: staged.day,
      startTime: '09:30',
      title: key,
      place: 'Albi',
      link: linkOf(key),
      items: [{ title: 'Premier point' }],
    })
    const instanceId = instanceOf(staged.in)
    const { meetingId, minutesId } = await services.meetings.createMeeting(chef, { instanceId, form })
    if (staged.invite) await invite(instanceId, meetingId)
    await writeLiveText(db, {
      minutesId,
      content: await contentOf(key),
      accountId: chef.accountId,
      at: castNow,
    })
    const reason = 'Salle indisponible'
    if (staged.meeting === 'neverAnnounced') await services.meetings.cancelMeeting(chef, { meetingId, reason })
    if (staged.meeting === 'preparation' || staged.meeting === 'neverAnnounced') continue
    await services.meetings.announceMeeting(chef, meetingId)
    if (staged.meeting === 'cancelled') await services.meetings.cancelMeeting(chef, { meetingId, reason })
    if (staged.meeting === 'postponed') {
      await services.meetings.postponeMeeting(chef, { meetingId, reason, day: '2027-05-05', startTime: '09:30' })
    }
    if (staged.meeting !== 'running' && staged.meeting !== 'held') continue
    await services.meetings.startMeeting(chef, meetingId)
    if (staged.meeting === 'held') await services.meetings.closeMeeting(chef, meetingId)
    if (staged.minutes === 'opened') await services.minutes.setOpenToMembers(chef, { minutesId, open: true })
    else if (staged.minutes) await advance(staged, minutesId)
  }
  await liveDecisions()

  async function advance(staged: Staged, minutesId: string) {
    const chef = await chefOf(staged.in)
    await services.minutes.startProofreading(chef, minutesId)
    const { stateVector, deleteSetHash } = await readLiveText(db, { minutesId, epoch: 1 })
    const seen = { stateVector, deleteSetHash }
    const agreeing = await Promise.all((validators[staged.in] ?? []).map(as))
    for (const validator of agreeing) await services.minutes.approveMinutes(validator, { minutesId, seen })
    if (staged.minutes === 'proofread') return
    const [validator] = agreeing
    await services.minutes.validateMinutes(wanted(validator, staged.in), {
      minutesId,
      seen,
      acceptWarnings: true,
      distribute: staged.minutes !== 'validated',
    })
    if (staged.minutes === 'approved') {
      const meetingId = (await meetingNamed('strategicDistributed')) ?? ''
      await services.minutes.recordMinutesApproval(await as(cast.presidentStrategique), { minutesId, meetingId })
    }
  }

  async function liveDecisions() {
    const ids = await findIds({ db })
    const president = await as(cast.presidentStrategique)
    const place = (decisionId: string, meetingId: string) =>
      services.decisions.placeOnAgenda(president, { decisionId, meetingId })
    const record = (key: DecisionKey, result: DecisionResult, reason: string) =>
      services.decisions.recordResult(president, {
        decisionId: ids.decisions[key],
        form: { result, meetingId: ids.meetings.strategicHeld, reason },
      })
    await place(ids.decisions.placed, ids.meetings.strategicPreparation)
    await place(ids.decisions.shownOnAgenda, ids.meetings.strategicAnnounced)
    await record('adoptedLater', 'ajournee', whyPutOff)
    await place(ids.decisions.adoptedLater, ids.meetings.strategicPreparation)
    for (const [key, staged] of Object.entries(stagedDecisions)) {
      if (!('result' in staged)) continue
      await record(key as DecisionKey, staged.result, 'Le motif')
    }
    await services.decisions.withdrawDecision(await as(cast.copilote1), {
      decisionId: ids.decisions.withdrawn,
      reason: 'Le motif',
    })
    const form = { dueOn: '2027-04-30', instructions: 'Aux équipes.' }
    for (const decisionId of [ids.decisions.adopted, ids.decisions.noted]) {
      await services.decisions.askRelay(president, { decisionId, form })
    }
    await services.decisions.answerRelay(await as(cast.correspondantCaf), {
      decisionId: ids.decisions.noted,
      organisation: 'caf',
      form: { outcome: 'sans_objet', relayedOn: null, note: 'Elle ne concerne pas la branche famille.' },
    })
  }

  async function meetingNamed(key: MeetingKey) {
    const [row] = await db.select({ id: meetings.id }).from(meetings).where(eq(meetings.title, key))
    return row?.id
  }

  async function invite(instanceId: string, meetingId: string) {
    const consortiumId = consortiumIds.tarn
    const [organisation] = await db
      .select({ id: organisations.id })
      .from(organisations)
      .where(and(eq(organisations.consortiumId, consortiumId), eq(organisations.slug, 'ccas')))
    await db.insert(mandates).values({
      consortiumId,
      accountId: await accountOf(cast.invite),
      instanceId,
      organisationId: wanted(organisation?.id, 'ccas'),
      function: 'invite',
      civilite: 'monsieur',
      qualite: 'directeur',
      functionLabel: 'Invité',
      meetingId,
      startsOn: '2027-01-01',
      endsOn: '2027-12-31',
      createdAt: castNow,
    })
  }

  async function contentOf(key: MeetingKey): Promise<ProseMirrorJSON> {
    const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
    const blocks: ProseMirrorJSON[] = [paragraph('Ce qui a été dit.')]
    for (const [wording, { in: where, nature }] of Object.entries(stagedDecisions)) {
      if (where === key)
        blocks.push({ type: 'decision', attrs: { id: wording, nature }, content: [paragraph(wording)] })
    }
    for (const [wording, { in: where, owner }] of Object.entries(stagedActions)) {
      const attrs = { id: wording, ...(await ownerOf(owner)), dueOn: '2027-03-31' }
      if (where === key) blocks.push({ type: 'action', attrs, content: [{ type: 'text', text: wording }] })
    }
    const heading = { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Premier point' }] }
    return { type: 'doc', content: [{ type: 'essential', content: [paragraph('En bref.')] }, heading, ...blocks] }
  }

  async function ownerOf(kind: 'person' | 'organisation' | 'instance' | null) {
    if (kind === 'person') {
      const [mandate] = await db
        .select({ id: mandates.id })
        .from(mandates)
        .where(eq(mandates.accountId, await accountOf(cast.membre)))
      return { ownerKind: 'personne', ownerId: wanted(mandate?.id, cast.membre), ownerLabel: 'Mme Samira Bensaïd' }
    }
    if (kind === 'organisation') {
      const [row] = await db
        .select({ id: organisations.id })
        .from(organisations)
        .where(and(eq(organisations.consortiumId, consortiumIds.tarn), eq(organisations.slug, 'france-travail')))
      return { ownerKind: 'organisation', ownerId: wanted(row?.id, 'france-travail'), ownerLabel: 'France Travail' }
    }
    if (kind === 'instance') {
      return { ownerKind: 'instance', ownerId: instanceOf('numerique'), ownerLabel: 'Groupe projet numérique' }
    }
    return { ownerKind: null, ownerId: null, ownerLabel: null }
  }
}

/** Those whose agreement the rule `valideurs` of each instance wants. */
const validators: Readonly<Record<string, readonly string[]>> = {
  parcours: [cast.copilote1, cast.copilote2],
  offre: [cast.copiloteOffre, 'cecile.bourdon@tarn.test'],
  numerique: [cast.copiloteNumerique, 'anais.lacombe@tarn.test'],
  strategique: [cast.presidentStrategique],
  restreint: [cast.chef],
  institutionnelle: [cast.presidentInstitutionnel],
  'national-2': [cast.chef],
  'var/departementale': [cast.copiloteVar, 'jerome.peyron@var.test'],
}

function wanted<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the matrix has no ${what}`)
  return value
}
