import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'
import { expectComplaint, unexpectedOf } from './watch.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

// Every journey ends by checking that no page complained; these are the moments that no journey passes through by itself.
describe('what the browser has to complain of', () => {
  it('is nothing when one clicks and types while the page comes alive, and the page does come alive', async () => {
    const page = await site.window(people.membre)
    await page.addInitScript(() => {
      const { port1, port2 } = new MessageChannel()
      // Between any two tasks of the page, for its first second.
      port1.onmessage = () => {
        const main = document.querySelector('main')
        main?.click()
        main?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))
        if (performance.now() < 1000) port2.postMessage(null)
      }
      port2.postMessage(null)
    })
    for (const path of ['/tarn/accueil', '/tarn', '/tarn/instances/parcours', '/tarn/decisions']) {
      await page.goto(path)
      await page.waitForFunction(() =>
        Object.keys(document.querySelector('main') ?? {}).some(key => /^__react/.test(key)),
      )
    }
    expect(unexpectedOf(page.context())).toEqual([])
  })

  it('is said, and nothing runs, when a page holds a script that the server did not write', async () => {
    const page = await site.window(people.membre)
    expectComplaint(page.context(), /Content Security Policy/)
    await page.goto('/tarn/accueil')
    const violation = page.waitForEvent('console', message => /Content Security Policy/.test(message.text()))
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "pris"'
      document.body.append(script)
    })
    await violation
    expect(await page.title()).toContain('Ce qui vous attend')
  })

  it('is nothing for a text that is printed, projected, or read in forced colours', async () => {
    const page = await site.window(people.membre, { forcedColors: 'active' })
    await page.goto('/tarn/accueil')
    const link = page.getByRole('region', { name: 'À lire' }).getByRole('link').first()
    const minutes = (await link.getAttribute('href')) ?? ''
    await page.goto(`${minutes}?affichage=projection`)
    await page.getByRole('group', { name: 'Décision' }).first().waitFor()
    expect(await page.getByRole('navigation', { name: 'Navigation principale' }).count()).toBe(0)
    await page.emulateMedia({ media: 'print', forcedColors: 'none' })
    await page.goto(minutes)
    await page.locator('.minutes-content').waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect((await page.pdf()).subarray(0, 4).toString()).toBe('%PDF')
  })
})
