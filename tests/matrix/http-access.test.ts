import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, instances, mandates, organisations } from '#db/schema/index.ts'
import { cast } from '../cast.ts'
import { announceCount, type Check, data, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { everyone, isVisitor, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { askedRows, idOfAsked, inventedLike, lookedAt, type MoreIds } from './tables/access.ts'
import { type Body, writersOf } from './tables/bodies.ts'
import { type MinutesRowKey, minutesRows } from './tables/minutes.ts'
import { servicesOf } from './tables/services.ts'

describe('everyone × who can see this, and every preview', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  let more: MoreIds
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
    more = await moreIds(site)
  })
  afterAll(async () => {
    announceCount('accès et aperçus', matrix)
    await site.close()
  })

  it('[H0] says who reads a thing to those who read it, and to nobody else that it exists', async () => {
    const asked = everyone.flatMap(who => [
      ...askedRows.map(row => access(who, row.rule, row.kind, idOfAsked(row, site.ids, more), row.key, row.reads)),
      access(who, 'H0', 'compte-rendu', unknownId, 'unknown', []),
      access(who, 'H0', 'decision', 'pas-un-identifiant', 'malformed', []),
      access(who, 'H0', 'personne', more.membre, 'a kind that does not exist', []),
      // An identifier of another kind.
      access(who, 'H0', 'decision', site.ids.minutes.parcoursDistributed, 'minutes', []),
    ])
    await matrix.refuse(asked.map(data))
    await matrix.refuse(asked.filter(({ thing }) => ['parcoursHeld', 'adopted', 'membre', 'unknown'].includes(thing)))
    expect(matrix.comparedNothing).toBeGreaterThan(100)
  })

  it('[H37] [H46] shows minutes as somebody else to the chef de projet and to who writes them', async () => {
    const asked = everyone.flatMap(who =>
      lookedAt.flatMap(key => codesFor(who).flatMap(code => [look(who, key, code), look(who, key, code, true)])),
    )
    await matrix.refuse(asked.map(data))
    await matrix.refuse(
      asked.filter(({ who, thing }) => ['chef', 'copilote1'].includes(who) && thing === 'parcoursHeld'),
    )
  })

  it('[H37] refuses every act from a preview, and from a page shown under one', async () => {
    const minutes = `/tarn/comptes-rendus/${site.ids.minutes.parcoursDistributed}`
    const acts = [
      { path: `${minutes}/lecture?apercu=membre.parcours` },
      { path: `${minutes}/lecture`, headers: { referer: `${site.address}${minutes}?apercu=membre.parcours` } },
      { path: '/tarn/reunions/nouvelle?instance=parcours&apercu=copilote.parcours' },
    ]
    const people: Person[] = ['chef', 'copilote1', 'membre', 'invite']
    await matrix.refuse(
      people.flatMap(who =>
        acts.flatMap(({ path, headers }) => {
          const check: Check = {
            rule: 'H37',
            who,
            asked: { path, form: {}, ...(headers && { headers }) },
            expected: 403,
            route: path.replace(/[0-9a-f-]{36}/, ':id'),
            thing: path,
          }
          return [check, data(check)]
        }),
      ),
    )
  })

  it('is a document that only shows: no script, no live text, links that stay in it', async () => {
    const path = `/tarn/comptes-rendus/${site.ids.minutes.parcoursRunning}`
    const preview = await site.ask('chef', { path: `${path}?apercu=membre.parcours` })
    expect(preview.status).toBe(200)
    expect(preview.body).toContain('membre de «')
    expect(preview.body).not.toMatch(/<script/)
    const controls = preview.body.split('<main')[1]?.match(/<(button|input|select|textarea)\b[^>]*>/g) ?? []
    expect(controls.filter(control => !control.includes('disabled=""'))).toEqual([])
    expect(preview.body).toContain(`data-leaves-preview="" href="${path}"`)
    const inside = [...preview.body.matchAll(/<a ([^>]*)href="(\/tarn[^"]*)"/g)].filter(
      ([, attributes]) => !attributes?.includes('data-leaves-preview'),
    )
    expect(inside.length).toBeGreaterThan(5)
    expect(inside.filter(([, , href]) => !href?.includes('apercu=membre.parcours'))).toEqual([])
    expect((await site.ask('chef', { path })).body).toMatch(/<script/)
  })

  it('says of a page that the invented person could not read that it would not exist for them', async () => {
    const path = `/tarn/comptes-rendus/${site.ids.minutes.restrictedHeld}?apercu=membre.parcours`
    const { status, body } = await site.ask('chef', { path })
    expect(status).toBe(404)
    expect(body).toContain('Cette personne ne verrait pas cette page')
    expect(body).toContain('Quitter l’aperçu')
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('access')))
  })

  function access(
    who: Person,
    rule: string,
    kind: string,
    own: string,
    thing: string,
    reads: readonly Person[],
  ): Check {
    const path = `/tarn/acces/${kind}/${own}`
    const allowed = reads.includes(who) ? 200 : 404
    const expected: Outcome = isVisitor(who) ? signInFirst(path, 'GET') : allowed
    return { rule, who, asked: { path }, expected, route: 'acces/:kind/:id', thing, own: `${kind}/${own}` }
  }

  function look(who: Person, key: MinutesRowKey, code: string, published = false): Check {
    const path = `/tarn/comptes-rendus/${site.ids.minutes[key]}?apercu=${code}${published ? '&diffuse=oui' : ''}`
    const expected = isVisitor(who) ? signInFirst(path, 'GET') : onLook(who, key, code, published)
    return { rule: 'H46', who, asked: { path }, expected, route: 'comptes-rendus/:id?apercu', thing: key }
  }
})

/** To who may look nowhere, every invented person is refused alike. */
function codesFor(who: Person): string[] {
  const codes = Object.keys(inventedLike)
  return writers.includes(who) ? codes : codes.slice(0, 2)
}

const bodies: readonly Body[] = ['parcours', 'offre', 'numerique', 'strategique', 'restreint', 'institutionnelle']
const writers: readonly Person[] = bodies.flatMap(body => writersOf(body))

/** Who writes the minutes, and the chef de projet, see what the invented person would; other readers are told who may. */
function onLook(who: Person, key: MinutesRowKey, code: string, published: boolean): number {
  const { reads, body } = minutesRows[key]
  if (!reads.includes(who)) return 404
  const may = who === 'chef' || (body !== null && writersOf(body).includes(who))
  if (!may) return 403
  const shown = published ? (oncePublished[key] ?? key) : key
  return minutesRows[shown].reads.includes(inventedLike[code] as Person) ? 200 : 404
}

/** Minutes of the same body that are published: what these will be. */
const oncePublished: Partial<Record<MinutesRowKey, MinutesRowKey>> = {
  parcoursHeld: 'parcoursDistributed',
  parcoursProofread: 'parcoursDistributed',
  parcoursValidated: 'parcoursDistributed',
  strategicHeld: 'strategicDistributed',
  institutionalProofread: 'institutionalDistributed',
}

async function moreIds({ handle: { db } }: Site): Promise<MoreIds> {
  const instance = async (slug: string) =>
    (await db.select({ id: instances.id }).from(instances).where(eq(instances.slug, slug)))[0]?.id ?? ''
  const mandate = async (email: string) => {
    const [row] = await db
      .select({ id: mandates.id })
      .from(mandates)
      .innerJoin(accounts, and(eq(accounts.id, mandates.accountId), eq(accounts.email, email)))
    return row?.id ?? ''
  }
  const [caf] = await db
    .select({ id: organisations.id })
    .from(organisations)
    .innerJoin(instances, and(eq(instances.consortiumId, organisations.consortiumId), eq(instances.slug, 'parcours')))
    .where(eq(organisations.slug, 'caf'))
  return {
    parcours: await instance('parcours'),
    departementale: await instance('departementale'),
    caf: caf?.id ?? '',
    membre: await mandate(cast.membre),
    copiloteVar: await mandate(cast.copiloteVar),
  }
}
