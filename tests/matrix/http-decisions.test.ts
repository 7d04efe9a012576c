import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announceCount, type Check, data, isDone, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { entrants, everyone, isVisitor, outsiders, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import type { ActionKey, DecisionKey } from './staged.ts'
import {
  actionRows,
  type DecisionAct,
  type DecisionRow,
  decisionActs,
  decisionGrid,
  decisionRows,
  relayAnswerers,
} from './tables/decisions.ts'
import { servicesOf } from './tables/services.ts'

const keys = Object.keys(decisionRows) as DecisionKey[]
const acts = Object.keys(decisionActs) as DecisionAct[]
const actionKeys = Object.keys(actionRows) as ActionKey[]
const insiders: Person[] = [...entrants, 'signedOut']
const isOutsider = (who: Person) => outsiders.some(outsider => outsider === who)

/** A decision that everyone of the two bodies reads, and one that most of the cast do not. */
const typical: DecisionKey = 'proposed'
const hidden: DecisionKey = 'ofRestricted'

/** Decisions on which each form is asked for as data. */
const shown: readonly DecisionKey[] = ['proposed', 'postponed', 'adopted', 'toInstitutional', 'ofStrategic']

describe('everyone × every address of decisions and actions', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
  })
  afterAll(async () => {
    announceCount('décisions et actions', matrix)
    await site.close()
  })

  it('[H27] shows a decision to the two bodies, and to every member once adopted or noted', async () => {
    await matrix.refuse([
      ...everyone.flatMap(who => [typical, 'adopted', hidden, 'unknown'].map(key => page(who, '', key))),
      ...[...insiders, ...outsiders].flatMap(who =>
        [...keys, 'unknown', 'malformed'].map(key => data(page(who, '', key))),
      ),
    ])
  })

  it('[H28]…[H30] shows each form to those who may act, and says to other readers who can', async () => {
    const asPages = everyone.flatMap(who =>
      acts.flatMap(act => [typical, hidden, 'unknown'].map(key => page(who, act, key))),
    )
    const asData = insiders.flatMap(who => acts.flatMap(act => shown.map(key => data(page(who, act, key)))))
    await matrix.refuse([...asPages, ...asData])
  })

  it('[H28]…[H30] refuses the act to everyone else, and nothing changes', async () => {
    const asPages = everyone.flatMap(who => acts.flatMap(act => [typical, hidden].map(key => post(who, act, key))))
    const asData = insiders.flatMap(who =>
      acts.flatMap(act => [...keys, 'unknown', 'malformed'].map(key => data(post(who, act, key)))),
    )
    await matrix.refuse([...asPages, ...asData].filter(check => !isDone(check)))
  })

  it('[H28]…[H30] lets those who may act do so', async () => {
    const done = everyone.flatMap(who => acts.flatMap(act => keys.map(key => post(who, act, key)))).filter(isDone)
    expect(done.length).toBeGreaterThan(100)
    await matrix.allow([...done, ...done.filter(check => check.thing === typical).map(data)])
  })

  it('[H52] lets the correspondant of an institution, and the chef de projet, say what it relayed', async () => {
    const forms = everyone.flatMap(who => relayKeys.map(key => relayForm(who, key)))
    await matrix.refuse([...forms, ...forms.map(data)])
    const answers = everyone.flatMap(who => relayKeys.map(key => relayAnswer(who, key)))
    await matrix.refuse([...answers, ...answers.map(data)].filter(check => !isDone(check)))
    await matrix.allow([...answers, ...answers.map(data)].filter(isDone))
  })

  it('[H25] [H26] lets owners, copilotes, presidency and secretariat say where an action stands', async () => {
    const posts = everyone.flatMap(who => [...actionKeys, 'unknown', 'malformed'].map(key => progress(who, key)))
    const all = [...posts, ...posts.map(data)]
    await matrix.refuse(all.filter(check => !isDone(check)))
    await matrix.allow(all.filter(isDone))
    const read = everyone.flatMap(who => ['actionOfNobody', 'unknown'].map(key => progressAddress(who, key)))
    await matrix.refuse([...read, ...read.map(data)])
  })

  it('[H0] refuses what one may not read exactly as what does not exist', () => {
    expect(matrix.comparedNothing).toBeGreaterThan(150)
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('decisions')))
  })

  const page = (who: Person, act: DecisionAct | '', key: string): Check => {
    const own = idOf(key, site.ids.decisions)
    const path = pathOf(act, own)
    const rule = act === '' ? 'H27' : decisionActs[act]
    return { rule, who, asked: { path }, expected: onPage(who, act, key, path), route: routeOf(act), thing: key, own }
  }

  const post = (who: Person, act: DecisionAct, key: string): Check => {
    const own = idOf(key, site.ids.decisions)
    const path = pathOf(act, own)
    const asked = { path, form: formOf(act, key) }
    const expected = onAct(who, act, key, path)
    return { rule: decisionActs[act], who, asked, expected, route: routeOf(act), thing: key, own }
  }

  const relayForm = (who: Person, key: string): Check => relayCheck(who, key, 'GET')

  const relayAnswer = (who: Person, key: string): Check => relayCheck(who, key, 'POST')

  function relayCheck(who: Person, key: string, method: 'GET' | 'POST'): Check {
    const own = idOf(key, site.ids.decisions)
    const path = `/tarn/decisions/${own}/relais/caf`
    const asked =
      method === 'GET' ? { path } : { path, form: { outcome: 'relayee', relayedOn: '2027-03-01', note: '' } }
    return { rule: 'H52', who, asked, expected: onRelay(who, key, path, method), route: relayRoute, thing: key, own }
  }

  const progress = (who: Person, key: string): Check => {
    const own = idOf(key, site.ids.actions)
    const path = actionPath(own)
    const asked = { path, form: { state: 'en_cours', retour: '/tarn/accueil' } }
    return { rule: 'H26', who, asked, expected: onProgress(who, key, path), route: actionRoute, thing: key, own }
  }

  /** Reading the address shows nothing: it leads to the first page of the consortium. */
  const progressAddress = (who: Person, key: string): Check => {
    const own = idOf(key, site.ids.actions)
    const path = actionPath(own)
    const back: Outcome = isOutsider(who) ? 404 : { to: '/tarn/accueil' }
    const expected = isVisitor(who) ? signInFirst(path, 'GET') : back
    return { rule: 'H26', who, asked: { path }, expected, route: actionRoute, thing: key, own }
  }

  /** A form that is accepted when the act is. */
  function formOf(act: DecisionAct, key: string): Record<string, string> {
    const institutional = key === 'toInstitutional' || key === 'ofStrategic'
    const { meetings } = site.ids
    if (act === 'inscription') {
      // Already on the agenda of the one that is announced: to another.
      const strategic = key === 'shownOnAgenda' ? meetings.strategicPreparation : meetings.strategicAnnounced
      return { meetingId: institutional ? meetings.institutionalAnnounced : strategic }
    }
    if (act === 'resultat') {
      const meetingId = institutional ? meetings.institutionalHeld : meetings.strategicHeld
      return { result: 'rejetee', reason: 'Le budget ne le permet pas.', meetingId }
    }
    if (act === 'relais') return { dueOn: '2027-04-30', instructions: 'Aux équipes.' }
    return act === 'retrait' ? { reason: 'Ce n’est plus utile.' } : {}
  }
})

const routeOf = (act: string) => `decisions/:id${act && `/${act}`}`
const pathOf = (act: string, id: string) => `/tarn/decisions/${id}${act && `/${act}`}`
const relayRoute = 'decisions/:id/relais/:structure'
const relayKeys = ['proposed', 'adopted', 'noted', hidden, 'unknown', 'malformed'] as const
const actionRoute = 'actions/:id/avancement'
const actionPath = (id: string) => `/tarn/actions/${id}/avancement`

function idOf(key: string, ids: Readonly<Record<string, string>>): string {
  return ids[key] ?? (key === 'unknown' ? unknownId : '2027-STRAT-001')
}

function rowOf(key: string): DecisionRow {
  return key in decisionRows ? decisionRows[key as DecisionKey] : { reads: [], deciders: [], leads: [] }
}

/** What the page of a decision, or of a form on it, answers. */
function onPage(who: Person, act: DecisionAct | '', key: string, path: string): Outcome {
  if (isVisitor(who)) return signInFirst(path, 'GET')
  if (isOutsider(who)) return 404
  // Only receives a form: reading the address leads to the decision, existing or not.
  if (act === 'lecture') return { to: path.replace('/lecture', '') }
  if (!rowOf(key).reads.includes(who)) return 404
  return act === '' ? 200 : outcomeFor(who, act, key)
}

/** What the act itself answers. */
function onAct(who: Person, act: DecisionAct, key: string, path: string): Outcome {
  if (isVisitor(who)) return signInFirst(path, 'POST')
  const outcome = rowOf(key).reads.includes(who) ? outcomeFor(who, act, key) : 404
  return outcome === 200 ? { to: path.replace(`/${act}`, ''), done: true } : outcome
}

function outcomeFor(who: Person, act: DecisionAct, key: string): number {
  const mark = decisionGrid[key as DecisionKey][act]
  const { deciders, leads, reads } = rowOf(key)
  if (mark === '-') return 409
  if (mark === 'x') return deciders.includes(who) ? 409 : 403
  return { D: deciders, L: leads, R: reads }[mark].includes(who) ? 200 : 403
}

/** Only what was adopted or noted is asked to be relayed. */
function onRelay(who: Person, key: string, path: string, method: 'GET' | 'POST'): Outcome {
  if (isVisitor(who)) return signInFirst(path, method)
  if (!rowOf(key).reads.includes(who)) return 404
  if (key !== 'adopted' && key !== 'noted') return 409
  if (!relayAnswerers.includes(who)) return 403
  return method === 'GET' ? 200 : { to: path.replace('/relais/caf', ''), done: true }
}

function onProgress(who: Person, key: string, path: string): Outcome {
  if (isVisitor(who)) return signInFirst(path, 'POST')
  const row = key in actionRows ? actionRows[key as ActionKey] : null
  if (row?.may.includes(who)) return { to: '/tarn/accueil', done: true }
  return row?.reads.includes(who) ? 403 : 404
}
