import { and, eq, isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accounts,
  consortiumFunctions,
  instances,
  mandateProposals,
  mandates,
  organisations,
} from '#db/schema/index.ts'
import { presenceId } from '#server/vocabulary/access.ts'
import { cast, castNow } from '../cast.ts'
import { announceCount, type Check, data, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { entrants, everyone, isVisitor, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import {
  type AskedRow,
  askedPages,
  askedRows,
  idOfAsked,
  inventedLike,
  lookedAt,
  type MoreIds,
} from './tables/access.ts'
import { type Body, writersOf } from './tables/bodies.ts'
import { type MinutesRowKey, minutesRows } from './tables/minutes.ts'
import { pageRows } from './tables/pages.ts'
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
      ...askedRows.map(row => access(who, row, idOfAsked(row, site.ids, more))),
      access(who, nothing('compte-rendu', 'unknown'), unknownId),
      access(who, nothing('decision', 'malformed'), 'pas-un-identifiant'),
      access(who, nothing('personne', 'a kind that does not exist'), more.membre),
      // An identifier of another kind.
      access(who, nothing('decision', 'minutes'), site.ids.minutes.parcoursDistributed),
    ])
    await matrix.refuse(asked.map(data))
    await matrix.refuse(asked.filter(({ thing }) => ['parcoursHeld', 'adopted', 'membre', 'unknown'].includes(thing)))
    expect(matrix.comparedNothing).toBeGreaterThan(100)
  })

  it('says of each page that is about no thing in particular who opens it', async () => {
    for (const who of entrants) {
      for (const { key } of askedPages.filter(({ rule }) => rule !== 'H0')) {
        const page = await site.ask(who, { path: key === 'instances' ? '/tarn' : `/tarn/${key}` })
        const access = await site.ask(who, { path: `/tarn/acces/page/${key}` })
        expect([who, key, access.status === 200]).toEqual([who, key, page.status === 200])
      }
    }
  })

  it('leads from every page that says who sees it to who that is and why', async () => {
    const { meetings, minutes, decisions } = site.ids
    const things: [path: string, who: Person][] = [
      [`/tarn/reunions/${meetings.strategicAnnounced}`, 'chef'],
      [`/tarn/reunions/${meetings.strategicAnnounced}/ma-presence`, 'assistantDossier'],
      [`/tarn/reunions/${meetings.parcoursRunning}/presences`, 'chef'],
      [`/tarn/comptes-rendus/${minutes.parcoursDistributed}`, 'invite'],
      [`/tarn/decisions/${decisions.adopted}`, 'observateur'],
      ['/tarn/ma-structure', 'correspondantCaf'],
      [`/tarn/mandats/${more.membre}`, 'membre'],
      [`/tarn/mandats/${more.successor}/passation`, 'chef'],
      [`/tarn/fonctions/${more.correspondant}`, 'chef'],
      [`/tarn/propositions/${more.ofTheCaf}`, 'correspondantCaf'],
    ]
    const pages = pageRows
      .filter(({ path, ok }) => path.startsWith('/tarn') && !path.includes('apercu=') && ok?.includes('chef'))
      .map(({ path }): [string, Person] => [path, 'chef'])
    const silent: string[] = []
    let led = 0
    for (const [path, who] of [...things, ...pages]) {
      const { status, body } = await site.ask(who, { path })
      expect([path, status]).toEqual([path, 200])
      const main = body.split('<main')[1] ?? ''
      if (!/<p class="visibility">/.test(main)) {
        silent.push(path.replace('/tarn', '').replace(/\?.*/, ''))
        continue
      }
      expect([path, /Qui peut voir ceci\s\?/.test(main)]).toEqual([path, true])
      for (const [, href = ''] of main.matchAll(/href="(\/tarn\/acces\/[^"]+)"/g)) {
        expect([path, href, (await site.ask(who, { path: href })).status]).toEqual([path, href, 200])
        led++
      }
    }
    expect(led).toBeGreaterThan(25)
    // Files, and forms: they change what other pages show.
    expect(silent.filter(path => !isFormOrFile(path))).toEqual([])
  })

  it('[H37] keeps whoever looks as somebody else where an address leads to another', async () => {
    const asked = await site.ask('chef', { path: '/tarn/instances?apercu=membre.parcours' })
    expect([asked.status, asked.headers.get('location')]).toEqual([302, '/tarn?apercu=membre.parcours'])
    const published = await site.ask('chef', { path: '/tarn/instances?apercu=membre.parcours&diffuse=oui' })
    expect(published.headers.get('location')).toBe('/tarn?apercu=membre.parcours&diffuse=oui')
  })

  it('[H37] [H39] shows « Ma structure » to an invented director or correspondant, and to no other', async () => {
    const look = (code: string, path = 'ma-structure') => site.ask('chef', { path: `/tarn/${path}?apercu=${code}` })
    for (const [code, name] of [
      ['membre.strategique.caf', 'Caisse d’allocations familiales'],
      ['membre.institutionnelle', ''],
      ['correspondant.caf', 'Caisse d’allocations familiales'],
    ] as const) {
      const { status, body } = await look(code)
      expect([code, status]).toEqual([code, 200])
      expect(body).toContain(name)
      expect((await look(code, 'accueil')).body).toContain(`href="/tarn/ma-structure?apercu=${code}"`)
    }
    for (const code of ['membre.parcours.caf', 'observateur', 'prestataire']) {
      expect((await look(code)).status).toBe(404)
      const { body } = await look(code, 'accueil')
      expect(body).toContain('href="/tarn/annuaire?')
      expect(body).not.toContain('/tarn/ma-structure')
    }
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

  function access(who: Person, { rule, kind, key, reads, forbidden = [] }: AskedRow, own: string): Check {
    const path = `/tarn/acces/${kind}/${own}`
    const refused = forbidden.includes(who) ? 403 : 404
    const expected: Outcome = isVisitor(who) ? signInFirst(path, 'GET') : reads.includes(who) ? 200 : refused
    return { rule, who, asked: { path }, expected, route: 'acces/:kind/:id', thing: key, own: `${kind}/${own}` }
  }

  function look(who: Person, key: MinutesRowKey, code: string, published = false): Check {
    const path = `/tarn/comptes-rendus/${site.ids.minutes[key]}?apercu=${code}${published ? '&diffuse=oui' : ''}`
    const expected = isVisitor(who) ? signInFirst(path, 'GET') : onLook(who, key, code, published)
    return { rule: 'H46', who, asked: { path }, expected, route: 'comptes-rendus/:id?apercu', thing: key }
  }
})

const nothing = (kind: string, key: string): AskedRow => ({ rule: 'H0', kind, key, reads: [] })

const isFormOrFile = (path: string): boolean =>
  /\/(fichier|modele|nouvelle|nouvelles|modification|noms|depart|suppression|reglages|dissolution)$/.test(path)

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

async function moreIds({ handle: { db }, ids }: Site): Promise<MoreIds> {
  const instance = async (slug: string) =>
    (await db.select({ id: instances.id }).from(instances).where(eq(instances.slug, slug)))[0]?.id ?? ''
  const mandate = async (email: string) => {
    const [row] = await db
      .select({ id: mandates.id })
      .from(mandates)
      .innerJoin(accounts, and(eq(accounts.id, mandates.accountId), eq(accounts.email, email)))
    return row?.id ?? ''
  }
  const held = async (email: string) => {
    const [row] = await db
      .select({ id: consortiumFunctions.id })
      .from(consortiumFunctions)
      .innerJoin(accounts, and(eq(accounts.id, consortiumFunctions.accountId), eq(accounts.email, email)))
    return row?.id ?? ''
  }
  const presence = async (email: string) => presenceId(ids.meetings.strategicAnnounced, await mandate(email))
  const [successor] = await db
    .select({ id: mandates.id })
    .from(mandates)
    .where(and(eq(mandates.instanceId, await instance('parcours')), isNotNull(mandates.replacesMandateId)))
  const [caf] = await db
    .select({ id: organisations.id, consortiumId: organisations.consortiumId })
    .from(organisations)
    .innerJoin(instances, and(eq(instances.consortiumId, organisations.consortiumId), eq(instances.slug, 'parcours')))
    .where(eq(organisations.slug, 'caf'))
  return {
    parcours: await instance('parcours'),
    departementale: await instance('departementale'),
    caf: caf?.id ?? '',
    membre: await mandate(cast.membre),
    copiloteVar: await mandate(cast.copiloteVar),
    successor: successor?.id ?? '',
    correspondant: await held(cast.correspondantCaf),
    chefVar: await held(cast.chefVar),
    ofTheCaf: await proposalOf(caf),
    ofThePresident: await presence(cast.presidentStrategique),
    ofAMember: await presence(cast.membreStrategique),
    ofAnAssistant: await presence(cast.assistantDossier),
    fromElsewhere: await presence(cast.membre),
  }

  /** A proposal of this institution, as a correspondant would make it. */
  async function proposalOf(organisation: { id: string; consortiumId: string } | undefined): Promise<string> {
    const [correspondant] = await db.select().from(accounts).where(eq(accounts.email, cast.correspondantCaf))
    const [row] = await db
      .insert(mandateProposals)
      .values({
        consortiumId: organisation?.consortiumId ?? '',
        organisationId: organisation?.id ?? '',
        instanceId: await instance('national-2'),
        email: 'lea.bonnet@caf.test',
        givenName: 'Léa',
        familyName: 'Bonnet',
        civilite: 'madame',
        qualite: 'responsable',
        function: 'membre',
        functionLabel: 'Membre',
        carriesVoice: false,
        startsOn: '2027-04-01',
        state: 'proposee',
        proposedBy: correspondant?.id ?? '',
        proposedAt: castNow,
      })
      .returning({ id: mandateProposals.id })
    return row?.id ?? ''
  }
}
