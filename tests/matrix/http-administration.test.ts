import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, consortia, outgoingMails, securityLog } from '#db/schema/index.ts'
import { cast } from '../cast.ts'
import { indreEtLoire } from '../consortia/samples.ts'
import { announceCount, type Check, data, Matrix, type Outcome, unknownId } from './checks.ts'
import { everyone, isVisitor, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { servicesOf } from './tables/services.ts'

describe('everyone × every act on the deployment', { timeout: 300_000 }, () => {
  let site: Site
  let matrix: Matrix
  let member: string
  let invited: string
  let suspended: string
  let former: string
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
    const idOf = async (email: string) => {
      const [row] = await site.handle.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
      return row?.id ?? ''
    }
    member = await idOf(cast.membre)
    invited = await idOf('cecile.bourdon@tarn.test')
    suspended = await idOf(cast.suspendu)
    former = await idOf(cast.ancien)
    const [tarn] = await site.handle.db.select().from(consortia).where(eq(consortia.slug, 'tarn'))
    const invitation = { kind: 'invitation' as const, accountId: invited, consortiumId: tarn?.id ?? '' }
    await site.handle.db.insert(outgoingMails).values({ ...invitation, createdAt: site.context.clock.now() })
  })
  afterAll(async () => {
    announceCount('administration', matrix)
    await site.close()
  })

  const rule = 'administration'
  const onlyAdministrateur = (who: Person, outcome: Outcome): Outcome => {
    if (isVisitor(who)) return { to: '/connexion' }
    return who === 'administrateur' ? outcome : 404
  }
  const others = everyone.filter(who => who !== 'administrateur')

  /** What an administrateur may send: address, form, what comes back. */
  const acts = (): [path: string, form: Record<string, string>, outcome: Outcome][] => [
    [
      '/administration/consortiums/nouveau',
      { acte: 'creer', description: indreEtLoire },
      { to: '/administration/consortiums/indre-et-loire', done: true },
    ],
    [`/administration/comptes/${member}/actes/suspension`, {}, { to: `/administration/comptes/${member}`, done: true }],
    [
      `/administration/comptes/${suspended}/actes/retablissement`,
      {},
      { to: `/administration/comptes/${suspended}`, done: true },
    ],
    [`/administration/comptes/${member}/actes/sessions`, {}, { to: `/administration/comptes/${member}`, done: true }],
    [
      `/administration/comptes/${invited}/actes/invitation`,
      {},
      { to: `/administration/comptes/${invited}`, done: true },
    ],
    [`/administration/comptes/${invited}`, { acte: 'texte' }, 200],
    [
      `/administration/comptes/${invited}`,
      { acte: 'remise' },
      { to: `/administration/comptes/${invited}`, done: true },
    ],
    [`/administration/comptes/${former}/actes/nomination`, {}, { to: `/administration/comptes/${former}`, done: true }],
    [
      `/administration/comptes/${member}/adresse`,
      { email: 'autre@tarn.test' },
      { to: `/administration/comptes/${member}`, done: true },
    ],
    [
      `/administration/comptes/${former}/effacement`,
      { confirmation: cast.ancien },
      { to: `/administration/comptes/${former}`, done: true },
    ],
    [
      '/administration/textes/mentions_legales',
      { acte: 'enregistrer', body: '# Éditeur' },
      { to: '/administration/textes', done: true },
    ],
  ]

  /** What is refused to an administrateur too. */
  const refusals = (): [path: string, form: Record<string, string>, outcome: number][] => [
    ['/administration/consortiums/nouveau', { acte: 'creer', description: 'a: b: c' }, 422],
    ['/administration/consortiums/nouveau', {}, 422],
    ['/administration/consortiums/tarn', chef, 409],
    ['/administration/consortiums/tarn', {}, 422],
    ['/administration/consortiums/lot', chef, 404],
    [`/administration/comptes/${member}/actes/retablissement`, {}, 409],
    [`/administration/comptes/${member}/actes/invitation`, {}, 409],
    [`/administration/comptes/${member}`, { acte: 'texte' }, 409],
    [`/administration/comptes/${member}`, { acte: 'remise' }, 409],
    [`/administration/comptes/${invited}`, { acte: 'autre' }, 422],
    [`/administration/comptes/${unknownId}`, { acte: 'texte' }, 404],
    [`/administration/comptes/${member}/actes/nomination`, {}, 409],
    [`/administration/comptes/${member}/actes/application`, {}, 409],
    [`/administration/comptes/${member}/actes/retrait`, {}, 409],
    [`/administration/comptes/${member}/actes/constructor`, {}, 404],
    [`/administration/comptes/${unknownId}/actes/suspension`, {}, 404],
    [`/administration/comptes/${member}/adresse`, { email: 'pas une adresse' }, 422],
    [`/administration/comptes/${member}/adresse`, { email: cast.chef }, 422],
    [`/administration/comptes/${member}/effacement`, { confirmation: cast.membre }, 409],
    [`/administration/comptes/${former}/effacement`, { confirmation: 'autre@tarn.test' }, 422],
    ['/administration/textes/mentions_legales', { acte: 'enregistrer', body: '' }, 422],
    ['/administration/textes/mentions_legales', { acte: 'retablir', body: 'x' }, 409],
    ['/administration/textes/mentions_legales', { acte: 'apercu', body: '# Essai' }, 200],
    ['/administration/textes/autre', { acte: 'enregistrer', body: 'x' }, 404],
  ]

  it('does what an administrateur asks, and for anybody else there is no such page', async () => {
    await matrix.allow(acts().flatMap(([path, form, outcome]) => both(check('administrateur', path, form, outcome))))
    await matrix.refuse(
      others.flatMap(who =>
        acts().flatMap(([path, form]) => both(check(who, path, form, onlyAdministrateur(who, 404)))),
      ),
    )
  })

  it('refuses what cannot be done with its status, and changes nothing', async () => {
    const asked = everyone.flatMap(who =>
      refusals().map(([path, form, outcome]) => check(who, path, form, onlyAdministrateur(who, outcome))),
    )
    await matrix.refuse(asked)
  })

  it('shows the account to an administrateur alone, without a word of any consortium’s content', async () => {
    const pages = [member, invited, suspended, former].flatMap(id => [
      `/administration/comptes/${id}`,
      `/administration/comptes/${id}/actes/suspension`,
      `/administration/comptes/${id}/adresse`,
      `/administration/comptes/${id}/effacement`,
    ])
    await matrix.refuse(
      everyone.flatMap(who =>
        pages.flatMap(path => {
          const expected = isVisitor(who) ? { to: '/connexion?retour=' } : onlyAdministrateur(who, 200)
          return both({ rule, who, asked: { path }, expected, route: path, thing: path })
        }),
      ),
    )
  })

  it('never leaves the deployment without an administrateur, and gives another chef de projet only where none is left', async () => {
    const own = await site.handle.db.select().from(accounts).where(eq(accounts.email, cast.administrateur))
    const path = `/administration/comptes/${own[0]?.id}/actes`
    await matrix.refuse([
      check('administrateur', `${path}/retrait`, {}, 409),
      check('administrateur', `${path}/suspension`, {}, 409),
    ])
    await site.undone(async () => {
      const chefs = await site.ask('administrateur', { path: '/administration/consortiums/tarn' })
      const id = /comptes\/([0-9a-f-]{36})/.exec(chefs.body)?.[1]
      await site.ask('administrateur', { path: `/administration/comptes/${id}/actes/suspension`, form: {} })
      const answer = await site.ask('administrateur', { path: '/administration/consortiums/tarn', form: chef })
      expect([answer.status, answer.headers.get('location')]).toEqual([
        302,
        expect.stringContaining('fait=chef-designe'),
      ])
    })
    await site.undone(async () => {
      await site.ask('administrateur', { path: `/administration/comptes/${former}/actes/nomination`, form: {} })
      const answer = await site.ask('administrateur', { path: `${path}/retrait`, form: {} })
      expect([answer.status, answer.headers.get('location')]).toEqual([302, '/'])
    })
    await site.undone(async () => {
      const path = '/administration/textes/accessibilite'
      await site.ask('administrateur', { path, form: { acte: 'enregistrer', body: 'Notre texte' } })
      expect((await site.ask('signedOut', { path: '/accessibilite' })).body).toContain('Notre texte')
      await site.ask('administrateur', { path, form: { acte: 'retablir', body: 'x' } })
      expect((await site.ask('signedOut', { path: '/accessibilite' })).body).not.toContain('Notre texte')
    })
  })

  it('shows the security log to an administrateur alone, and writes down that they saw it', async () => {
    const paths = [
      '/administration/journal-de-securite',
      '/administration/journal-de-securite?evenement=connexion&du=2027-01-01&au=2027-12-31&compte=x&apres=1_x',
      '/administration/journal-de-securite/fichier?format=csv',
    ]
    await matrix.refuse(
      others.flatMap(who =>
        paths.flatMap(path => {
          const expected = isVisitor(who) ? { to: '/connexion?retour=' } : 404
          return both({ rule, who, asked: { path }, expected, route: path, thing: path })
        }),
      ),
    )
    for (const path of paths) {
      await site.undone(async () => {
        const before = await site.context.db.$count(securityLog)
        expect((await site.ask('administrateur', { path })).status).toBe(200)
        expect(await site.context.db.$count(securityLog)).toBe(before + 1)
      })
    }
    await matrix.refuse(everyone.map(who => check(who, '/administration/journal-de-securite/fichier', {}, 405)))
    await matrix.refuse(everyone.map(who => check(who, '/administration/journal/fichier', {}, 405)))
    await matrix.refuse(everyone.map(who => check(who, '/profil/donnees/fichier', {}, 405)))
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('deployment')))
  })

  const chef = {
    civilite: 'madame',
    givenName: 'Rose',
    familyName: 'Albert',
    email: 'rose.albert@tarn.test',
    qualite: 'cheffe de projet',
  }

  function check(who: Person, path: string, form: Record<string, string>, expected: Outcome): Check {
    return { rule, who, asked: { path, form }, expected, route: path, thing: path }
  }

  function both(check: Check): Check[] {
    return [check, data(check)]
  }
})
