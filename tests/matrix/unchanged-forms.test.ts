import { and, eq, isNull } from 'drizzle-orm'
import { type Element, Window } from 'happy-dom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consortia, externalBodies, instances, mandates, organisations } from '#db/schema/index.ts'
import { openSite, quickestKind, type Site } from './site.ts'

/** A form that is saved as it was shown changes nothing, even where what it holds is no longer offered to others. */
describe('a form of settings sent back as it is shown', { timeout: 60_000 }, () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite(quickestKind())
  })
  afterAll(() => site.close())

  const db = () => site.context.db
  const mandateOf = async (id: string) => (await db().select().from(mandates).where(eq(mandates.id, id)))[0]
  const instanceOf = async (slug: string) => {
    const [row] = await db()
      .select({ instance: instances })
      .from(instances)
      .innerJoin(consortia, and(eq(consortia.id, instances.consortiumId), eq(consortia.slug, 'tarn')))
      .where(eq(instances.slug, slug))
    return row?.instance ?? expect.fail(`no ${slug}`)
  }
  const organisationOf = async (slug: string) => {
    const { consortiumId } = await instanceOf('parcours')
    const rows = await db()
      .select()
      .from(organisations)
      .where(and(eq(organisations.slug, slug), eq(organisations.consortiumId, consortiumId)))
    return rows[0] ?? expect.fail(`no ${slug}`)
  }

  /** The chef de projet opens the page and saves it at once. */
  const saveAtOnce = async (path: string) => {
    const page = await site.ask('chef', { path })
    expect(page.status, path).toBe(200)
    const answer = await site.ask('chef', { path, form: formIn(page.body) })
    expect([path, answer.status]).toEqual([path, 302])
  }

  it('[H34] keeps whom a mandate took over and whom it served, however long ago they left', async () => {
    await site.undone(async () => {
      const parcours = await instanceOf('parcours')
      const [membre] = await db()
        .select()
        .from(mandates)
        .where(and(eq(mandates.instanceId, parcours.id), eq(mandates.function, 'membre'), isNull(mandates.endsOn)))
      const [suppleant] = await db()
        .select()
        .from(mandates)
        .where(and(eq(mandates.instanceId, parcours.id), eq(mandates.function, 'suppleant')))
      if (!membre || !suppleant) return expect.fail('the group has both')
      const days = { startsOn: '2024-01-01', endsOn: '2025-06-30' }
      const { id: _, ...seat } = { ...membre, ...days, carriesVoice: false, replacesMandateId: null }
      const [former] = await db().insert(mandates).values(seat).returning()
      const { id: __, ...second } = { ...suppleant, ...days, titulaireMandateId: former?.id ?? null }
      const [served] = await db().insert(mandates).values(second).returning()
      await db()
        .update(mandates)
        .set({ replacesMandateId: former?.id ?? null })
        .where(eq(mandates.id, membre.id))
      for (const id of [membre.id, served?.id ?? '']) {
        const before = await mandateOf(id)
        await saveAtOnce(`/tarn/mandats/${id}/modification`)
        expect(await mandateOf(id)).toEqual(before)
      }
      const next = await site.ask('chef', { path: `/tarn/mandats/nouveau?instance=parcours&remplace=${served?.id}` })
      expect(next.body).toContain(`<option value="${served?.id}" selected="">`)
    })
  })

  it('[H32] keeps a parent that is dissolved, and the voices of structures that have left', async () => {
    await site.undone(async () => {
      const strategic = await instanceOf('strategique')
      const caf = await organisationOf('caf')
      await db().update(instances).set({ endsOn: '2027-01-31' }).where(eq(instances.id, strategic.id))
      await db().update(organisations).set({ leftOn: '2027-01-31' }).where(eq(organisations.id, caf.id))
      const votingRules = {
        quorumPercent: 50,
        weights: { [caf.id]: 3 },
        castingVote: 'aucune' as const,
        mostProxies: 1,
      }
      await db()
        .update(instances)
        .set({ votingRules, parentId: strategic.id })
        .where(eq(instances.id, (await instanceOf('restreint')).id))
      const before = await instanceOf('restreint')
      await saveAtOnce('/tarn/instances/restreint/reglages')
      expect(await instanceOf('restreint')).toEqual(before)
    })
  })

  it('[H33] keeps the structure of an external body that has left', async () => {
    await site.undone(async () => {
      const { id } = await organisationOf('departement')
      await db().update(organisations).set({ leftOn: '2027-01-31' }).where(eq(organisations.id, id))
      const bodies = () =>
        db().select().from(externalBodies).where(eq(externalBodies.organisationId, id)).orderBy(externalBodies.id)
      const before = await bodies()
      await saveAtOnce(`/tarn/organes-externes/${before[0]?.id}`)
      expect(await bodies()).toEqual(before)
    })
  })
})

/** What the first form of a page holds, as a browser would send it. */
function formIn(body: string): Record<string, string> {
  const { document } = new Window()
  document.write(body)
  const fields = [...document.querySelectorAll('main form[method="post"] :is(input, select, textarea)')]
  const first = fields[0]?.closest('form')
  return Object.fromEntries(
    fields
      .filter(field => field.closest('form') === first)
      .filter(field => !/radio|checkbox/.test(field.getAttribute('type') ?? '') || field.hasAttribute('checked'))
      .map(field => [field.getAttribute('name') ?? '', valueIn(field)]),
  )
}

function valueIn(field: Element): string {
  if (field.localName === 'textarea') return field.textContent.replace(/^\n/, '')
  const holder = field.localName === 'select' ? field.querySelector('option[selected]') : field
  return holder?.getAttribute('value') ?? (field.getAttribute('type') === 'checkbox' ? 'on' : '')
}
