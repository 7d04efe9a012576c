import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decisionStateLabels } from '#server/vocabulary/decisions.ts'
import { meetingStateLabels } from '#server/vocabulary/meetings.ts'
import { expectAliveAndAccessible } from './accessible.ts'
import { crawl } from './crawl.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe('every page that a link leads to', () => {
  it('is accessible, for the chef de projet, who sees things in all their states', { timeout: 300_000 }, async () => {
    const page = await site.window(people.chef)
    const looked = await crawl(page, '/', expectAliveAndAccessible)
    const states = (kind: string) => looked.filter(each => each.startsWith(`/tarn/${kind}/:id `)).map(stateOf)
    expect(states('reunions')).toEqual(Object.values(meetingStateLabels).sort())
    expect(states('decisions')).toEqual(Object.values(decisionStateLabels).sort())
    expect(states('comptes-rendus')).toEqual(['Approuvé', 'Brouillon', 'Diffusé', 'En relecture'])
    expect(looked.length, looked.join('\n')).toBeGreaterThanOrEqual(40)
  })
})

/** « Tenue », of `/tarn/reunions/:id Tenue`. */
function stateOf(looked: string): string {
  return looked.slice(looked.indexOf(' ') + 1)
}
