import { and, asc, eq, isNull, lte, ne } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, instances, mandates, organisations } from '#db/schema/index.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { proposalForm } from '#server/vocabulary/proposal-forms.ts'
import { cast, castNow } from '../cast.ts'
import { announceCount, type Check, data, isDone, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { everyone, isVisitor, members, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { servicesOf } from './tables/services.ts'

type Act = '' | 'reponse' | 'retrait'
type Key = 'waiting' | 'ending' | 'returned' | 'unknown' | 'malformed'

const acts: readonly Act[] = ['', 'reponse', 'retrait']
const keys: readonly Key[] = ['waiting', 'ending', 'returned', 'unknown', 'malformed']
/** Those that nobody has answered. */
const isWaiting = (key: Key) => key === 'waiting' || key === 'ending'

describe('everyone × proposals of representatives', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  let ids: Record<Key, string>
  let typed: Record<string, string>
  /** A mandate of the CAF, of another institution, of the neighbour. */
  let seat: { caf: string; other: string; var: string }
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
    typed = await typedProposal(site)
    const seats = await seatsOf(site, typed.organisationId ?? '')
    seat = { caf: seats.second, other: seats.other, var: seats.var }
    ids = { ...(await stagedProposals(site, typed, seats.first)), unknown: unknownId, malformed: 'une-proposition' }
  })
  afterAll(async () => {
    announceCount('propositions', matrix)
    await site.close()
  })

  it('[H41] [H42] [H43] shows a proposal to the correspondants of the institution and to the chef de projet', async () => {
    const asked = everyone.flatMap(who => acts.flatMap(act => keys.map(key => page(who, act, key))))
    await matrix.refuse([...asked, ...asked.map(data)])
    expect(matrix.comparedNothing).toBeGreaterThan(100)
  })

  it('[H42] [H43] lets the one answer and the other withdraw, while nobody has', async () => {
    const asked = everyone.flatMap(who =>
      (['reponse', 'retrait'] as const).flatMap(act => keys.map(key => submission(who, act, key))),
    )
    const all = [...asked, ...asked.map(data)]
    await matrix.refuse(all.filter(check => !isDone(check)))
    await matrix.allow(all.filter(isDone))
  })

  it('[H42] makes a mandate of what is accepted', async () => {
    const path = `/tarn/propositions/${ids.waiting}/reponse`
    const form = { answer: 'accepter', functionLabel: 'Membre', startsOn: '2027-04-01', carriesVoice: 'on' }
    const done: Outcome = { to: `/tarn/propositions/${ids.waiting}`, done: true }
    await matrix.allow([
      { rule: 'H42', who: 'chef', asked: { path, form }, expected: done, route: 'propositions', thing: 'waiting' },
    ])
  })

  it('[H40] takes a proposal from the correspondant of the institution, and from nobody else', async () => {
    const path = '/tarn/propositions/nouvelle'
    const asked = everyone.map((who): Check => {
      const outcome = members.includes(who) ? 403 : 404
      const allowed: Outcome = { to: '/tarn/propositions/', done: true }
      const inside = who === 'correspondantCaf' ? allowed : outcome
      const expected = isVisitor(who) ? signInFirst(path, 'POST') : inside
      return { rule: 'H40', who, asked: { path, form: typed }, expected, route: path, thing: path }
    })
    await matrix.refuse([...asked, ...asked.map(data)].filter(check => !isDone(check)))
    await matrix.allow([...asked, ...asked.map(data)].filter(isDone))
  })

  it('[H40] takes the end of a mandate from the correspondant of its institution, and from nobody else', async () => {
    const asked = everyone.flatMap(who =>
      ([seat.caf, seat.other, seat.var, unknownId, ''] as const).flatMap(mandate => [
        endingCheck(who, mandate, false),
        endingCheck(who, mandate, true),
      ]),
    )
    const all = [...asked, ...asked.map(data)]
    await matrix.refuse(all.filter(check => !isDone(check)))
    await matrix.allow(all.filter(isDone))
  })

  it('[H42] ends the mandate whose end is accepted, and shows before what follows', async () => {
    const path = `/tarn/propositions/${ids.ending}/reponse`
    const shown = await site.ask('chef', { path })
    expect(shown.body).toContain('Ce qui s’ensuit')
    const ask = (form: Record<string, string>, expected: Outcome): Check => ({
      rule: 'H42',
      who: 'chef',
      asked: { path, form },
      expected,
      route: 'propositions',
      thing: 'ending',
    })
    await matrix.refuse([
      ask({ answer: 'accepter', functionLabel: 'Membre', startsOn: '2027-04-01' }, 409),
      ask({ answer: 'accepter_fin', lastDay: '' }, 422),
      ask({ answer: 'accepter_fin', lastDay: '1999-01-01' }, 422),
    ])
    const done: Outcome = { to: `/tarn/propositions/${ids.ending}`, done: true }
    await matrix.allow([ask({ answer: 'accepter_fin', lastDay: '2027-06-30' }, done)])
  })

  it('[H40] [H0] takes nothing of another institution, another consortium, or of nothing', async () => {
    const others = await otherIds(site)
    const path = '/tarn/propositions/nouvelle'
    const ask = (change: Record<string, string>, status: number): Check => ({
      rule: 'H40',
      who: 'correspondantCaf',
      asked: { path, form: { ...typed, ...change } },
      expected: status,
      route: path,
      thing: JSON.stringify(change),
    })
    await matrix.refuse([
      ask({ organisationId: others.cpam }, 403),
      ask({ organisationId: others.var }, 404),
      ask({ organisationId: unknownId }, 404),
      ask({ instanceId: others.varInstance }, 422),
      ask({ instanceId: unknownId }, 422),
      ask({ accountId: unknownId, givenName: '', familyName: '', email: '' }, 422),
      ask({ replacesMandateId: unknownId }, 422),
      ask({ function: 'suppleant', titulaireMandateId: unknownId }, 422),
      ask({ function: 'invite' }, 422),
    ])
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('proposals')))
  })

  const page = (who: Person, act: Act, key: Key): Check => {
    const path = pathOf(act, ids[key])
    const readers: Record<Act, Outcome> = { '': 200, reponse: 200, retrait: 200 }
    if (isWaiting(key) && who === 'chef') readers.retrait = 403
    if (isWaiting(key) && who === 'correspondantCaf') readers.reponse = 403
    const expected = isVisitor(who) ? signInFirst(path, 'GET') : reads(who, key) ? readers[act] : 404
    return { rule: 'H41', who, asked: { path }, expected, route: routeOf(act), thing: key, own: ids[key] }
  }

  /** The form of the mandate's end: nobody but the correspondant of its institution; what is foreign is not there. */
  function endingCheck(who: Person, mandate: string, sends: boolean): Check {
    const path = `/tarn/propositions/fin?mandat=${mandate}`
    const here = mandate === seat.caf || mandate === seat.other
    const mine = mandate === seat.caf && who === 'correspondantCaf'
    const done: Outcome = { to: '/tarn/propositions/', done: true }
    const inside: Outcome = mine ? (sends ? done : 200) : here && members.includes(who) ? 403 : 404
    const expected = isVisitor(who) ? signInFirst(path, sends ? 'POST' : 'GET') : inside
    const form = { mandateId: mandate, endsOn: '2027-06-30' }
    return {
      rule: 'H40',
      who,
      asked: sends ? { path, form } : { path },
      expected,
      route: 'propositions/fin',
      thing: mandate || 'none',
    }
  }

  const submission = (who: Person, act: 'reponse' | 'retrait', key: Key): Check => {
    const path = pathOf(act, ids[key])
    const form: Record<string, string> = act === 'reponse' ? { answer: 'retourner', reason: 'Un motif.' } : { a: 'b' }
    const expected = isVisitor(who) ? signInFirst(path, 'POST') : onSubmission(who, act, key)
    return { rule: 'H42', who, asked: { path, form }, expected, route: routeOf(act), thing: key, own: ids[key] }
  }

  function onSubmission(who: Person, act: 'reponse' | 'retrait', key: Key): Outcome {
    if (!reads(who, key)) return 404
    if (key === 'returned') return 409
    const may = act === 'reponse' ? 'chef' : 'correspondantCaf'
    return who === may ? { to: pathOf('', ids[key]), done: true } : 403
  }
})

const reads = (who: Person, key: Key) =>
  (who === 'chef' || who === 'correspondantCaf') && (isWaiting(key) || key === 'returned')

const routeOf = (act: Act) => `propositions/:id${act && `/${act}`}`
const pathOf = (act: Act, id: string) => `/tarn/propositions/${id}${act && `/${act}`}`

async function idsIn({ handle }: Site, table: typeof instances | typeof organisations, slug: string, of?: string) {
  const [row] = await handle.db
    .select({ id: table.id, consortiumId: table.consortiumId })
    .from(table)
    .where(and(eq(table.slug, slug), of === undefined ? undefined : eq(table.consortiumId, of)))
  return row ?? expect.fail(`no ${slug}`)
}

/** What the correspondant of the CAF types: somebody new, where the CAF has nobody. */
async function typedProposal(site: Site): Promise<Record<string, string>> {
  const { id: instanceId, consortiumId } = await idsIn(site, instances, 'national-2')
  const { id: organisationId } = await idsIn(site, organisations, 'caf', consortiumId)
  return {
    organisationId,
    instanceId,
    civilite: 'madame',
    givenName: 'Léa',
    familyName: 'Bonnet',
    email: 'lea.bonnet@caf.test',
    qualite: 'responsable',
    function: 'membre',
    startsOn: '2027-04-01',
    carriesVoice: 'on',
  }
}

async function otherIds(site: Site) {
  const tarn = await idsIn(site, instances, 'national-2')
  const varInstance = await idsIn(site, instances, 'departementale')
  const [ofVar] = await site.handle.db
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.consortiumId, varInstance.consortiumId))
  const cpam = await idsIn(site, organisations, 'cpam', tarn.consortiumId)
  return { cpam: cpam.id, var: ofVar?.id ?? '', varInstance: varInstance.id }
}

/** Two mandates in force of an institution, one of another of the same consortium, one of the neighbour. */
async function seatsOf({ handle }: Site, organisationId: string) {
  const rows = await handle.db
    .select()
    .from(mandates)
    .where(and(isNull(mandates.endsOn), lte(mandates.startsOn, '2027-03-12'), ne(mandates.function, 'invite')))
    .orderBy(asc(mandates.id))
  const ours = rows.filter(row => row.organisationId === organisationId)
  const { consortiumId } = ours[0] ?? expect.fail('nobody sits')
  const other = rows.find(row => row.organisationId !== organisationId && row.consortiumId === consortiumId)
  const foreign = rows.find(row => row.consortiumId !== consortiumId)
  const id = (row: { id: string } | undefined) => row?.id ?? expect.fail('nobody sits there')
  return { first: id(ours[0]), second: id(ours[1]), other: id(other), var: id(foreign) }
}

async function stagedProposals(site: Site, typed: Record<string, string>, ending: string) {
  const { consortiumId } = await idsIn(site, instances, 'national-2')
  const as = async (email: string) => {
    const [row] = await site.handle.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
    const accountId = row?.id ?? ''
    return loadActor(site.handle.db, { accountId, consortiumId, now: castNow })
  }
  const correspondant = await as(cast.correspondantCaf)
  const form = proposalForm.parse({ ...typed, carriesVoice: true })
  const { proposals } = site.services
  const waiting = await proposals.proposeRepresentative(correspondant, { form })
  const returned = await proposals.proposeRepresentative(correspondant, { form })
  await proposals.returnProposal(await as(cast.chef), { proposalId: returned.proposalId, reason: 'Pas encore.' })
  const end = await proposals.proposeEnding(correspondant, {
    form: { mandateId: ending, endsOn: '2027-06-30', message: '' },
  })
  return { waiting: waiting.proposalId, ending: end.proposalId, returned: returned.proposalId }
}
