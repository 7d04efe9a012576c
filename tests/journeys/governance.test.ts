import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectNoOverflow } from './accessible.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const instances = [
  'Institutionnelle',
  'Groupe restreint',
  'Stratégique',
  'Groupe national n° 2',
  'Parcours',
  'Offre de services',
  'Numérique',
  'Information-communication',
  'Formation-compétences',
]

describe('the picture of the governance', () => {
  it('shows the nine instances of the Tarn by level, with what rises and what descends', async () => {
    const page = await site.window(people.membre)
    await page.goto('/tarn')
    const picture = page.getByRole('group', { name: 'Schéma de la gouvernance' })
    expect(await linkWords(picture.getByRole('link'))).toEqual(instances)
    expect(await picture.getByText('Vous y siégez').count()).toBe(1)
    for (const words of ['Niveau institutionnel', 'Niveau stratégique', 'Niveau opérationnel']) {
      await picture.getByText(words).waitFor()
    }
    expect(await picture.getByText('Ce qui monte').count()).toBe(2)
    expect(await picture.getByText('Ce qui descend').count()).toBe(2)
    expect(await page.getByRole('region', { name: 'Niveau institutionnel' }).count()).toBe(0)
  })

  it('has a list as its twin: the same instances, the same pages', async () => {
    const page = await site.window(people.membre)
    await page.goto('/tarn')
    const pictured = await addresses(page.getByRole('group', { name: 'Schéma de la gouvernance' }).getByRole('link'))
    await page.getByRole('link', { name: 'Liste' }).click()
    await page.waitForURL('**/tarn?vue=liste')
    await page.getByRole('region', { name: 'Niveau institutionnel' }).waitFor()
    const list = page.locator('.governance-list')
    expect((await addresses(list.getByRole('link'))).sort()).toEqual(pictured.sort())
    expect(await page.getByRole('group', { name: 'Schéma de la gouvernance' }).count()).toBe(0)
    await page.goBack()
    await page.getByRole('group', { name: 'Schéma de la gouvernance' }).waitFor()
  })

  it('is the list at 320 px', async () => {
    const page = await site.window(people.membre, { viewport: { width: 320, height: 640 } })
    await page.goto('/tarn')
    await page.getByRole('region', { name: 'Niveau opérationnel' }).waitFor()
    expect(await page.getByRole('group', { name: 'Schéma de la gouvernance' }).count()).toBe(0)
    await expectNoOverflow(page)
    await page
      .getByRole('region', { name: 'Niveau opérationnel' })
      .getByRole('link', { name: /Parcours/ })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Groupe opérationnel Parcours' }).waitFor()
  })

  it('is reached and followed by keyboard alone', async () => {
    const page = await site.window(people.membre)
    await page.goto('/tarn')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Aller au contenu')
    await page.keyboard.press('Enter')
    const reached: string[] = []
    while (reached.length < 40 && !reached.some(words => words.startsWith('Formation-compétences'))) {
      await page.keyboard.press('Tab')
      reached.push(await focused(page))
      await expectVisibleFocus(page)
    }
    const cards = reached.slice(-instances.length).map(words => instances.find(name => words.startsWith(name)))
    expect(cards).toEqual(instances)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Groupe formation-compétences' }).waitFor()
    // The reading goes on at the top of the new page.
    await page.waitForFunction(() => document.activeElement?.matches('h1'))
  })
})

describe('the page of an instance', () => {
  it('says what the group is for, who sits there and with which quality, who leads it, what it met and decided', async () => {
    const page = await site.window(people.membre)
    await page.goto('/tarn/instances/parcours')
    const composition = page.getByRole('region', { name: 'Composition' })
    for (const words of [
      'Mme Hélène Castagné',
      'cheffe du service de l’insertion sociale',
      'France Travail',
      'Mme Samira Bensaïd',
      'M. Théo Galinier',
      'membre.parcours@tarn.test',
    ]) {
      await composition.getByText(words).first().waitFor()
    }
    expect(await composition.getByText('Copilote', { exact: true }).count()).toBe(2)
    // Whose mandate ended, or begins next year, does not sit there.
    expect(await composition.getByText(/Alquier|Ferran/).count()).toBe(0)
    await page.getByRole('table', { name: 'Prochaines réunions' }).getByText('En cours').waitFor()
    await page
      .getByRole('table', { name: 'Réunions passées' })
      .getByRole('link', { name: 'Compte rendu' })
      .first()
      .waitFor()
    await page.getByRole('region', { name: 'Décisions et propositions' }).getByText('Adoptée').first().waitFor()
  })

  it('keeps addresses and telephones for its own members, and offers no meeting to who may not create one', async () => {
    const page = await site.window(people.membre)
    await page.goto('/tarn/instances/strategique')
    await page.getByText('M. Vincent Lasserre').first().waitFor()
    expect(await page.getByText(/@tarn\.test|05 36/).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Créer une réunion' }).count()).toBe(0)
    await page.getByText('Qui peut créer une réunion ?').click()
    await page.getByText(/les copilotes de l’instance, .* ou le chef de projet/).waitFor()
  })
})

describe('the page of a mandate', () => {
  it('[H44] is reached by every member from composition, directory, matrix and structure, and says who may see it', async () => {
    const page = await site.window(people.membre)
    const places: [path: string, name: string | RegExp][] = [
      ['/tarn/instances/parcours', 'Mme Hélène Castagné'],
      ['/tarn/annuaire?q=castagne', /mandat de Mme Hélène Castagné/],
      ['/tarn/representation', 'Mme Hélène Castagné'],
      ['/tarn/structures/departement', 'Mme Hélène Castagné'],
    ]
    for (const [path, name] of places) {
      await page.goto(path)
      await page.getByRole('main').getByRole('link', { name }).first().click()
      await page.getByRole('heading', { level: 1, name: 'Mme Hélène Castagné' }).waitFor()
    }
    await page.getByRole('link', { name: /Qui peut voir ceci/ }).click()
    await page.getByRole('heading', { level: 1, name: /Qui peut voir/ }).waitFor()
  })

  it('[H34] leads the chef de projet to the person; « Gestion » to whose mandate ends soon; a structure to its duties', async () => {
    const page = await site.window(people.chef)
    await page.goto('/tarn/instances/parcours')
    await page.getByRole('link', { name: 'Mme Hélène Castagné' }).first().click()
    await page.getByRole('link', { name: /tous ses mandats et ses accès/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Hélène Castagné' }).waitFor()
    await page.goto('/tarn/personnes?etat=finit')
    expect(await page.getByLabel('État').locator('option:checked').textContent()).toBe(
      'Un mandat qui finit dans le mois',
    )
    await page.goto('/tarn/structures/caf')
    await page.getByText('Autres actions').click()
    await page.getByRole('link', { name: 'Voir ce que la structure doit faire' }).click()
    await page.waitForURL('**/ma-structure?structure=caf')
    await page.getByText('Caisse d’allocations familiales du Tarn').first().waitFor()
  })
})

type Links = ReturnType<Page['locator']>

/** The first of `instances` that each link's words begin with. */
async function linkWords(links: Links): Promise<(string | undefined)[]> {
  const texts = (await links.allTextContents()).map(text => text.replace(/-\s+/g, '-').replace(/\s+/g, ' ').trim())
  return texts.map(text => instances.find(name => text.startsWith(name)))
}

function addresses(links: Links): Promise<string[]> {
  return links.evaluateAll(elements => elements.map(element => element.getAttribute('href') ?? ''))
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() =>
    (document.activeElement?.textContent ?? '').replace(/-\s+/g, '-').replace(/\s+/g, ' ').trim(),
  )
}

async function expectVisibleFocus(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return false
    const parts = [element, ...element.querySelectorAll('*')].map(part => getComputedStyle(part))
    return parts.some(
      style => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.stroke !== 'none',
    )
  })
  expect(shown, `focus on ${await focused(page)}`).toBe(true)
}
