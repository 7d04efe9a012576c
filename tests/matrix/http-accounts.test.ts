import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotFound } from '#server/errors.ts'
import { castPassword } from '../cast.ts'
import { announceCount, type Check, data, Matrix, type Outcome, unknownId } from './checks.ts'
import { everyone, isVisitor, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { accountForms } from './tables/accounts.ts'
import { servicesOf } from './tables/services.ts'

describe('everyone × every form about an account', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
  })
  afterAll(async () => {
    announceCount('comptes', matrix)
    await site.close()
  })

  const signedIn = everyone.filter(who => !isVisitor(who))
  const own = (who: Person, outcome: Outcome): Outcome => (isVisitor(who) ? { to: '/connexion' } : outcome)

  it('refuses an empty form, of anybody, and asks visitors to sign in where the account is one’s own', async () => {
    const open = accountForms.filter(route => route.includes(':token') || route === 'mot-de-passe-oublie')
    const asked = everyone.flatMap(who =>
      accountForms
        .filter(route => route !== 'changement-adresse/:token')
        .map((route): Check => {
          const path = `/${route.replace(':token', 'inconnu')}`
          const expected = open.includes(route) ? 422 : own(who, 422)
          return { rule: 'compte', who, asked: { path, form: {} }, expected, route, thing: path }
        }),
    )
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('answers alike to every link that nobody received, and consumes nothing', async () => {
    const asked = everyone.map((who): Check => {
      const path = `/changement-adresse/inconnu-${who}`
      return { rule: 'compte', who, asked: { path, form: {} }, expected: 404, route: path, thing: path }
    })
    const form = { password: 'quatre mots bien choisis' }
    const both = ['invitation', 'mot-de-passe'].flatMap(noun =>
      (['signedOut', 'chef'] as const).map((who): Check => {
        const path = `/${noun}/inconnu`
        return { rule: 'compte', who, asked: { path, form }, expected: 404, route: path, thing: path }
      }),
    )
    await matrix.refuse([...asked, ...both])
    const refusing = { path: '/changement-adresse/autre', form: { geste: 'refuser' } }
    await matrix.refuse([
      { rule: 'compte', who: 'signedOut', asked: refusing, expected: 404, route: 'refus', thing: 'autre' },
    ])
  })

  it('lets each change their own account and no other', async () => {
    const profile = { givenName: 'Nouveau', familyName: 'Nom', phone: '05 63 00 00 00', accountId: unknownId }
    const asked = everyone.flatMap((who): Check[] => [
      act(who, '/profil', profile, own(who, { to: '/profil?fait=', done: true })),
      act(who, '/profil/sessions', { geste: 'toutes' }, own(who, { to: '/profil/sessions?fait=', done: true })),
      act(who, '/profil/sessions', { session: 'une-autre' }, own(who, 404)),
      act(who, '/profil/adresse', { geste: 'annuler' }, own(who, 409)),
      act(who, '/verification', { geste: 'envoyer' }, own(who, 409)),
    ])
    await matrix.allow(asked)
    for (const who of signedIn.slice(0, 3)) {
      const others = signedIn.filter(other => other !== who)
      const { sessionId } = (await site.services.sessions.accountOf(site.cookies[others[0] ?? who])) ?? expect.fail()
      await matrix.allow([act(who, '/profil/sessions', { session: sessionId }, 404)])
    }
  })

  it('asks the password again before what is grave', async () => {
    const current = 'un autre mot de passe'
    // Refused, and told in the security log.
    await matrix.allow([
      act('membre', '/profil/mot-de-passe', { current, password: 'quatre mots bien choisis' }, 422),
      act('membre', '/profil/adresse', { current, email: 'ailleurs@tarn.test' }, 422),
      act('membre', '/profil/second-facteur', { geste: 'commencer', current }, 422),
      act('copilote1', '/profil/second-facteur', { geste: 'codes', current, code: '123456' }, 422),
      act('copilote1', '/profil/second-facteur', { geste: 'retirer', current, code: '123456' }, 422),
    ])
    await matrix.refuse([
      act('copilote1', '/profil/second-facteur', { geste: 'confirmer', secret: 'AAAA', code: '123456' }, 409),
    ])
    await matrix.allow([
      act('membre', '/profil/second-facteur', { geste: 'commencer', current: castPassword }, 200),
      act('membre', '/verification', { means: 'application', code: '123456' }, 422),
      act('signedOut', '/mot-de-passe-oublie', { email: 'personne@tarn.test' }, 200),
      act('signedOut', '/mot-de-passe-oublie', { email: 'membre.parcours@tarn.test' }, 200),
    ])
  })

  it('lets an administrateur alone act on the accounts of others', async () => {
    const { accounts, sessions } = site.services
    const accountId = unknownId
    const failures: string[] = []
    for (const who of signedIn) {
      const person = (await sessions.accountOf(site.cookies[who])) ?? expect.fail(`${who} is signed out`)
      for (const [name, call] of Object.entries({
        suspend: () => accounts.suspendAccount(person, { accountId }),
        restore: () => accounts.restoreAccount(person, { accountId }),
        email: () => accounts.changeEmailFor(person, { accountId, email: 'ailleurs@tarn.test' }),
        secondFactor: () => accounts.removeAuthenticatorFor(person, { accountId }),
      })) {
        // Nobody has this account: an administrateur too is told that it does not exist.
        const answer = await call().then(
          () => 'done',
          (error: unknown) => (error instanceof NotFound ? 'not found' : String(error)),
        )
        if (answer !== 'not found') failures.push(`${who} ${name}: ${answer}`)
        matrix.count += 1
      }
    }
    expect(failures).toEqual([])
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('accounts')))
  })
})

function act(who: Person, path: string, form: Record<string, string>, expected: Outcome): Check {
  return { rule: 'compte', who, asked: { path, form }, expected, route: path, thing: path }
}
