import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asData } from './checks.ts'
import { entrants, members, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import type { ActionKey, DecisionKey, MeetingKey } from './staged.ts'
import { actionRows, decisionRows } from './tables/decisions.ts'
import { meetingRows } from './tables/meetings.ts'
import { type MinutesRowKey, minutesRows } from './tables/minutes.ts'
import { linkOf, whyPutOff } from './world.ts'

/** Something that only some people may learn, as it would appear in a page. */
type Secret = { what: string; text: string; readers: readonly Person[]; shownBy?: string }

type Shown = { path: string; readers: readonly Person[] }

const meetingKeys = Object.keys(meetingRows) as MeetingKey[]
const minutesKeys = Object.keys(minutesRows) as MinutesRowKey[]
const decisionKeys = Object.keys(decisionRows) as DecisionKey[]
const actionKeys = Object.keys(actionRows) as ActionKey[]

describe('everything that each person may read', { timeout: 180_000 }, () => {
  let site: Site
  let count = 0
  beforeAll(async () => {
    site = await openSite(quickestKind())
  })
  afterAll(async () => {
    process.stdout.write(`Matrice, fuites : ${count} pages lues par ${entrants.length} personnes.\n`)
    await site.close()
  })

  it('[H0] names nothing that they may not', async () => {
    const secrets = everySecret()
    const leaks: string[] = []
    let named = 0
    for (const who of entrants) {
      const hidden = secrets.filter(({ readers }) => !readers.includes(who))
      for (const { path } of pages().filter(({ readers }) => readers.includes(who))) {
        const { status, body } = await site.ask(who, { path: asData(path) })
        expect([who, path, status]).toEqual([who, path, 200])
        count += 1
        named += secrets.filter(({ text }) => body.includes(text)).length
        for (const { what, text, shownBy } of hidden) {
          if (body.includes(text) && shownBy !== path) leaks.push(`${who} reads ${what} on ${path}`)
        }
      }
    }
    expect(leaks).toEqual([])
    // What is looked for is what pages hold, for those who may.
    expect(named).toBeGreaterThan(1000)
  })

  /** Every page that lists things, and every page of a thing. */
  function pages(): Shown[] {
    const { meetings, minutes, decisions } = site.ids
    const instances = ['parcours', 'offre', 'numerique', 'strategique', 'restreint', 'institutionnelle', 'national-2']
    return [
      ...['/tarn/accueil', '/tarn/reunions', '/tarn/reunions?quand=passees'].map(path => ({ path, readers: entrants })),
      ...['/tarn', '/tarn/decisions', '/tarn/decisions?page=2', '/tarn/reunions?instance=restreint&quand=passees'].map(
        path => ({ path, readers: members }),
      ),
      ...instances.map(slug => ({ path: `/tarn/instances/${slug}`, readers: members })),
      ...meetingKeys.map(key => ({ path: `/tarn/reunions/${meetings[key]}`, readers: meetingRows[key].reads })),
      ...minutesKeys.map(key => ({ path: `/tarn/comptes-rendus/${minutes[key]}`, readers: minutesRows[key].reads })),
      ...decisionKeys.map(key => ({ path: `/tarn/decisions/${decisions[key]}`, readers: decisionRows[key].reads })),
    ]
  }

  function everySecret(): Secret[] {
    const { meetings, minutes, decisions, actions } = site.ids
    return [
      ...meetingKeys.map(key => ({ what: `that ${key} exists`, text: meetings[key], readers: meetingRows[key].knows })),
      // The title of a meeting is its key. Minutes that one may read are headed by it.
      ...meetingKeys.map(key => ({
        what: `the title of ${key}`,
        text: `"${key}"`,
        readers: meetingRows[key].reads,
        ...(key in minutesRows ? { shownBy: `/tarn/comptes-rendus/${minutes[key]}` } : {}),
      })),
      ...meetingKeys.map(key => ({
        what: `how one joins ${key} from afar`,
        text: linkOf(key),
        readers: meetingRows[key].reads,
      })),
      // The minutes that a decision comes from say it: to their readers.
      {
        what: 'a proposal, by the agenda of the body that will decide',
        text: 'shownOnAgenda',
        readers: decisionRows.shownOnAgenda.reads,
        shownBy: `/tarn/comptes-rendus/${minutes.parcoursDistributed}`,
      },
      { what: 'why a decision was put off', text: whyPutOff, readers: decisionRows.postponed.reads },
      ...minutesKeys.map(key => ({ what: `the minutes ${key}`, text: minutes[key], readers: minutesRows[key].reads })),
      ...decisionKeys.map(key => ({
        what: `the decision ${key}`,
        text: decisions[key],
        readers: decisionRows[key].reads,
      })),
      ...actionKeys.map(key => ({ what: `the action ${key}`, text: actions[key], readers: actionRows[key].reads })),
    ]
  }
})
