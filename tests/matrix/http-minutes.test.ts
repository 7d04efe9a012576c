import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { announceCount, type Check, data, isDone, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { entrants, everyone, isVisitor, outsiders, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import type { MeetingKey } from './staged.ts'
import {
  type MinutesAct,
  type MinutesRow,
  type MinutesRowKey,
  minutesActs,
  minutesGrid,
  minutesRows,
  whoMay,
} from './tables/minutes.ts'
import { servicesOf } from './tables/services.ts'

const keys = Object.keys(minutesRows) as MinutesRowKey[]
const acts = Object.keys(minutesActs) as MinutesAct[]
const insiders: Person[] = [...entrants, 'signedOut']

/** The forms that have a page, and the acts that open it. */
const forms = {
  accord: ['accord'],
  validation: ['validation', 'absence'],
  diffusion: ['diffusion'],
  approbation: ['approbation'],
} as const satisfies Record<string, readonly MinutesAct[]>

type Form = keyof typeof forms

/** The minutes on which each address is shown as a page to everyone; as data, all of them are. */
const typical: Record<Form | MinutesAct, MinutesRowKey> = {
  redaction: 'parcoursHeld',
  relecture: 'parcoursHeld',
  brouillon: 'parcoursProofread',
  accord: 'parcoursProofread',
  validation: 'parcoursProofread',
  absence: 'parcoursProofread',
  diffusion: 'parcoursValidated',
  approbation: 'parcoursDistributed',
  lecture: 'parcoursDistributed',
}

/** Minutes on which each form is asked for as data: one in each state, one for each rule of validation. */
const shown: readonly MinutesRowKey[] = [
  'parcoursHeld',
  'parcoursProofread',
  'parcoursValidated',
  'parcoursDistributed',
  'restrictedProofread',
  'institutionalProofread',
  'strategicDistributed',
]

/** Minutes on which each act is tried as data; the others are in the same states. */
const actedOn: readonly MinutesRowKey[] = [
  'parcoursRunning',
  'parcoursCancelled',
  'strategicOpened',
  'nationalDistributed',
  'varDistributed',
  ...shown,
]

/** Minutes of which the PDF is asked for; a draft is drawn each time. */
const files: readonly MinutesRowKey[] = [
  'parcoursHeld',
  'parcoursValidated',
  'parcoursDistributed',
  'strategicDistributed',
  'restrictedDistributed',
  'institutionalDistributed',
  'nationalDistributed',
  'varDistributed',
]

/** Minutes that most of the cast may not read, though they are of the Tarn. */
const hidden: MinutesRowKey = 'strategicHeld'

describe('everyone × every address of minutes', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
  })
  afterAll(async () => {
    announceCount('comptes rendus', matrix)
    await site.close()
  })

  it('[H15] shows minutes, and their PDF, to those who may read them', async () => {
    await matrix.refuse([
      ...everyone.flatMap(who =>
        ['parcoursRunning', 'parcoursDistributed', hidden, 'unknown'].map(key => page(who, '', key)),
      ),
      ...insiders.flatMap(who => [...keys, 'unknown', 'malformed'].map(key => data(page(who, '', key)))),
      ...everyone.flatMap(who => [...files, hidden, 'unknown', 'malformed'].map(key => page(who, 'pdf', key))),
      ...outsiders.flatMap(who => [...files, 'unknown'].map(key => data(page(who, '', key)))),
    ])
  })

  it('[H20]…[H24] shows each form to those who may act, and says to other readers who can', async () => {
    const asPages = everyone.flatMap(who =>
      (Object.keys(forms) as Form[]).flatMap(form =>
        [typical[form], hidden, 'unknown'].map(key => page(who, form, key)),
      ),
    )
    const asData = insiders.flatMap(who =>
      (Object.keys(forms) as Form[]).flatMap(form => shown.map(key => data(page(who, form, key)))),
    )
    await matrix.refuse([...asPages, ...asData])
  })

  it('[H15] leads from an address that only receives a form to the minutes, existing or not', async () => {
    const only = ['redaction', 'relecture', 'lecture'] as const
    const asked = everyone.flatMap(who => only.flatMap(act => [hidden, 'unknown'].map(key => page(who, act, key))))
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('[H17]…[H24] refuses the act to everyone else, and nothing changes', async () => {
    const asPages = await Promise.all(
      everyone.flatMap(who => acts.flatMap(act => [typical[act], hidden].map(key => post(who, act, key)))),
    )
    const asData = await Promise.all(
      insiders.flatMap(who =>
        acts.flatMap(act => [...actedOn, 'unknown', 'malformed'].map(key => post(who, act, key))),
      ),
    )
    await matrix.refuse([...asPages, ...asData.map(data)].filter(check => !isDone(check)))
  })

  it('takes no form at the address of a file, from anybody', async () => {
    const asked = everyone.map((who): Check => {
      const asked = { path: pathOf('pdf', idOf('parcoursDistributed')), form: {} }
      return { rule: 'H15', who, asked, expected: 405, route: routeOf('pdf'), thing: 'parcoursDistributed' }
    })
    await matrix.refuse(asked)
  })

  it('[H21] asks nothing of the live engine for who may not validate', async () => {
    const drained: string[] = []
    const { drain } = site.context.live
    site.context.live.drain = async id => void drained.push(id)
    for (const who of ['membre', 'observateur', 'signedOut'] as const) {
      const { asked, expected } = await post(who, 'validation', 'parcoursProofread')
      const { status } = await site.ask(who, asked)
      expect(status).toBe(typeof expected === 'number' ? expected : 302)
    }
    expect(drained).toEqual([])
    await site.undone(async () =>
      site.ask('copilote1', (await post('copilote1', 'validation', 'parcoursProofread')).asked),
    )
    expect(drained).toHaveLength(1)
    site.context.live.drain = drain
  })

  it('[H17]…[H24] lets those who may act do so', async () => {
    const all = await Promise.all(everyone.flatMap(who => acts.flatMap(act => keys.map(key => post(who, act, key)))))
    const done = all.filter(isDone)
    expect(done.length).toBeGreaterThan(200)
    // Everyone who reads may say that they have: a person of each sort is enough.
    const reading = (check: Check) => check.rule === 'H15' && check.who !== 'membre' && check.who !== 'chef'
    const some = done.filter(check => !reading(check) || check.thing === typical.lecture)
    await matrix.allow([...some, ...some.filter(isTypical).map(data)])
  })

  it('[H0] refuses what one may not read exactly as what does not exist', () => {
    expect(matrix.comparedNothing).toBeGreaterThan(300)
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('minutes')))
  })

  const page = (who: Person, last: Form | MinutesAct | 'pdf' | '', key: string): Check => {
    const own = idOf(key)
    const path = pathOf(last, own)
    const rule = last === '' || last === 'pdf' ? 'H15' : minutesActs[last].rule
    return { rule, who, asked: { path }, expected: onPage(who, last, key, path), route: routeOf(last), thing: key, own }
  }

  const post = async (who: Person, act: MinutesAct, key: string): Promise<Check> => {
    const { route, rule } = minutesActs[act]
    const own = idOf(key)
    const path = pathOf(route, own)
    const asked = { path, form: await formOf(act, key) }
    return { rule, who, asked, expected: onAct(who, act, key, path), route: routeOf(route), thing: key, own }
  }

  const idOf = (key: string): string => {
    if (key in minutesRows) return site.ids.minutes[key as MinutesRowKey]
    return key === 'unknown' ? unknownId : 'compte-rendu'
  }

  /** A form that is accepted when the act is. */
  async function formOf(act: MinutesAct, key: string): Promise<Record<string, string>> {
    if (act === 'redaction') return { ouverte: 'oui' }
    if (act === 'brouillon') return { etape: 'brouillon' }
    if (act === 'accord') return seen(key)
    if (act === 'validation') return { ...(await seen(key)), avertissements: 'lus', suite: 'sans-diffuser' }
    if (act === 'absence') return { ...(await seen(key)), avertissements: 'lus', suite: 'diffuser', absence: 'oui' }
    if (act === 'approbation') return { meetingId: site.ids.meetings[laterThan(key)] }
    return {}
  }

  async function seen(key: string): Promise<Record<string, string>> {
    if (!(key in minutesRows)) return {}
    const fingerprint = fingerprints.get(key) ?? readFingerprint(key as MinutesRowKey)
    fingerprints.set(key, fingerprint)
    return fingerprint
  }

  const fingerprints = new Map<string, Promise<Record<string, string>>>()

  async function readFingerprint(key: MinutesRowKey): Promise<Record<string, string>> {
    const text = await readLiveText(site.handle.db, { minutesId: site.ids.minutes[key], epoch: 1 })
    return { stateVector: Buffer.from(text.stateVector).toString('base64'), deleteSetHash: text.deleteSetHash }
  }
})

const pathOf = (last: string, id: string) => `/tarn/comptes-rendus/${id}${last && `/${last}`}`
const routeOf = (last: string) => `comptes-rendus/:id${last && `/${last}`}`

const isTypical = (check: Check) => Object.values<string>(typical).includes(check.thing)

function rowOf(key: string): MinutesRow {
  return key in minutesRows ? minutesRows[key as MinutesRowKey] : { reads: [], body: null }
}

/** A held meeting of the same body, at which it may have approved its minutes. */
function laterThan(key: string): MeetingKey {
  if (key.startsWith('offre')) return 'offreHeld'
  if (key.startsWith('numerique')) return 'numeriqueHeld'
  if (key.startsWith('strategic')) return 'strategicHeld'
  if (key.startsWith('institutional')) return 'institutionalHeld'
  if (key.startsWith('restricted')) return 'restrictedHeld'
  return 'parcoursHeld'
}

/** What the page of minutes, their file, or the page of a form answers. */
function onPage(who: Person, last: Form | MinutesAct | 'pdf' | '', key: string, path: string): Outcome {
  if (isVisitor(who)) return signInFirst(path, 'GET')
  if (outsiders.some(outsider => outsider === who)) return 404
  const minutes = path.split('/').slice(0, 4).join('/')
  if (last !== '' && last !== 'pdf' && !(last in forms)) return { to: minutes }
  const row = rowOf(key)
  if (!row.reads.includes(who)) return 404
  if (last === '' || last === 'pdf') return 200
  // Sealed minutes are neither agreed to nor validated: their page says so.
  if ((last === 'accord' || last === 'validation') && isSealed(key)) return { to: minutes }
  const outcomes = forms[last as Form].map(act => outcomeFor(who, act, key))
  return outcomes.includes(200) ? 200 : (outcomes[0] ?? 404)
}

/** What the act itself answers. */
function onAct(who: Person, act: MinutesAct, key: string, path: string): Outcome {
  if (isVisitor(who)) return signInFirst(path, 'POST')
  const outcome = rowOf(key).reads.includes(who) ? outcomeFor(who, act, key) : 404
  return outcome === 200 ? { to: path.split('/').slice(0, 4).join('/'), done: true } : outcome
}

function outcomeFor(who: Person, act: MinutesAct, key: string): number {
  const mark = minutesGrid[key as MinutesRowKey][act]
  if (mark === '-') return 409
  if (mark === 'x') throw new Error('no such case')
  return whoMay(mark, rowOf(key)).includes(who) ? 200 : 403
}

function isSealed(key: string): boolean {
  return /Validated|Distributed|Approved/.test(key)
}
