/**
 * A consortium of 40 instances, 600 people, 10,000 meetings (nearly all past, with distributed minutes) and 50,000
 * decisions, written by SQL under the product's constraints and triggers; its seals verify. The register's chain of
 * events, which none of the measured pages reads, is left out.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import * as Y from 'yjs'
import type { DatabaseHandle } from '#db/client.ts'
import { textFingerprint } from '#server/collaboration/stored-text.ts'
import { type ProseMirrorJSON, writeContent } from '#server/collaboration/text-content.ts'
import { type SealedFacts, sealText } from '#server/domain/minutes/seal.ts'
import { EDITOR_SCHEMA_VERSION } from '#server/vocabulary/editor-schema.ts'

/** What the bench asks for: pages of one copilote, and a text that each must hold so many times. */
export type MeasuredPage = { name: string; path: string; holds: string; times: number }

export type LargeConsortium = { cookie: string; pages: MeasuredPage[] }

const slug = 'grand'
const instanceCount = 40
const seatsPerInstance = 15
const meetingsPerInstance = 250
const pastMeetings = 240
const sealedMeetings = 237
const decisionCount = 50_000

const consortiumId = randomUUID()
const weekMs = 7 * 24 * 3600 * 1000

type Instance = { id: string; slug: string; code: string; name: string; steering: boolean }
type Mandate = { id: string; accountId: string; instance: number; rank: number; organisationId: string }

export async function fillLargeConsortium(handle: DatabaseHandle): Promise<LargeConsortium> {
  const today = new Date(new Date().setUTCHours(8, 0, 0, 0))
  const longAgo = new Date(today.getTime() - 300 * weekMs).toISOString()
  const governance = await insertGovernance(handle, longAgo)
  const { instances, mandates } = governance
  const reader = wanted(mandates.find(mandate => mandate.instance === 2 && mandate.rank === 1))
  const token = randomBytes(32).toString('base64url')
  await insert(handle, 'sessions', [
    {
      id: createHash('sha256').update(token).digest('hex'),
      user_id: reader.accountId,
      expires_at: new Date(today.getTime() + 50 * weekMs).toISOString(),
    },
  ])
  const live = liveText()
  const numbers = new Map<string, number>()
  let decisionsLeft = decisionCount
  let minutesLeft = sealedMeetings * instanceCount
  let measured: { id: string; decisions: number } | null = null
  for (let rank = 0; rank < meetingsPerInstance; rank++) {
    const week = newWeek()
    for (const [place, instance] of instances.entries()) {
      const startsAt = new Date(today.getTime() + (rank - pastMeetings) * weekMs + 3600_000 + place * 60_000)
      const seats = mandates.filter(mandate => mandate.instance === place)
      const held = addMeeting(week, { rank, instance, startsAt, author: wanted(seats[0]).accountId, live })
      if (rank >= sealedMeetings) {
        if (rank === sealedMeetings) addApproval(week, held.minutesId, wanted(seats[0]), live, startsAt)
        continue
      }
      const wording = Math.ceil(decisionsLeft / minutesLeft)
      decisionsLeft -= wording
      minutesLeft--
      addSealedMinutes(week, {
        ...held,
        rank,
        instance,
        instances,
        seats,
        governance,
        startsAt,
        decisions: wording,
        numbers,
      })
      if (place === 2 && rank === 200) measured = { id: held.minutesId, decisions: wording }
    }
    for (const [table, rows] of Object.entries(week)) await insert(handle, table, rows)
  }
  await insertWhatFollows(handle)
  await handle.rows(sql`analyze`)
  const minutes = wanted(measured)
  return {
    cookie: `espace_spie=${token}`,
    pages: [
      { name: 'home', path: `/${slug}/accueil`, holds: 'class="entry"', times: 23 },
      { name: 'instance', path: `/${slug}/instances/groupe-2`, holds: `href="/${slug}/reunions/`, times: 21 },
      {
        name: 'minutes',
        path: `/${slug}/comptes-rendus/${minutes.id}`,
        // Beside the text, and at the foot of each block.
        holds: `href="/${slug}/decisions/`,
        times: 2 * minutes.decisions,
      },
      { name: 'register', path: `/${slug}/decisions`, holds: `href="/${slug}/decisions/`, times: 25 },
    ],
  }
}

type Governance = Awaited<ReturnType<typeof insertGovernance>>

async function insertGovernance(handle: DatabaseHandle, createdAt: string) {
  await insert(handle, 'consortia', [
    { id: consortiumId, slug, name: 'SPIE de grande taille', territory: 'Tout', purpose: '', created_at: createdAt },
  ])
  const organisations = Array.from({ length: 30 }, (_, n) => ({ id: randomUUID(), n }))
  await insert(
    handle,
    'organisations',
    organisations.map(({ id, n }) => ({
      id,
      consortium_id: consortiumId,
      slug: `structure-${n}`,
      phase: 'representatif_initial',
      position: n,
    })),
  )
  await insert(
    handle,
    'organisation_names',
    organisations.map(({ id, n }) => ({
      id: randomUUID(),
      consortium_id: consortiumId,
      organisation_id: id,
      name: `Structure partenaire n° ${n}`,
      short_name: `S${n}`,
      starts_on: '2015-01-01',
    })),
  )
  const instances = Array.from({ length: instanceCount }, (_, n) => instanceNumber(n))
  await insert(
    handle,
    'instances',
    instances.map((instance, n) => ({
      id: instance.id,
      consortium_id: consortiumId,
      slug: instance.slug,
      name: instance.name,
      short_name: instance.code,
      code: instance.code,
      level: n === 0 ? 'institutionnel' : n === 1 ? 'strategique' : 'operationnel',
      kind: n === 0 ? 'pilotage_institutionnel' : n === 1 ? 'pilotage_strategique' : 'groupe_operationnel',
      purpose: 'Coordonner le travail des structures et rendre compte de ce qui a été fait.',
      roles: ['Établir un diagnostic partagé', 'Proposer des expérimentations', 'Suivre les indicateurs'],
      composition: '',
      cadence: 'Toutes les semaines',
      validator_rule: n < 2 ? 'presidence' : 'tous_les_copilotes',
      draft_readers: n < 2 ? 'redacteurs' : 'instance',
      minutes_visibility: 'niveau',
      position: n,
      created_at: createdAt,
    })),
  )
  const people = Array.from({ length: instanceCount * seatsPerInstance }, () => randomUUID())
  await insert(
    handle,
    'accounts',
    people.map((id, n) => ({
      id,
      email: `personne-${n}@grand.test`,
      given_name: ['Claire', 'Hugo', 'Samira', 'Paul'][n % 4],
      family_name: `Personne${n}`,
      is_administrateur: false,
      created_at: createdAt,
    })),
  )
  const mandates = people.flatMap((accountId, n): Mandate[] => {
    const organisationId = wanted(organisations[n % organisations.length]).id
    const instance = Math.floor(n / seatsPerInstance)
    const own = { id: randomUUID(), accountId, instance, rank: n % seatsPerInstance, organisationId }
    // One in three sits in another body too.
    const other = { id: randomUUID(), accountId, instance: (instance + 13) % instanceCount, rank: 99, organisationId }
    return n % 3 === 1 ? [own, other] : [own]
  })
  await insert(
    handle,
    'mandates',
    mandates.map(mandate => mandateRow(mandate, wanted(instances[mandate.instance]).id, createdAt)),
  )
  return { instances, mandates, organisations, people }
}

function instanceNumber(n: number): Instance {
  if (n === 0)
    return {
      id: randomUUID(),
      slug: 'institutionnelle',
      code: 'INST',
      name: 'Instance institutionnelle',
      steering: true,
    }
  if (n === 1)
    return { id: randomUUID(), slug: 'strategique', code: 'STRAT', name: 'Instance stratégique', steering: true }
  return { id: randomUUID(), slug: `groupe-${n}`, code: `G${n}`, name: `Groupe opérationnel n° ${n}`, steering: false }
}

function mandateRow(mandate: Mandate, instanceId: string, createdAt: string) {
  const leads = mandate.instance < 2 ? ['president'] : ['copilote', 'copilote']
  const fn = [...leads, 'secretaire'][mandate.rank] ?? 'membre'
  return {
    id: mandate.id,
    consortium_id: consortiumId,
    account_id: mandate.accountId,
    instance_id: instanceId,
    organisation_id: mandate.organisationId,
    function: fn,
    civilite: 'madame',
    qualite: 'responsable de service',
    function_label: fn === 'copilote' ? 'Copilote' : 'Membre',
    carries_voice: false,
    starts_on: '2016-01-01',
    created_at: createdAt,
  }
}

/** Rows of one week's meetings, by table, in the order in which they may be inserted. */
function newWeek() {
  return {
    meetings: [] as object[],
    minutes: [] as object[],
    live_texts: [] as object[],
    minutes_approvals: [] as object[],
    minutes_versions: [] as object[],
    decisions: [] as object[],
    action_items: [] as object[],
  }
}

type Week = ReturnType<typeof newWeek>
type Live = ReturnType<typeof liveText>
type Held = { meetingId: string; minutesId: string }

function addMeeting(
  week: Week,
  about: { rank: number; instance: Instance; startsAt: Date; author: string; live: Live },
): Held {
  const { rank, instance, startsAt, author, live } = about
  const [meetingId, minutesId] = [randomUUID(), randomUUID()]
  const at = startsAt.toISOString()
  const past = rank < pastMeetings
  const sealed = rank < sealedMeetings
  const announced = past || rank < pastMeetings + 5
  const end = new Date(startsAt.getTime() + 2 * 3600_000).toISOString()
  const nextDay = new Date(startsAt.getTime() + 24 * 3600_000).toISOString()
  week.meetings.push({
    id: meetingId,
    consortium_id: consortiumId,
    instance_id: instance.id,
    state: past ? 'tenue' : announced ? 'invitations_envoyees' : 'preparation',
    title: `Point d’avancement n° ${rank}`,
    starts_at: at,
    ends_at: end,
    place: 'Hôtel du Département, salle 3',
    link: '',
    revision: 1,
    created_at: at,
    created_by: author,
    announced_at: announced ? at : null,
    held_at: past ? end : null,
  })
  week.minutes.push({
    id: minutesId,
    consortium_id: consortiumId,
    meeting_id: meetingId,
    state: sealed ? 'diffuse' : rank === sealedMeetings ? 'en_relecture' : 'brouillon',
    visibility: 'niveau',
    epoch: 1,
    created_at: at,
    proofreading_at: rank <= sealedMeetings ? nextDay : null,
    validated_at: sealed ? nextDay : null,
    validated_by: sealed ? author : null,
    distributed_at: sealed ? nextDay : null,
    distributed_by: sealed ? author : null,
  })
  week.live_texts.push({
    id: randomUUID(),
    consortium_id: consortiumId,
    minutes_id: minutesId,
    epoch: 1,
    schema_version: EDITOR_SCHEMA_VERSION,
    state: hex(live.state),
    journalled_through: 0,
    created_at: at,
    closed_at: sealed ? nextDay : null,
  })
  return { meetingId, minutesId }
}

function addApproval(week: Week, minutesId: string, by: Mandate, live: Live, at: Date): void {
  week.minutes_approvals.push({
    id: randomUUID(),
    consortium_id: consortiumId,
    minutes_id: minutesId,
    account_id: by.accountId,
    mandate_id: by.id,
    state_vector: hex(live.stateVector),
    delete_set_hash: live.deleteSetHash,
    seen_content: live.content,
    approved_at: at.toISOString(),
    maintained: false,
  })
}

function addSealedMinutes(
  week: Week,
  about: Held & {
    rank: number
    instance: Instance
    instances: Instance[]
    seats: Mandate[]
    governance: Governance
    startsAt: Date
    decisions: number
    numbers: Map<string, number>
  },
): void {
  const { meetingId, minutesId, rank, instance, seats, startsAt } = about
  const at = startsAt.toISOString()
  const author = wanted(seats[0])
  const decided = Array.from({ length: about.decisions }, (_, n) => decisionOf(about, n))
  const toDo = Array.from({ length: 3 }, (_, n) => actionOf(about, n))
  const content = minutesText([...decided, ...toDo].map(({ block }) => block))
  const facts: SealedFacts = {
    consortium: { id: consortiumId, name: 'SPIE de grande taille' },
    instance: { id: instance.id, name: instance.name },
    minutesId,
    version: 1,
    meeting: { id: meetingId, startsAt: at, endsAt: null, place: 'Hôtel du Département', title: `Point n° ${rank}` },
    agenda: headings.map(title => ({ title, reporter: '' })),
    attendance: seats.slice(0, seatsPerInstance).map((seat, n) => ({
      mandateId: seat.id,
      name: `Mme Claire Personne${n}`,
      functionLabel: 'Membre',
      qualite: 'responsable de service',
      organisation: `Structure partenaire n° ${n}`,
      status: n % 5 === 4 ? ('excuse' as const) : ('present' as const),
      mode: null,
      representedBy: null,
    })),
    decisions: decided.map(({ sealed }) => sealed),
    actions: toDo.map(({ sealed }) => sealed),
    pointsOfAttention: [],
    approvals: [{ accountId: author.accountId, name: 'Mme Claire Personne', approvedAt: at }],
    inAbsenceOf: [],
    sealedAt: at,
    sealedBy: { accountId: author.accountId, name: 'Mme Claire Personne' },
  }
  const { statement, salts, seal } = sealText(content, facts)
  week.minutes_versions.push({
    id: randomUUID(),
    consortium_id: consortiumId,
    minutes_id: minutesId,
    version: 1,
    content,
    sealed_statement: statement,
    salts,
    seal,
    sealed_at: at,
    sealed_by: author.accountId,
  })
  week.decisions.push(...decided.map(({ row }) => row))
  week.action_items.push(...toDo.map(({ row }) => row))
}

type About = Parameters<typeof addSealedMinutes>[1]

function decisionOf(about: About, n: number) {
  const { instance, instances, startsAt, rank, numbers, minutesId, meetingId } = about
  const [institutional, strategic] = [wanted(instances[0]), wanted(instances[1])]
  const competent = n === 0 ? strategic : n === 1 && rank % 5 === 0 ? institutional : instance
  const own = competent === instance
  const nature =
    competent === strategic ? 'experimentation' : competent === institutional ? 'budget' : 'organisation_interne'
  const awaited = !own && rank > sealedMeetings - 6
  const state = awaited
    ? 'proposee'
    : own
      ? 'adoptee'
      : (['adoptee', 'prise_d_acte', 'rejetee', 'adoptee'][rank % 4] ?? '')
  const year = startsAt.getUTCFullYear()
  const key = `${year}-${competent.code}`
  const place = awaited ? null : (numbers.get(key) ?? 0) + 1
  if (place !== null) numbers.set(key, place)
  const [id, blockId] = [randomUUID(), randomUUID()]
  const wording = `Retenir la proposition ${n + 1} du point d’avancement n° ${rank}, et en rendre compte aux structures.`
  const at = new Date(startsAt.getTime() + n * 1000).toISOString()
  return {
    block: {
      type: 'decision',
      attrs: { id: blockId, nature },
      content: [{ type: 'paragraph', content: [{ type: 'text', text: wording }] }],
    },
    sealed: {
      blockId,
      wording,
      reasons: '',
      nature: nature as 'budget',
      decisionId: id,
      competentInstanceId: competent.id,
    },
    row: {
      id,
      consortium_id: consortiumId,
      minutes_id: minutesId,
      block_id: blockId,
      origin_meeting_id: meetingId,
      proposing_instance_id: instance.id,
      competent_instance_id: competent.id,
      nature,
      wording,
      reasons: '',
      state,
      proposed_at: at,
      number_year: place && year,
      number_rank: place,
      number: place && `${key}-${String(place).padStart(3, '0')}`,
      result_meeting_id: awaited ? null : meetingId,
      result_on: awaited ? null : at.slice(0, 10),
      result_recorded_at: awaited ? null : at,
    },
  }
}

function actionOf(about: About, n: number) {
  const { instance, startsAt, rank, minutesId, seats, governance } = about
  const [id, blockId] = [randomUUID(), randomUUID()]
  const wording = `Préparer l’action ${n + 1} décidée au point d’avancement n° ${rank}.`
  const at = startsAt.toISOString()
  const ownerKind = (['personne', 'organisation', 'instance'] as const)[n] ?? 'instance'
  const owner = {
    personne: wanted(seats[rank % seats.length]).id,
    organisation: wanted(governance.organisations[rank % governance.organisations.length]).id,
    instance: instance.id,
  }[ownerKind]
  const dueOn = new Date(startsAt.getTime() + 4 * weekMs).toISOString().slice(0, 10)
  return {
    block: {
      type: 'action',
      attrs: { id: blockId, ownerKind, ownerId: owner, ownerLabel: 'Qui de droit', dueOn },
      content: [{ type: 'text', text: wording }],
    },
    sealed: { blockId, wording, ownerKind, ownerId: owner, ownerLabel: 'Qui de droit', dueOn, actionId: id },
    row: {
      id,
      consortium_id: consortiumId,
      minutes_id: minutesId,
      block_id: blockId,
      instance_id: instance.id,
      wording,
      owner_kind: ownerKind,
      owner_label: 'Qui de droit',
      owner_mandate_id: ownerKind === 'personne' ? owner : null,
      owner_organisation_id: ownerKind === 'organisation' ? owner : null,
      owner_instance_id: ownerKind === 'instance' ? owner : null,
      due_on: dueOn,
      state: rank < sealedMeetings - 6 ? 'faite' : 'a_faire',
      created_at: at,
      updated_at: at,
    },
  }
}

/** Rows that follow from the others: agenda, attendance, invitations, recipients. */
async function insertWhatFollows(handle: DatabaseHandle): Promise<void> {
  await handle.rows(sql`insert into agenda_items (consortium_id, meeting_id, position, title)
    select consortium_id, id, n, 'Point ' || n from meetings, generate_series(0, 5) n`)
  await handle.rows(sql`insert into attendance (consortium_id, meeting_id, mandate_id, status, recorded_at, recorded_by)
    select m.consortium_id, m.id, a.id, 'present', m.starts_at, m.created_by
    from meetings m join mandates a on a.instance_id = m.instance_id where m.state = 'tenue'`)
  await handle.rows(sql`insert into invitations (consortium_id, meeting_id, account_id, sent_at, sent_by)
    select m.consortium_id, m.id, a.account_id, m.starts_at, m.created_by
    from meetings m join mandates a on a.instance_id = m.instance_id where m.announced_at is not null`)
  await handle.rows(sql`insert into minutes_recipients (consortium_id, minutes_id, version, account_id, sent_at, read_at)
    select m.consortium_id, c.id, 1, a.account_id, c.distributed_at,
      case when c.distributed_at < now() - interval '60 days' then c.distributed_at end
    from minutes c join meetings m on m.id = c.meeting_id join mandates a on a.instance_id = m.instance_id
    where c.state = 'diffuse'`)
}

const headings = [
  'Suivi des décisions',
  'Parcours des personnes',
  'Offre de services',
  'Numérique',
  'Calendrier',
  'Divers',
]
const sentence =
  'Les structures présentes font le point sur ce qui a été engagé depuis la dernière séance, sur ce qui reste à faire et sur les difficultés rencontrées. '

function minutesText(blocks: ProseMirrorJSON[]): ProseMirrorJSON {
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  return {
    type: 'doc',
    content: [
      { type: 'essential', content: [paragraph(sentence)] },
      ...headings.flatMap((title, n) => [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: title }] },
        paragraph(sentence.repeat(2)),
        paragraph(sentence),
        ...blocks.filter((_, index) => index % headings.length === n),
      ]),
    ],
  }
}

function liveText() {
  const doc = new Y.Doc()
  const content = minutesText([])
  writeContent(doc, content)
  return { state: Y.encodeStateAsUpdate(doc), content, ...textFingerprint(doc) }
}

async function insert(handle: DatabaseHandle, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = sql.raw(
    Object.keys(first)
      .map(name => `"${name}"`)
      .join(', '),
  )
  const into = sql.identifier(table)
  await handle.rows(
    sql`insert into ${into} (${columns}) select ${columns} from json_populate_recordset(null::${into}, ${JSON.stringify(rows)}::json)`,
  )
}

function hex(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`
}

function wanted<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('the large consortium lacks something it is made of')
  return value
}
