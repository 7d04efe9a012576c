import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword, people } from './demonstration.ts'
import { fillSignIn, openSite, type Site, signIn } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const refusal = 'La connexion n’a pas abouti'

describe('signing in', () => {
  it('leads back to the page that was asked for, with its filters', async () => {
    const page = await site.window()
    await page.goto('/tarn/decisions?etat=adoptee')
    expect(new URL(page.url()).pathname).toBe('/connexion')
    await signIn(page, people.copilote1)
    expect(page.url()).toBe(`${site.address}/tarn/decisions?etat=adoptee`)
    await page.getByRole('heading', { level: 1, name: 'Registre des décisions' }).waitFor()
    await page.goto('/connexion')
    await page.waitForURL('**/tarn/accueil')
  })

  it('lands on « Ce qui vous attend », and signs out', async () => {
    const page = await site.window(people.copilote2)
    await page.goto('/')
    await page.waitForURL('**/tarn/accueil')
    await page.getByRole('heading', { level: 1, name: 'Ce qui vous attend' }).waitFor()
    await page.getByRole('heading', { name: 'À relire et approuver' }).waitFor()
    await page.locator('summary', { hasText: 'Yannick Pradel' }).click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.waitForURL('**/connexion')
    await page.goto('/tarn/accueil')
    await page.waitForURL('**/connexion?retour=*')
    await page.goBack()
    await page.getByRole('button', { name: 'Se connecter' }).waitFor()
  })

  it('refuses calmly and alike a wrong password, an unknown account, a suspended one, and too many tries', async () => {
    const page = await site.window()
    const wrong = await refused(page, people.membre, 'pas le bon mot de passe')
    const unknown = await refused(page, 'personne@tarn.test', demoPassword)
    const suspended = await refused(page, people.suspendu, demoPassword)
    for (let tries = 0; tries < 5; tries++) await refused(page, people.observateur, 'pas le bon mot de passe')
    const tooMany = await refused(page, people.observateur, demoPassword)
    expect(wrong).toContain(refusal)
    expect([unknown, suspended, tooMany]).toEqual([wrong, wrong, wrong])
    expect(await page.getByLabel('Adresse électronique').inputValue()).toBe(people.observateur)
    expect(await page.getByLabel('Mot de passe').inputValue()).toBe('')
  })

  it('never leads to another site', async () => {
    for (const elsewhere of ['https://exemple.fr/', '//exemple.fr/', '/\\exemple.fr', '/connexion?retour=/']) {
      const page = await site.window()
      await page.goto(`/connexion?retour=${encodeURIComponent(elsewhere)}`)
      await signIn(page, people.copilote1)
      await page.waitForURL(`${site.address}/tarn/accueil`)
      await page.context().close()
    }
  })
})

describe('where one lands', () => {
  it('lets somebody without a mandate today know whom to ask, and shows nothing of the Tarn', async () => {
    for (const person of [people.ancien, people.futur]) {
      const page = await site.window(person)
      await page.goto('/')
      await page.waitForURL('**/consortiums')
      await page.getByText('n’a aujourd’hui de mandat dans aucun consortium').waitFor()
      for (const path of ['/tarn', '/tarn/accueil', '/tarn/reunions', '/tarn/decisions', '/tarn/instances/parcours']) {
        expect((await page.goto(path))?.status(), path).toBe(404)
        await page.getByRole('heading', { level: 1, name: 'Page introuvable' }).waitFor()
        expect(await page.getByText('Tarn').count()).toBe(0)
      }
    }
  })

  it('leads the administrateur to the administration, and to no content', async () => {
    const page = await site.window(people.administrateur)
    await page.goto('/')
    await page.waitForURL('**/administration')
    for (const path of ['/tarn', '/tarn/accueil', '/var/decisions']) {
      expect((await page.goto(path))?.status(), path).toBe(404)
    }
    const member = await site.window(people.membre)
    expect((await member.goto('/administration'))?.status()).toBe(404)
  })

  it('shows the Var to its copilote and not the Tarn', async () => {
    const page = await site.window(people.copiloteVar)
    await page.goto('/')
    await page.waitForURL('**/var/accueil')
    expect((await page.goto('/tarn'))?.status()).toBe(404)
    expect((await page.goto('/mayenne'))?.status()).toBe(404)
  })
})

/** Tries to sign in, and reads what the page answers. */
async function refused(page: Page, email: string, password: string): Promise<string | null> {
  await page.goto('/connexion')
  await fillSignIn(page, email, password)
  const notice = page.getByRole('alert')
  await notice.waitFor()
  expect(new URL(page.url()).pathname).toBe('/connexion')
  return (await notice.textContent()) ?? ''
}
