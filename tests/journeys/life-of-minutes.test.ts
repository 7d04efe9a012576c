import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../exports/read-pdf.ts'
import { databaseKinds } from '../setup/database.ts'
import {
  announceMeeting,
  caretAtEndOf,
  caretUnder,
  closeMeeting,
  createMeeting,
  openMeeting,
  openText,
  said,
  stored,
  today,
  writable,
} from './acts.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

const wording = 'Essayer la page sur l’accès aux soins dans les équipes d’Albi.'
const strategic = 'Instance de pilotage stratégique'

// One journey: each step begins where the one before it ended.
describe.each(databaseKinds())('from a meeting of the group Parcours to the answer it gets, on %s', kind => {
  let site: Site
  let helene: Page
  let yannick: Page
  let romain: Page
  let vincent: Page
  let meeting = ''
  let minutes = ''
  let decision = ''
  let answered = ''
  let number = ''

  beforeAll(async () => {
    site = await openSite(kind)
    helene = await site.window(people.copilote1)
    yannick = await site.window(people.copilote2)
    romain = await site.window(people.prestataire)
    vincent = await site.window(people.president)
  })
  afterAll(() => site?.close())

  it('a copilote resumes the previous meeting, announces it, and its members expect it', async () => {
    meeting = await createMeeting(helene, { instance: 'parcours', title: 'Suites de l’essai' })
    await helene.getByText('Fiche du référent de parcours').waitFor()
    const samira = await site.window(people.membre)
    await samira.goto('/tarn/accueil')
    expect(await samira.locator(`a[href="${meeting}"]`).count()).toBe(0)
    await announceMeeting(helene)
    await samira.reload()
    await samira.locator(`a[href="${meeting}"]`).click()
    await samira.getByRole('heading', { level: 1, name: /^Réunion du/ }).waitFor()
    expect(await samira.getByRole('button', { name: 'Ouvrir la réunion' }).count()).toBe(0)
    await samira.context().close()
  })

  it('she opens it, marks attendance on her phone, and closes it', async () => {
    await openMeeting(helene)
    const phone = await site.window(people.copilote1, { viewport: { width: 390, height: 800 }, hasTouch: true })
    await phone.goto(meeting)
    await phone.getByRole('link', { name: 'Relever les présences' }).first().tap()
    await phone
      .getByRole('group', { name: /Delphine Gaubert/ })
      .getByText('Excusé', { exact: true })
      .tap()
    await phone
      .getByRole('group', { name: /Samira Bensaïd/ })
      .getByText('Représenté', { exact: true })
      .tap()
    await phone.getByRole('combobox', { name: 'Représenté par' }).fill('M. Théo Galinier')
    await phone.getByRole('button', { name: 'Tous les autres présents' }).tap()
    await phone.getByText(/1\sreprésentée?\set\s1\sexcusée?/).waitFor()
    await phone.getByRole('button', { name: 'Enregistrer les présences' }).tap()
    await said(phone, 'Les présences sont enregistrées.')
    await phone.context().close()
    await helene.reload()
    await helene.getByRole('region', { name: 'Présences' }).getByText('9 présents, 1 représenté et 1 excusé').waitFor()
    await closeMeeting(helene)
  })

  it('both copilotes write its minutes together, and see each other', async () => {
    await helene.getByRole('link', { name: 'Voir le compte rendu' }).click()
    await writable(helene)
    minutes = new URL(helene.url()).pathname
    await openText(yannick, minutes)
    await helene.getByRole('region', { name: 'En ce moment' }).getByText('Yannick Pradel (France Travail)').waitFor()
    await yannick.getByRole('region', { name: 'En ce moment' }).getByText('Hélène Castagné').waitFor()
    await caretUnder(helene, 'Tour de table')
    await helene.keyboard.type('Tour de table : quatre CCAS sont présents.')
    await yannick.getByText('Tour de table : quatre CCAS sont présents.').waitFor()
    await yannick.locator('.collaboration-carets__label', { hasText: 'Hélène Castagné' }).waitFor()
    await caretUnder(yannick, 'Suites à donner')
    await Promise.all([
      yannick.keyboard.type('Le groupe se retrouve dans six semaines.', { delay: 15 }),
      helene.keyboard.type(' Trois autres se sont excusés.', { delay: 15 }),
    ])
    for (const page of [helene, yannick]) {
      await page.getByText('quatre CCAS sont présents. Trois autres se sont excusés.').waitFor()
      await page.getByText('Le groupe se retrouve dans six semaines.').waitFor()
      await stored(page)
    }
  })

  it('a decision by its button becomes a proposal to the competent instance, said in a sentence', async () => {
    await helene.keyboard.press('Enter')
    await helene.getByRole('button', { name: 'Décision', exact: true }).click()
    await helene.keyboard.type(wording)
    const block = helene.getByRole('group', { name: 'Décision', exact: true })
    await block.getByLabel('Nature de la décision').selectOption({ label: 'Organisation interne de l’instance' })
    await block.getByText('Relève de votre instance').waitFor()
    await block.getByLabel('Nature de la décision').selectOption({ label: 'Expérimentation' })
    const proposal = helene.getByRole('group', { name: `Proposition à : ${strategic}` })
    await proposal.getByText(/^Relève de .* — prochaine réunion le /).waitFor()
    await yannick
      .getByRole('group', { name: `Proposition à : ${strategic}` })
      .getByText(wording)
      .waitFor()
    await proposal.getByRole('button', { name: 'Ajouter les motifs' }).click()
    await helene.keyboard.type('Les professionnels la demandent.')
    await yannick.getByText('Les professionnels la demandent.').waitFor()
  })

  it('an action by the / menu, and a point of attention by the keyboard', async () => {
    await caretAtEndOf(yannick, yannick.getByText('Rapporteur : M. Yannick Pradel'))
    await yannick.keyboard.press('Enter')
    await yannick.keyboard.type('/act')
    await yannick.getByRole('option', { name: /Action/ }).waitFor()
    await yannick.keyboard.press('Enter')
    await yannick.keyboard.type('Rédiger la fiche en une page.')
    const action = yannick.getByRole('group', { name: 'Action' })
    await action.getByLabel('Qui').selectOption({ label: 'Mme Samira Bensaïd (Mission locale Nord)' })
    await helene.getByRole('group', { name: 'Action' }).getByText('Rédiger la fiche en une page.').waitFor()
    await caretAtEndOf(yannick, yannick.getByText('Le groupe se retrouve dans six semaines.'))
    await yannick.keyboard.press('Enter')
    await yannick.keyboard.press('Alt+Shift+V')
    await yannick.keyboard.type('Les congés d’été approchent.')
    await helene.getByRole('group', { name: 'Point de vigilance' }).getByText('Les congés d’été approchent.').waitFor()
    await stored(yannick)
    // The panel beside the text follows what is stored.
    await helene.getByRole('region', { name: 'Décisions' }).getByText(wording).waitFor()
  })

  it('she sends it to proofreading and agrees to the text as she saw it', async () => {
    await helene.getByRole('button', { name: 'Passer en relecture' }).click()
    await said(helene, 'Le compte rendu est en relecture.')
    await yannick.getByRole('region', { name: 'Accords' }).getByText('Attendu').first().waitFor()
    await agree(helene, 'Relire et donner mon accord', 'Donner mon accord sur ce texte')
    await yannick.getByRole('region', { name: 'Accords' }).getByText('D’accord').waitFor()
  })

  it('a change by the other voids it: she sees what changed and maintains her agreement', async () => {
    await caretAtEndOf(yannick, yannick.getByText('Tour de table : quatre CCAS sont présents.'))
    await yannick.keyboard.type(' Ils remercient le groupe.')
    await stored(yannick)
    await yannick.getByRole('region', { name: 'Accords' }).getByText('Texte changé depuis').waitFor()
    await helene.getByText('Le texte a changé depuis votre accord').waitFor()
    await helene.getByRole('link', { name: 'Voir les changements et maintenir mon accord' }).click()
    await helene.getByText('1 passage modifié').waitFor()
    expect(await helene.locator('ins').allInnerTexts()).toEqual([expect.stringContaining('Ils remercient le groupe.')])
    await helene.getByRole('button', { name: 'Maintenir mon accord' }).click()
    await said(helene, 'Votre accord est enregistré.')
  })

  it('he agrees, reads the warnings, validates and distributes; whoever writes sees it frozen within two seconds', async () => {
    const text = await openText(romain, minutes)
    await agree(yannick, 'Relire et donner mon accord', 'Donner mon accord sur ce texte')
    await yannick.getByRole('link', { name: 'Valider et diffuser' }).click()
    await yannick.getByText('n’a pas d’échéance').waitFor()
    await yannick.getByText('Le point « Premiers entretiens avec la trame commune » est vide.').waitFor()
    await yannick.getByText(`« ${wording} » est proposée à : ${strategic}.`).waitFor()
    await yannick.getByText(/^Diffusion à\s\d+\spersonnes$/).click()
    await yannick.getByRole('button', { name: 'Valider et diffuser' }).click()
    await yannick.getByText('Le compte rendu n’est pas validé').waitFor()
    expect(await text.getAttribute('contenteditable')).toBe('true')

    await yannick.getByLabel('J’ai lu ces avertissements').check()
    const validated = yannick.waitForResponse(response => response.request().method() === 'POST')
    await yannick.getByRole('button', { name: 'Valider et diffuser' }).click()
    await validated
    const sealedAt = Date.now()
    await text.waitFor({ state: 'detached' })
    expect(Date.now() - sealedAt).toBeLessThan(2000)
    await said(yannick, 'Le compte rendu est validé et diffusé')

    await romain.getByText(/Validé par .*Castagné et .*Pradel le/).waitFor()
    await romain.getByText('Trois autres se sont excusés. Ils remercient le groupe.').waitFor()
    expect(await romain.locator('[contenteditable="true"]').count()).toBe(0)
    expect(await romain.getByRole('toolbar').count()).toBe(0)
  })

  it('the sealed minutes say who and when, prove it, and download as a sealed PDF', async () => {
    await yannick.getByText('Preuve d’intégrité').click()
    await yannick.getByText(/^Vérifié à l’instant/).waitFor()
    expect(await yannick.locator('code.seal').textContent()).toMatch(/^[\da-f]{64}$/)
    const file = await yannick.context().request.get(`${minutes}/pdf`)
    expect(file.headers()['content-type']).toBe('application/pdf')
    expect(file.headers()['content-disposition']).toContain(`compte-rendu-parcours-${today()}.pdf`)
    const pdf = await readPdf(await file.body())
    expect(pdf).toMatchObject({ language: 'fr-FR', tagged: true, conformsToPdfUa: true })
    expect(pdf.text).toContain('Contenu scellé le')
    expect(pdf.text).toContain(wording)
  })

  it('a member finds it to read, and may not record what only the competent instance can', async () => {
    const samira = await site.window(people.membre)
    await samira.goto('/tarn/accueil')
    const toRead = samira.getByRole('region', { name: 'À lire' })
    await toRead.locator(`a[href="${minutes}"]`).click()
    await samira.getByRole('button', { name: 'J’ai lu ce compte rendu' }).click()
    await said(samira, 'C’est noté')
    await samira.getByRole('region', { name: 'Décisions' }).getByRole('link', { name: wording }).click()
    await samira.getByRole('heading', { level: 1, name: 'Proposition de décision' }).waitFor()
    decision = new URL(samira.url()).pathname
    await samira.getByText('Autres actions').click()
    await samira.getByText('Pourquoi ne puis-je pas consigner le résultat ?').click()
    await samira.getByText(/Aujourd’hui.*Vincent\sLasserre/).waitFor()
    expect((await samira.goto(`${decision}/resultat`))?.status()).toBe(403)
    await samira.getByText(/Peuvent le faire\s: la présidence de l’instance compétente/).waitFor()
    await samira.context().close()
  })

  it('the president of the competent instance finds it waiting and places it on an agenda', async () => {
    answered = await createMeeting(vincent, {
      instance: 'strategique',
      title: 'Réponses aux groupes',
      items: ['Point d’avancement'],
    })
    await announceMeeting(vincent)
    await vincent.goto('/tarn/accueil')
    await vincent.getByRole('region', { name: 'À inscrire ou à décider' }).getByRole('link', { name: wording }).click()
    await vincent.getByText('Les professionnels la demandent.').waitFor()
    await vincent.getByRole('link', { name: 'Inscrire à l’ordre du jour' }).first().click()
    await vincent.getByRole('combobox', { name: 'Réunion' }).selectOption(answered.split('/').at(-1) ?? '')
    await vincent.getByRole('button', { name: 'Inscrire à l’ordre du jour' }).click()
    await said(vincent, 'La proposition est inscrite')
    await vincent.getByText('Inscrite à l’ordre du jour').first().waitFor()
  })

  it('the meeting is held, the result is recorded, and gets its number', async () => {
    await vincent.goto(answered)
    await vincent.getByRole('link', { name: wording }).waitFor()
    await openMeeting(vincent)
    await vincent.getByRole('link', { name: 'Relever les présences' }).first().click()
    await vincent.getByRole('button', { name: 'Tous présents' }).click()
    await vincent.getByRole('button', { name: 'Enregistrer les présences' }).click()
    await said(vincent, 'Les présences sont enregistrées.')
    await closeMeeting(vincent)
    await vincent.goto(decision)
    await vincent.getByRole('link', { name: 'Consigner le résultat' }).first().click()
    await vincent.getByRole('button', { name: 'Consigner le résultat' }).click()
    await vincent.locator('.error-summary:focus').waitFor()
    await vincent.getByLabel('Réunion dans laquelle').selectOption(answered.split('/').at(-1) ?? '')
    await vincent.getByLabel('Adoptée').check()
    await vincent.getByLabel('Motif').fill('L’instance remercie le groupe.')
    await vincent.getByRole('button', { name: 'Consigner le résultat' }).click()
    await said(vincent, 'Le résultat est consigné au registre.')
    const title = await vincent.getByRole('heading', { level: 1, name: /^Décision/ }).textContent()
    expect(title).toMatch(/^Décision \d{4}-STRAT-\d{3}$/)
    number = (title ?? '').replace('Décision ', '')
  })

  it('the answer comes back: at the copilote’s home, on the decision, in the register and in the minutes', async () => {
    await helene.goto('/tarn/accueil')
    const answers = helene.getByRole('region', { name: 'Réponses à vos propositions' })
    await answers.getByRole('link', { name: wording }).click()
    await helene.getByText('L’instance remercie le groupe.').first().waitFor()
    await helene.getByRole('button', { name: 'J’ai pris connaissance de la réponse' }).click()
    await said(helene, 'C’est noté')
    await helene.goto('/tarn/accueil')
    expect(await answers.getByRole('link', { name: wording }).count()).toBe(0)

    await helene.goto('/tarn/decisions?instance=strategique&etat=adoptee')
    const row = helene.getByRole('row', { name: new RegExp(number) })
    await row.getByRole('link', { name: wording }).waitFor()
    await row.getByText('Adoptée').waitFor()

    await helene.goto(minutes)
    await helene
      .getByRole('group', { name: `Proposition à : ${strategic}` })
      .getByRole('link', { name: `Décision ${number}` })
      .waitFor()
  })
})

async function agree(page: Page, link: string, button: string): Promise<void> {
  await page.getByRole('link', { name: link }).click()
  await page.getByRole('button', { name: button }).click()
  await said(page, 'Votre accord est enregistré.')
}
