import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caretAtEndOf, openText, stored, toWrite } from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite('pglite', { faultyStore: true })
})
afterAll(() => site?.close())

describe('writing while the server cannot store', () => {
  it('[L2] says since when, keeps what is written, and says when it is stored', async () => {
    const helene = await site.window(people.copilote1)
    const yannick = await site.window(people.copilote2)
    const minutes = await toWrite(helene)
    await openText(helene, minutes)
    await openText(yannick, minutes)
    const line = helene.getByText('Il demande comment un CCAS saisira le référent.')

    await site.store('fails')
    await caretAtEndOf(helene, line)
    await helene.keyboard.type(' Écrit malgré tout.')
    await helene
      .locator('.status-item')
      .getByText(/Non enregistré depuis/)
      .waitFor()
    await helene.keyboard.type(' Et encore.')
    await helene.getByText('Écrit malgré tout. Et encore.').waitFor()
    expect(await yannick.getByText('Écrit malgré tout.').count()).toBe(0)
    expect(await health()).toMatchObject({ http: 200, status: 'degraded', failingLiveTexts: 1 })
    // Pages that only read do not need the journal.
    await yannick.goto('/tarn/accueil')
    await yannick.getByRole('heading', { level: 1 }).waitFor()

    await site.store('none')
    await helene
      .locator('.status-item')
      .getByText(/^Enregistré\sà/)
      .waitFor()
    await stored(helene)
    await openText(yannick, minutes)
    await yannick.getByText('Écrit malgré tout. Et encore.').waitFor()
    expect(await health()).toMatchObject({ http: 200, status: 'ok', failingLiveTexts: 0 })
  })
})

async function health(): Promise<Record<string, unknown>> {
  const answer = await fetch(`${site.address}/healthz`)
  const said = (await answer.json()) as Record<string, unknown>
  expect(Object.keys(said).toSorted()).toEqual([
    'database',
    'failingJobs',
    'failingLiveTexts',
    'lateMails',
    'status',
    'stopping',
    'unsavedLiveTexts',
    'version',
  ])
  return { http: answer.status, ...said }
}
