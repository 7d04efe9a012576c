import { eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from '#db/schema/index.ts'
import { TestSmtp } from '../mail/smtp-server.ts'
import { expectAccessible } from './accessible.ts'
import { said, toWrite, writable } from './acts.ts'
import { demoPassword, people } from './demonstration.ts'
import { type Mailbox, mailboxOf } from './mailbox.ts'
import { fillSignIn, openSite, type Site } from './site.ts'

const password = 'cerisier horloge tambour granit'
const phone = { viewport: { width: 360, height: 740 } }

describe('accounts, where a second factor is required and mail leaves', () => {
  let site: Site
  let mailbox: Mailbox
  const smtp = new TestSmtp()
  beforeAll(async () => {
    await smtp.start()
    mailbox = mailboxOf(smtp)
    site = await openSite('pglite', {
      env: { SMTP_URL: smtp.url, SECOND_FACTOR: 'required' },
      // Somebody who was designated and has never come.
      prepare: async ({ db }) => {
        await db.update(accounts).set({ passwordHash: null }).where(eq(accounts.email, people.membre))
      },
    })
  })
  afterAll(async () => {
    await site?.close()
    await smtp.stop()
  })

  it('an invitation is asked for again, read by a program that checks mail, then accepted once', async () => {
    const page = await site.window(null, phone)
    await page.goto('/connexion')
    await page.getByRole('link', { name: /première connexion/ }).click()
    await expectAccessible(page)
    await page.getByLabel('Adresse électronique').fill(people.membre)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Regardez votre messagerie' }).waitFor()
    await expectAccessible(page)
    const link = await mailbox.link(people.membre, '/invitation')
    for (const method of ['HEAD', 'GET', 'GET']) {
      const { status, headers } = await fetch(site.address + link, { method })
      const kept = [status, headers.get('cache-control'), headers.get('referrer-policy')]
      expect(kept).toEqual([200, 'no-store', 'strict-origin'])
    }
    await page.goto(link)
    await page.getByText('Groupe opérationnel parcours').first().waitFor()
    await expectAccessible(page)
    const field = page.getByLabel('Mot de passe (obligatoire)')
    await field.fill('azertyuiop12')
    await page.keyboard.press('Enter')
    await page.locator('.error-summary:focus').waitFor()
    await page.getByText('se devinerait trop vite').first().waitFor()
    await expectAccessible(page, 'refused')
    expect(await field.inputValue()).toBe('')
    await field.fill(password)
    await page.getByLabel('Afficher le mot de passe').check()
    expect(await field.getAttribute('type')).toBe('text')
    await page.getByRole('button', { name: 'Accepter l’invitation' }).click()
    await page.waitForURL(/\/tarn\/accueil/)
    const again = await page.goto(link)
    expect(again?.status()).toBe(404)
    await page.getByRole('heading', { level: 1, name: 'Ce lien ne sert plus' }).waitFor()
    await expectAccessible(page)
  })

  it('a forgotten password is replaced by a link, which ends the other sessions', async () => {
    const elsewhere = await site.window(people.copiloteOffre)
    const page = await site.window()
    await page.goto('/mot-de-passe-oublie')
    await page.getByLabel('Adresse électronique').fill(people.copiloteOffre)
    await page.getByRole('button', { name: 'Demander un lien' }).click()
    await page.getByText('Si un compte a cette adresse').waitFor()
    await page.goto(await mailbox.link(people.copiloteOffre, '/mot-de-passe'))
    await expectAccessible(page)
    await page.getByLabel('Nouveau mot de passe').fill(password)
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click()
    await page.waitForURL(/\/tarn\/accueil/)
    await mailbox.next(people.copiloteOffre, /vient d’être changé/)
    await elsewhere.goto('/tarn/accueil')
    expect(new URL(elsewhere.url()).pathname).toBe('/connexion')
    await fillSignIn(elsewhere, people.copiloteOffre, demoPassword)
    await elsewhere.getByText('La connexion n’a pas abouti').waitFor()
  })

  it('before adopting: a code by mail, an application, its recovery codes, then the page that was wanted', async () => {
    const page = await site.window(people.president)
    await page.goto('/tarn/decisions?instance=strategique&etat=proposee')
    await page.getByRole('row').filter({ hasText: 'Confier aux groupes' }).getByRole('link').first().click()
    await page.getByRole('link', { name: 'Consigner le résultat' }).last().click()
    await page.getByText('Il vous faut une application').waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Ajouter une application' }).click()
    await page.getByRole('link', { name: 'Recevoir un code par courriel' }).click()
    await page.getByRole('button', { name: 'Recevoir un code par courriel' }).click()
    const words = await mailbox.next(people.president, /Votre code/)
    await expectAccessible(page, 'awaits a code')
    await page.getByLabel('Code reçu par courriel').fill('000000')
    await page.keyboard.press('Enter')
    await page.locator('.error-summary:focus').waitFor()
    await page.getByLabel('Code reçu par courriel').fill(/Votre code\s*:\s*([\d\s]+)/.exec(words)?.[1] ?? '')
    await page.keyboard.press('Enter')
    const secret = await addApplication(page, demoPassword)
    await page.getByRole('link', { name: /continuer/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Consigner le résultat' }).waitFor()
    await page.getByLabel('Réunion dans laquelle la décision a été prise').selectOption({ index: 1 })
    await page.getByLabel('Adoptée').check()
    await page.getByRole('button', { name: 'Consigner le résultat' }).click()
    await said(page, 'Le résultat est consigné au registre.')
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    await page.goto('/profil/second-facteur')
    await expectAccessible(page, 'enrolled')
  })

  it('an application is added without JavaScript, and leads back', async () => {
    const page = await site.window(people.membreStrategique, { javaScriptEnabled: false })
    await page.goto('/verification?retour=%2Ftarn%2Fdecisions&niveau=forte')
    // What finds faults in a page is a script.
    await enrolByMail(page, people.membreStrategique, async () => {})
    await page.waitForURL(url => url.pathname === '/tarn/decisions')
    await page.goto('/profil')
    await page.getByText('Ce que cela vous permet').first().click()
    await page.getByText('Lire le compte rendu').first().waitFor()
    await page.getByLabel('Téléphone').fill('05 63 11 22 33')
    await page.getByRole('button', { name: 'Enregistrer le profil' }).click()
    await said(page, 'Votre profil est modifié.')
  })

  it('before validating, a code by mail is enough', async () => {
    const page = await site.window(people.copilote2)
    await page.goto('/tarn/accueil')
    const waiting = page.getByRole('region', { name: /^À relire et approuver|^À valider/ }).getByRole('link')
    const path = (await waiting.first().getAttribute('href')) ?? ''
    mailbox.empty()
    await page.goto(`${path}/validation`)
    await page.getByRole('button', { name: 'Recevoir un code par courriel' }).click()
    const words = await mailbox.next(people.copilote2, /Votre code/)
    await page.getByLabel('Code reçu par courriel').fill(/Votre code\s*:\s*([\d\s]+)/.exec(words)?.[1] ?? '')
    await page.keyboard.press('Enter')
    await page.waitForURL(url => url.pathname === `${path}/validation`)
    await page.getByRole('heading', { level: 1, name: 'Valider le compte rendu' }).waitFor()
  })

  it('an address changes once both have confirmed', async () => {
    const page = await site.window(people.observateur, phone)
    await page.goto('/tarn/accueil')
    await page.getByText('Ouvrir votre profil').waitFor({ state: 'attached' })
    await page.locator('.person-summary').click()
    await page.getByRole('link', { name: 'Ouvrir votre profil' }).click()
    await page.getByRole('heading', { level: 1, name: 'Profil' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Changer d’adresse' }).click()
    await page.getByLabel('Nouvelle adresse électronique').fill('nouvelle.adresse@tarn.test')
    await page.getByLabel('Mot de passe actuel').fill(demoPassword)
    await page.getByRole('button', { name: 'Demander le changement' }).click()
    await said(page, 'Deux courriels partent')
    await expectAccessible(page, 'pending')
    const reader = await site.window()
    for (const to of ['nouvelle.adresse@tarn.test', people.observateur]) {
      await reader.goto(await mailbox.link(to, '/changement-adresse'))
      await expectAccessible(reader)
      await reader.getByRole('button', { name: 'Confirmer le changement' }).click()
      await reader.locator('.notice').waitFor()
    }
    await reader.getByRole('heading', { level: 1, name: 'L’adresse est changée' }).waitFor()
    await mailbox.next('nouvelle.adresse@tarn.test', /a maintenant l’adresse/)
    await reader.goto('/connexion')
    await fillSignIn(reader, 'nouvelle.adresse@tarn.test', demoPassword)
    await reader.waitForURL(/accueil/)
  })

  it('one’s own sessions are listed and ended; a password changes', async () => {
    const one = await site.window(people.copiloteVar)
    const other = await site.window()
    await other.goto('/connexion')
    await fillSignIn(other, people.copiloteVar, demoPassword)
    await other.waitForURL(/accueil/)
    await other.goto('/profil/sessions')
    await expectAccessible(other)
    await other.getByRole('button', { name: 'Fermer toutes les autres sessions' }).click()
    await said(other, 'Vos autres sessions sont fermées.')
    await one.goto('/var/accueil')
    expect(new URL(one.url()).pathname).toBe('/connexion')
    await other.goto('/profil/mot-de-passe')
    await expectAccessible(other)
    await other.getByLabel('Mot de passe actuel').fill(demoPassword)
    await other.getByLabel('Nouveau mot de passe').fill(password)
    await other.keyboard.press('Enter')
    await said(other, 'Votre mot de passe est changé.')
  })

  it('a suspension reaches a tab that writes live minutes', async () => {
    const writer = await site.window(people.copilote1)
    await writer.goto(await toWrite(writer))
    await writable(writer)
    const administrateur = await site.window(people.administrateur)
    await administrateur.goto('/administration/comptes?recherche=copilote-1.parcours')
    await administrateur.getByRole('row').filter({ hasText: people.copilote1 }).getByRole('link').click()
    await administrateur.getByRole('link', { name: 'Suspendre le compte' }).click()
    await enrolByMail(administrateur, people.administrateur)
    await administrateur.getByRole('button', { name: 'Suspendre le compte' }).click()
    await writer.getByText('Votre session a pris fin.').first().waitFor({ timeout: 8_000 })
  })

  /** From the page that asks for a strong factor, to the one that was wanted. */
  async function enrolByMail(page: Page, email: string, check = expectAccessible): Promise<void> {
    mailbox.empty()
    await page.getByRole('link', { name: 'Ajouter une application' }).click()
    await page.getByRole('link', { name: 'Recevoir un code par courriel' }).click()
    await page.getByRole('button', { name: 'Recevoir un code par courriel' }).click()
    const words = await mailbox.next(email, /Votre code/)
    await page.getByLabel('Code reçu par courriel').fill(/Votre code\s*:\s*([\d\s]+)/.exec(words)?.[1] ?? '')
    await page.keyboard.press('Enter')
    await addApplication(page, demoPassword, check)
    await page.getByRole('link', { name: /continuer/ }).click()
  }
})

/** Adds an application by the secret that the page shows, with a code that it would display. @returns the secret */
async function addApplication(page: Page, current: string, check = expectAccessible): Promise<string> {
  await page.getByLabel('Mot de passe actuel').fill(current)
  await page.keyboard.press('Enter')
  const shown = await page.locator('code.secret').textContent()
  const secret = (shown ?? '').replaceAll(/\s/g, '')
  await check(page, 'shows a secret')
  await page
    .getByLabel('Code que l’application affiche')
    .fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Vos codes de secours' }).waitFor()
  expect(await page.locator('.recovery-codes code').count()).toBe(10)
  await check(page, 'recovery codes')
  return secret
}
