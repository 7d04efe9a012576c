import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import { cast, castPassword } from '../cast.ts'
import { openSite, quickestKind, type Site } from './site.ts'

/** A chef de projet whose password was long enough for a membre only. */
describe('a password too short for the powers its person has received', { timeout: 120_000 }, () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite(quickestKind())
    await site.handle.db.update(accounts).set({ passwordFitsPowers: false }).where(eq(accounts.email, cast.chef))
  })
  afterAll(() => site.close())

  const change = '/profil/mot-de-passe'
  const at = async (path: string, form?: Record<string, string>) => {
    const answer = await site.ask('chef', form ? { path, form } : { path })
    return [answer.status, answer.headers.get('location')]
  }

  it('leads every page to its change, data, files and acts included, and does nothing', async () => {
    const before = await site.checksum()
    for (const path of [
      '/tarn/accueil',
      '/tarn/personnes?etat=ancien',
      '/tarn/journal/fichier?format=csv',
      '/profil',
    ]) {
      expect(await at(path)).toEqual([302, `${change}?retour=${encodeURIComponent(path)}`])
    }
    expect((await site.ask('chef', { path: '/tarn/accueil.data' })).body).toContain(change)
    expect(await at('/tarn/structures/nouvelle', { name: 'Une structure' })).toEqual([302, change])
    expect(await site.checksum()).toEqual(before)
    // Whoever may do less is asked nothing.
    await site.handle.db.update(accounts).set({ passwordFitsPowers: false }).where(eq(accounts.email, cast.membre))
    expect((await site.ask('membre', { path: '/tarn/accueil' })).status).toBe(200)
  })

  it('says why there, without leading in circles, and lets sign out', async () => {
    const page = await site.ask('chef', { path: `${change}?retour=%2Ftarn%2Faccueil` })
    expect(page.status).toBe(200)
    expect(page.body).toMatch(/16 caractères/)
    expect(page.body).toMatch(/chef de projet/)
    await site.undone(async () => {
      expect(await at('/deconnexion', { x: '1' })).toEqual([302, expect.stringMatching(/^\//)])
    })
  })

  it('once replaced, leads back to the page that was asked for', async () => {
    const form = { current: castPassword, password: 'cerisier horloge tambour granit' }
    expect(await at(`${change}?retour=%2Ftarn%2Faccueil`, form)).toEqual([302, '/tarn/accueil'])
    expect((await site.ask('chef', { path: '/tarn/accueil' })).status).toBe(200)
    const [row] = await rowsOf<{ fits: boolean }>(
      site.handle.db,
      sql`select password_fits_powers as fits from accounts where email = ${cast.chef}`,
    )
    expect(row?.fits).toBe(true)
  })
})
