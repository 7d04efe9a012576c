import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { minutes, minutesVersions } from '#db/schema/index.ts'
import { readLiveText } from '#server/collaboration/stored-text.ts'
import { verifyRegister } from '#server/domain/decisions/register.ts'
import { openEditor, type } from '../collaboration/client.ts'
import { databaseKinds } from '../setup/database.ts'
import { meeting, wordsOf } from './bad-input.ts'
import type { Person } from './people.ts'
import { openSite, type Site } from './site.ts'

describe.each(databaseKinds())('two people at the same instant, on %s', { timeout: 60_000 }, kind => {
  let site: Site
  beforeAll(async () => {
    site = await openSite(kind, { live: true })
  })
  afterAll(() => site.close())

  it('refuses to validate while others type, and says what to do', async () => {
    const id = site.ids.minutes.parcoursProofread
    const seen = await seenNow(id)
    const port = Number(new URL(site.address).port)
    const editor = openEditor({
      port,
      text: { minutesId: id, epoch: 1 },
      account: '',
      cookie: site.cookies.prestataire,
    })
    await editor.synced()
    type(editor.doc, 'Une phrase de plus.')
    await editor.stored()
    const forms = { ...seen, avertissements: 'lus', suite: 'diffuser' }
    for (const act of ['accord', 'validation'] as const) {
      const path = `/tarn/comptes-rendus/${id}/${act}`
      const answer = await site.ask('copilote1', { path, form: forms })
      expect(answer.status).toBe(409)
      expect(wordsOf(answer)).toContain('Le texte a changé depuis que vous l’avez affiché. Rechargez la page')
    }
    const now = await seenNow(id)
    const damages: Record<string, string>[] = [
      { deleteSetHash: 'z' },
      { stateVector: '' },
      { stateVector: '!' },
      { stateVector: 'A'.repeat(900_000) },
    ]
    for (const damage of damages) {
      const path = `/tarn/comptes-rendus/${id}/validation`
      expect((await site.ask('copilote1', { path, form: { ...forms, ...now, ...damage } })).status).toBe(409)
    }
    const [row] = await site.handle.db.select().from(minutes).where(eq(minutes.id, id))
    expect(row?.state).toBe('en_relecture')
    // They go on typing.
    type(editor.doc, 'Et une autre.')
    await editor.stored()
    expect(editor.closings).toEqual([])
    editor.leave()
  })

  it('lets one of two win who act at the same instant, and tells the other', async () => {
    const { meetings: m, minutes: c, decisions: d } = site.ids
    const both = async (who: [Person, Person], path: string, form: Record<string, string>) => {
      const answers = await Promise.all(who.map(person => site.ask(person, { path, form })))
      expect([path, answers.map(({ status }) => status).sort()]).toEqual([path, [302, 409]])
      return wordsOf(answers.find(({ status }) => status === 409) ?? expect.fail('nobody was refused'))
    }
    const copilotes: [Person, Person] = ['copilote1', 'copilote2']
    const agreed = { ...(await seenNow(c.parcoursProofread)), avertissements: 'lus', suite: 'diffuser' }
    for (const who of copilotes) {
      await site.ask(who, { path: `/tarn/comptes-rendus/${c.parcoursProofread}/accord`, form: agreed })
    }
    expect(await both(copilotes, `/tarn/comptes-rendus/${c.parcoursProofread}/validation`, agreed)).toMatch(
      'On ne peut valider le compte rendu que dans cet état',
    )
    expect(await both(copilotes, `/tarn/reunions/${m.parcoursPreparation}/annonce`, {})).toContain(
      'réunion en préparation',
    )
    expect(await both(copilotes, `/tarn/reunions/${m.parcoursRunning}/cloture`, {})).toContain('réunion en cours')
    expect(
      await both(['copilote1', 'chef'], `/tarn/reunions/${m.parcoursAnnounced}/modification`, {
        ...meeting,
      }),
    ).toMatch(/entre-temps|pendant que/)
    const result = { result: 'adoptee', reason: '', meetingId: m.strategicHeld }
    expect(await both(['presidentStrategique', 'chef'], `/tarn/decisions/${d.proposed}/resultat`, result)).toContain(
      'décision',
    )
    expect(
      await both(['copilote1', 'copilote2'], `/tarn/decisions/${d.toInstitutional}/retrait`, { reason: 'Inutile' }),
    ).toContain('décision')

    const versions = await site.handle.db
      .select()
      .from(minutesVersions)
      .where(eq(minutesVersions.minutesId, c.parcoursProofread))
    expect(versions).toHaveLength(1)
    expect((await verifyRegister(site.handle.db, versions[0]?.consortiumId ?? '')).firstBroken).toBeNull()
    expect(site.errors).toEqual([])
  })

  async function seenNow(minutesId: string): Promise<Record<string, string>> {
    const text = await readLiveText(site.handle.db, { minutesId, epoch: 1 })
    return { stateVector: Buffer.from(text.stateVector).toString('base64'), deleteSetHash: text.deleteSetHash }
  }
})
