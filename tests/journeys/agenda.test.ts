import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { people } from './demonstration.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

describe('an item that a member proposes', () => {
  it('[H49] goes from a telephone to the agenda', async () => {
    const member = await site.window(people.membreStrategique, { viewport: { width: 360, height: 740 } })
    await member.goto('/tarn/instances/strategique')
    await member.getByRole('region', { name: 'Prochaines réunions' }).getByRole('link').first().click()
    await member.getByRole('link', { name: 'Proposer un point' }).click()
    await expectAccessible(member, 'proposing')
    await member.getByRole('button', { name: 'Proposer ce point' }).click()
    await member.locator('.error-summary').getByText('Donnez un intitulé').waitFor()
    await member.getByLabel('Intitulé du point').fill('La mobilité des jeunes')
    await member.getByRole('button', { name: 'Proposer ce point' }).click()
    await member.getByText('Votre point est proposé').waitFor()
    const meeting = new URL(member.url()).pathname

    const president = await site.window(people.president)
    await president.goto(meeting)
    await president.getByRole('link', { name: 'Répondre à 1 point proposé' }).click()
    await expectAccessible(president, 'answering')
    await president.getByRole('button', { name: 'Inscrire à l’ordre du jour' }).click()
    await president.getByText('Le point est inscrit').waitFor()
    const agenda = president.getByRole('region', { name: 'Ordre du jour' })
    expect(await agenda.getByText('La mobilité des jeunes').count()).toBe(1)
    await member.reload()
    await member.getByText('Inscrit à l’ordre du jour', { exact: true }).waitFor()
  })
})
