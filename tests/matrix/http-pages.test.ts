import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castPassword } from '../cast.ts'
import { announceCount, type Check, data, Matrix, type Outcome, signInFirst } from './checks.ts'
import { everyone, isVisitor, members, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { type Body, writersOf } from './tables/bodies.ts'
import { onPage, pageRows, takesForms } from './tables/pages.ts'
import { servicesOf } from './tables/services.ts'

describe('everyone × every address that names no meeting, minutes, decision or action', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
  })
  afterAll(async () => {
    announceCount('pages', matrix)
    await site.close()
  })

  it('[H1]…[H5] shows each page to those who may read it', async () => {
    const asPages = everyone.flatMap(who =>
      pageRows.map((row): Check => {
        const { rule, route, path, own } = row
        return { rule, who, asked: { path }, expected: onPage(who, row), route, thing: path, own }
      }),
    )
    await matrix.refuse([...asPages, ...asPages.map(data)])
    expect(matrix.comparedNothing).toBeGreaterThan(100)
  })

  it('takes no form where none is read', async () => {
    const paths = new Set(pageRows.filter(({ route }) => !takesForms.includes(route)).map(({ path }) => path))
    // It is answered before anything is asked about the person.
    const some: Person[] = ['chef', 'membre', 'invite', 'administrateur', 'signedOut']
    const asked = some.flatMap(who => [...paths].map(path => check('formulaire', who, path, { a: 'b' }, 405)))
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('[H5] creates meetings for those who may, and for nobody else', async () => {
    const bodies: Body[] = ['parcours', 'restreint', 'institutionnelle']
    const asked = everyone.flatMap(who =>
      [...bodies, 'departementale', 'nulle-part'].map(slug =>
        check('H5', who, `/tarn/reunions/nouvelle?instance=${slug}`, meeting, onCreation(who, slug)),
      ),
    )
    const isRefused = ({ expected }: Check) => typeof expected === 'number' || expected.to.startsWith('/connexion')
    await matrix.refuse([...asked, ...asked.map(data)].filter(isRefused))
    await matrix.allow([...asked, ...asked.map(data)].filter(each => !isRefused(each)))
  })

  it('[H0] answers a form sent to an address that nothing answers as it answers who reads it', async () => {
    const asked = everyone.map(who => check('H0', who, '/tarn/budget', { a: 'b' }, isVisitor(who) ? toSignIn : 404))
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('signs in who knows the password and is not suspended; signs out whoever asks', async () => {
    const signIn = (who: Person, email: string, password: string, expected: Outcome) =>
      check('entrée', who, '/connexion', { email, password }, expected)
    const refusedAlike = [
      signIn('signedOut', 'membre.parcours@tarn.test', 'un autre mot de passe', 401),
      signIn('signedOut', 'personne@tarn.test', castPassword, 401),
      signIn('signedOut', 'suspendu@tarn.test', castPassword, 401),
    ]
    await matrix.allow([...refusedAlike, signIn('signedOut', 'membre.parcours@tarn.test', castPassword, { to: '/' })])
    await matrix.allow(everyone.map(who => check('entrée', who, '/deconnexion', {}, { to: '/connexion' })))
  })

  it('[H0] asks no less of one part of a page than of all of it', async () => {
    const parts = [
      ['/tarn/reunions/:id', 'routes/meetings/meeting', site.ids.meetings.numeriquePreparation],
      ['/tarn/comptes-rendus/:id', 'routes/minutes/minutes', site.ids.minutes.strategicHeld],
      ['/tarn/comptes-rendus/:id/validation', 'routes/minutes/validation', site.ids.minutes.strategicHeld],
      ['/tarn/decisions/:id', 'routes/decisions/decision', site.ids.decisions.ofRestricted],
    ] as const
    await matrix.refuse(
      everyone
        .filter(
          who =>
            !['chef', 'copiloteNumerique', 'presidentStrategique', 'membreStrategique', 'membreRestreint'].includes(
              who,
            ),
        )
        .flatMap(who =>
          parts.map(([address, part, id]): Check => {
            const path = address.replace(':id', id)
            const asked = { path: `${path}.data?_routes=${encodeURIComponent(part)}` }
            const expected = isVisitor(who) ? signInFirst(path, 'GET') : 404
            return { rule: 'H0', who, asked, expected, route: `${address} (${part})`, thing: path }
          }),
        ),
    )
  })

  it('says to a supervisor that it is well, and nothing else', async () => {
    const { status, body } = await site.ask('signedOut', { path: '/healthz' })
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({
      status: 200,
      body: {
        status: 'ok',
        database: true,
        stopping: false,
        unsavedLiveTexts: 0,
        failingLiveTexts: 0,
        failingJobs: [],
        lateMails: 0,
        version: 'test',
      },
    })
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('pages')))
  })
})

const toSignIn: Outcome = { to: '/connexion' }
const meeting = { day: '2027-09-07', startTime: '09:30', place: 'Albi', 'items[0].title': 'Un point' }

function check(rule: string, who: Person, path: string, form: Record<string, string>, expected: Outcome): Check {
  return { rule, who, asked: { path, form }, expected, route: path, thing: path }
}

function onCreation(who: Person, slug: string): Outcome {
  if (isVisitor(who)) return toSignIn
  if (slug === 'departementale' || slug === 'nulle-part') return 404
  if (writersOf(slug as Body).includes(who)) return { to: '/tarn/reunions/', done: true }
  return members.includes(who) ? 403 : 404
}
