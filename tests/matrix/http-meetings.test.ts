import { isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agendaItems } from '#db/schema/index.ts'
import { announceCount, type Check, data, isDone, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { entrants, everyone, isVisitor, outsiders, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import type { MeetingKey } from './staged.ts'
import { type MeetingAct, type MeetingRow, meetingActs, meetingGrid, meetingRows } from './tables/meetings.ts'
import { servicesOf } from './tables/services.ts'

const keys = Object.keys(meetingRows) as MeetingKey[]
const acts = Object.keys(meetingActs) as MeetingAct[]
/** How far its minutes went changes nothing of what is done to a meeting: one of those held in each body is enough. */
const acted = keys.filter(key => !/(Opened|Proofread|Validated|Distributed|Approved)$/.test(key))
const insiders: Person[] = [...entrants, 'signedOut']

/** The meeting on which each address is shown as a page to everyone; as data, all of them are. */
const typical: Record<MeetingAct | '', MeetingKey> = {
  '': 'parcoursRunning',
  modification: 'parcoursAnnounced',
  point: 'parcoursAnnounced',
  points: 'parcoursAnnounced',
  annonce: 'parcoursPreparation',
  ouverture: 'parcoursAnnounced',
  cloture: 'parcoursRunning',
  annulation: 'parcoursAnnounced',
  report: 'parcoursAnnounced',
  presences: 'parcoursHeld',
}

/** Meetings on which each form is asked for as data. */
const shown: readonly MeetingKey[] = [
  'parcoursPreparation',
  'parcoursAnnounced',
  'parcoursRunning',
  'parcoursHeld',
  'parcoursValidated',
  'institutionalAnnounced',
]

/**
 * Acts that are judged on the meeting at once: a member who knows its date and not its page is told who can. The others
 * read the page first, which that member does not find.
 */
const judgedAtOnce: readonly MeetingAct[] = ['annonce', 'ouverture', 'cloture']

describe('everyone × every address of a meeting', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  /** Items that put a proposal before the body: an edit keeps them. */
  let proposals: { meetingId: string; id: string; title: string }[]
  beforeAll(async () => {
    site = await openSite(quickestKind())
    proposals = await site.handle.db
      .select({ meetingId: agendaItems.meetingId, id: agendaItems.id, title: agendaItems.title })
      .from(agendaItems)
      .where(isNotNull(agendaItems.decisionId))
    matrix = new Matrix(site)
  })
  afterAll(async () => {
    announceCount('réunions', matrix)
    await site.close()
  })

  it('[H6] [H7] shows the page to its body, its date to members, nothing to others', async () => {
    await matrix.refuse([
      ...everyone.flatMap(who => ['parcoursRunning', 'numeriquePreparation', 'unknown'].map(key => page(who, '', key))),
      ...insiders.flatMap(who => [...keys, 'unknown', 'malformed'].map(key => data(page(who, '', key)))),
      ...outsiders.flatMap(who => [...keys, 'unknown'].map(key => data(page(who, '', key)))),
    ])
  })

  it('[H8]…[H14] shows each form to those who may act, and says to other readers who can', async () => {
    await matrix.refuse([
      ...everyone.flatMap(who =>
        acts.flatMap(act => [typical[act], 'numeriquePreparation', 'unknown'].map(key => page(who, act, key))),
      ),
      ...insiders.flatMap(who => acts.flatMap(act => shown.map(key => data(page(who, act, key))))),
    ])
  })

  it('[H8]…[H14] refuses the act to everyone else, and nothing changes', async () => {
    const asPages = everyone.flatMap(who =>
      acts.flatMap(act => [typical[act], 'numeriquePreparation'].map(key => post(who, act, key))),
    )
    const asked = insiders.flatMap(who =>
      acts.flatMap(act => [...acted, 'unknown', 'malformed'].map(key => data(post(who, act, key)))),
    )
    await matrix.refuse([...asPages, ...asked].filter(check => !isDone(check)))
  })

  it('[H8]…[H14] lets those who may act do so', async () => {
    const done = everyone.flatMap(who => acts.flatMap(act => acted.map(key => post(who, act, key)))).filter(isDone)
    // Nobody of the list, or everybody: the table would say nothing.
    expect(done.length).toBeGreaterThan(50)
    await matrix.allow([...done, ...done.filter(check => check.thing === typical[actOf(check)]).map(data)])
  })

  it('[H0] refuses what one may not know of exactly as what does not exist', () => {
    expect(matrix.comparedNothing).toBeGreaterThan(300)
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('meetings')))
  })

  const page = (who: Person, act: MeetingAct | '', key: string): Check => {
    const own = idOf(key)
    const path = pathOf(act, own)
    const rule = act === '' ? 'H7' : meetingActs[act]
    return { rule, who, asked: { path }, expected: onPage(who, act, key, path), route: routeOf(act), thing: key, own }
  }

  const post = (who: Person, act: MeetingAct, key: string): Check => {
    const own = idOf(key)
    const path = pathOf(act, own)
    const kept = proposals.filter(({ meetingId }) => meetingId === own)
    const asked = { path, form: formOf(act, kept) }
    const expected = onAct(who, act, key, path)
    return { rule: meetingActs[act], who, asked, expected, route: routeOf(act), thing: key, own }
  }

  const idOf = (key: string): string => {
    if (key in meetingRows) return site.ids.meetings[key as MeetingKey]
    return key === 'unknown' ? unknownId : 'reunion-12'
  }
})

const pathOf = (act: string, id: string) => `/tarn/reunions/${id}${act && `/${act}`}`
const routeOf = (act: string) => `reunions/:id${act && `/${act}`}`
const actOf = (check: Check) => check.route.split('/')[2] as MeetingAct

function rowOf(key: string): MeetingRow {
  return key in meetingRows ? meetingRows[key as MeetingKey] : { knows: [], reads: [], writers: [], seated: [] }
}

/** What the page of a meeting, or of a form on it, answers. */
function onPage(who: Person, act: MeetingAct | '', key: string, path: string): Outcome {
  if (isVisitor(who)) return signInFirst(path, 'GET')
  const { reads, writers, seated } = rowOf(key)
  if (!reads.includes(who)) return 404
  if (act === '') return 200
  const mark = meetingGrid[key as MeetingKey][act]
  if (mark === '-') return 409
  const acting = { W: writers, x: writers, B: seated, E: [...writers, ...seated] }[mark]
  if (!acting.includes(who)) return 403
  return mark === 'x' ? 409 : 200
}

/** What the act itself answers. */
function onAct(who: Person, act: MeetingAct, key: string, path: string): Outcome {
  if (isVisitor(who)) return signInFirst(path, 'POST')
  const onForm = onPage(who, act, key, path)
  if (onForm === 404 && judgedAtOnce.includes(act) && rowOf(key).knows.includes(who)) {
    return meetingGrid[key as MeetingKey][act] === '-' ? 409 : 403
  }
  if (onForm !== 200) return onForm
  // The proposal that is named does not exist: who may answer is told so.
  if (act === 'points') return rowOf(key).writers.includes(who) ? 404 : 403
  // A meeting put off leads to the one that replaces it.
  return { to: act === 'report' ? '/tarn/reunions/' : path.replace(`/${act}`, ''), done: true }
}

/** A form that is accepted when the act is. */
function formOf(act: MeetingAct, kept: readonly { id: string; title: string }[]): Record<string, string> {
  const reason = 'La salle est prise.'
  if (act === 'annulation') return { reason }
  if (act === 'points') return { proposal: unknownId, answer: 'ecartee', reason }
  if (act === 'point') return { title: 'Le calendrier de l’automne' }
  if (act === 'report') return { reason, day: '2027-07-06', startTime: '09:30' }
  if (act === 'modification') {
    const items = kept.flatMap(({ id, title }, rank) => [
      [`items[${rank}].id`, id],
      [`items[${rank}].title`, title],
    ])
    const typed = { revision: '1', day: '2027-04-28', startTime: '09:30', endTime: '', place: 'Castres' }
    return { ...typed, ...Object.fromEntries(items) }
  }
  return {}
}
