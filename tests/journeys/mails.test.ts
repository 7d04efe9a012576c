import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseHandle } from '#db/client.ts'
import { accounts, mandates, outgoingMails } from '#db/schema/index.ts'
import { cast } from '../cast.ts'
import { TestSmtp } from '../mail/smtp-server.ts'
import { expectAccessible } from './accessible.ts'
import { openSite, type Site } from './site.ts'

/** What a designation has written, and a new password. */
async function writeMails({ db }: DatabaseHandle): Promise<void> {
  const [mandate] = await db
    .select({ id: mandates.id, accountId: accounts.id, consortiumId: mandates.consortiumId })
    .from(mandates)
    .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    .where(and(eq(accounts.email, cast.membre), isNull(mandates.endsOn)))
  if (!mandate) throw new Error('the cast has a membre')
  const { id: mandateId, accountId, consortiumId } = mandate
  await db.insert(outgoingMails).values([
    { kind: 'mandat', accountId, consortiumId, about: { mandateId }, createdAt: new Date() },
    { kind: 'mandat', accountId, consortiumId, about: { mandateId }, createdAt: new Date(Date.now() - 86_400_000) },
    { kind: 'mot_de_passe', accountId, consortiumId: null, createdAt: new Date() },
  ])
}

describe('« Courriels sortants », where nothing is sent', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite('pglite', { prepare: writeMails })
  })
  afterAll(() => site?.close())

  it('[H36] the chef de projet is told so, copies the words, says that the mail was handed over', async () => {
    const chef = await site.window(cast.chef)
    await chef.goto('/tarn/gestion')
    await chef.getByRole('link', { name: 'Courriels sortants' }).click()
    await chef.getByText('Aucun courriel ne part de cet espace').waitFor()
    // Mail about an account is not the consortium's.
    expect(await chef.getByRole('row').count()).toBe(3)
    await expectAccessible(chef)
    await chef.getByRole('link', { name: 'Désignation' }).first().click()
    await chef.getByRole('button', { name: 'Afficher le texte à copier' }).click()
    const text = chef.getByLabel('Texte')
    await text.waitFor()
    expect(await text.inputValue()).toContain(`${site.address}/tarn/accueil`)
    expect(await chef.getByLabel('Destinataire').inputValue()).toBe(cast.membre)
    const mailto = await chef.getByRole('link', { name: 'Ouvrir dans votre messagerie' }).getAttribute('href')
    expect(mailto).toMatch(/^mailto:.+subject=.+body=Bonjour%20/)
    await expectAccessible(chef, 'shown')
    await chef.getByRole('button', { name: 'Noter que je l’ai remis' }).click()
    await chef.getByText('C’est noté : ce courriel a été remis.').waitFor()
    await chef.getByText('Remis à la main').waitFor()
    expect(await chef.getByRole('button', { name: /texte/ }).count()).toBe(0)
  })

  it('without JavaScript, the list is filtered, and a mail is given up and taken up again', async () => {
    const chef = await site.window(cast.chef, { javaScriptEnabled: false })
    await chef.goto('/tarn/courriels')
    await chef.getByLabel('Personne').fill('personne de ce nom')
    await chef.getByRole('button', { name: 'Filtrer' }).click()
    await chef.getByText('Aucun courriel ne correspond à ces filtres.').waitFor()
    await chef.getByRole('link', { name: 'Tout afficher' }).first().click()
    await chef.getByRole('link', { name: 'Désignation' }).last().click()
    await chef.getByRole('button', { name: 'Abandonner ce courriel' }).click()
    await chef.getByText('Le chef de projet l’a abandonné.').waitFor()
    await chef.getByRole('button', { name: 'Remettre ce courriel en attente' }).click()
    await chef.getByText('Le courriel est de nouveau en attente').waitFor()
  })

  it('a demonstration shows the mails of invented people to who signs in', async () => {
    const membre = await site.window(cast.membreOffre)
    await membre.goto('/courriels-de-demonstration')
    await membre.getByText('Démonstration : rien n’est envoyé').waitFor()
    await expectAccessible(membre)
    await membre.getByRole('button', { name: /^Lire le courriel.*Nouveau mot de passe/ }).click()
    await membre.getByLabel('Texte').waitFor()
    expect(await membre.getByLabel('Texte').inputValue()).toContain('/mot-de-passe/')
  })
})

describe('« Courriels sortants », where mail leaves', () => {
  const smtp = new TestSmtp()
  let site: Site
  beforeAll(async () => {
    await smtp.start()
    smtp.behaviour = 'refuses for good'
    site = await openSite('pglite', { prepare: writeMails, env: { SMTP_URL: smtp.url } })
  })
  afterAll(async () => {
    await site?.close()
    await smtp.stop()
  })

  it('[H36] says why a mail was given up, lets it leave again, and never shows its words', async () => {
    const chef = await site.window(cast.chef)
    await chef.goto('/tarn/courriels?etat=abandonne')
    await chef.getByRole('link', { name: 'Désignation' }).first().click()
    await chef.getByRole('heading', { level: 1, name: 'Désignation' }).waitFor()
    await chef.getByText('L’adresse de cette personne refuse ce courriel.').waitFor()
    await chef.getByText('550 5.1.1').waitFor()
    expect(await chef.getByRole('button', { name: /texte/ }).count()).toBe(0)
    await expectAccessible(chef)
    smtp.behaviour = 'accepts'
    await chef.getByRole('button', { name: 'Remettre ce courriel en attente' }).click()
    await chef.getByText('Le courriel est de nouveau en attente').waitFor()
    await smtp.has(1)
    expect(smtp.received[0]?.to).toEqual([cast.membre])
    await expect
      .poll(async () => {
        await chef.reload()
        return chef.getByText('Envoyé', { exact: true }).count()
      })
      .toBeGreaterThan(0)
    expect((await chef.goto('/courriels-de-demonstration'))?.status()).toBe(404)
  })
})
