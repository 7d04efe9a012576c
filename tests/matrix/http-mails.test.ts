import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, consortia, mandates, outgoingMails } from '#db/schema/index.ts'
import { cast } from '../cast.ts'
import { type BadInput, expectRefused } from './bad-input.ts'
import { announceCount, type Check, data, isDone, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { everyone, isVisitor, members, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { around, type Body } from './tables/bodies.ts'
import { servicesOf } from './tables/services.ts'

/** A presence can be answered: by whom (H48), who is told that somebody else can (H47), in which state of the meeting. */
const presenceRows = {
  parcoursAnnounced: { body: 'parcours', state: 'awaits' },
  parcoursRunning: { body: 'parcours', state: 'awaits' },
  parcoursPreparation: { body: 'parcours', state: 'preparation' },
  parcoursHeld: { body: 'parcours', state: 'over' },
  parcoursCancelled: { body: 'parcours', state: 'over' },
  strategicAnnounced: { body: 'strategique', state: 'awaits' },
  strategicHeld: { body: 'strategique', state: 'over' },
  institutionalAnnounced: { body: 'institutionnelle', state: 'awaits' },
} as const satisfies Record<string, { body: Body; state: 'awaits' | 'preparation' | 'over' }>

type PresenceKey = keyof typeof presenceRows

/** Who assists somebody of the body: they answer once the meeting is announced, and know of nothing before. */
const assistantsOf: Partial<Record<Body, Person>> = {
  strategique: 'assistantDossier',
  institutionnelle: 'assistante',
}

/** What the chef de projet does to a mail that waits where nothing is sent. */
const mailActs: Record<string, Outcome | number> = {
  texte: 200,
  remis: { to: '/tarn/courriels/', done: true },
  abandonner: { to: '/tarn/courriels/', done: true },
  // It waits already.
  reessayer: 409,
  autre: 422,
}

describe('everyone × outgoing mails, and the presence one answers of', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  let mails: Record<'tarn' | 'neighbour' | 'account', string>
  let mandateOf: Map<string, string>
  beforeAll(async () => {
    site = await openSite(quickestKind())
    matrix = new Matrix(site)
    mails = {
      tarn: await writeMail('tarn'),
      neighbour: await writeMail('var'),
      account: await writeMail(null),
    }
    mandateOf = await mandatesByPerson()
  })
  afterAll(async () => {
    announceCount('courriels et présences', matrix)
    await site.close()
  })

  it('[H36] shows a mail to the chef de projet of its consortium; mail about an account to nobody', async () => {
    const ids = { ...mails, unknown: unknownId, malformed: 'courriel-12' }
    const asked = everyone.flatMap(who =>
      Object.entries(ids).map(([thing, own]): Check => {
        const path = `/tarn/courriels/${own}`
        const expected = isVisitor(who) ? signInFirst(path, 'GET') : who === 'chef' && thing === 'tarn' ? 200 : 404
        return { rule: 'H36', who, asked: { path }, expected, route: 'courriels/:id', thing, own }
      }),
    )
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('[H36] lets nobody else do anything with it', async () => {
    const asked = everyone.flatMap(who =>
      [mails.tarn, mails.neighbour, mails.account, unknownId].flatMap(id =>
        Object.keys(mailActs).map((acte): Check => {
          const path = `/tarn/courriels/${id}`
          const chefs = who === 'chef' && id === mails.tarn ? (mailActs[acte] ?? 404) : 404
          const expected = isVisitor(who) ? signInFirst(path, 'POST') : chefs
          return { rule: 'H36', who, asked: { path, form: { acte } }, expected, route: 'courriels/:id', thing: id }
        }),
      ),
    )
    const changes = (check: Check) => check.expected === 200 || isDone(check)
    await matrix.refuse([...asked, ...asked.map(data)].filter(check => !changes(check)))
    const done = asked.filter(changes)
    expect(done).toHaveLength(3)
    await matrix.allow([...done, ...done.map(data)])
  })

  it('the mails of invented people exist on a demonstration alone', async () => {
    const path = '/courriels-de-demonstration'
    const asked = everyone.map((who): Check => {
      const expected = isVisitor(who) ? signInFirst(path, 'POST') : 404
      return { rule: 'H0', who, asked: { path, form: { courriel: mails.account } }, expected, route: path, thing: path }
    })
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('[H47] [H48] asks whoever holds a mandate there, or assists them, whether they come', async () => {
    const asked = everyone.flatMap(who => presenceKeys().map(key => onPresence(who, key)))
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('[H48] takes the answer of these people alone, and for these mandates alone', async () => {
    const answers = everyone.flatMap(who =>
      presenceKeys().map((key): Check => {
        const check = onPresence(who, key)
        const path = check.asked.path
        const form = { mandateId: mandateFor(who, key), status: 'present', mode: 'distance' }
        const expected = isVisitor(who)
          ? signInFirst(path, 'POST')
          : check.expected === 200
            ? { to: path, done: true as const }
            : check.expected
        return { ...check, asked: { path, form }, expected }
      }),
    )
    await matrix.refuse([...answers, ...answers.map(data)].filter(check => !isDone(check)))
    const done = answers.filter(isDone)
    expect(done.length).toBeGreaterThan(14)
    await matrix.allow([...done, ...done.map(data)])

    // Who reads the presences of the body is told who answers; an assistant reads that of one mandate alone.
    const forSomebodyElse = done.map((check): Check => {
      const someoneElses = mandateOf.get(check.who === 'copilote1' ? 'copilote2' : 'copilote1') ?? ''
      const form = { ...check.asked.form, mandateId: someoneElses }
      const expected = Object.values(assistantsOf).includes(check.who) ? 404 : 403
      return { ...check, asked: { ...check.asked, form }, expected }
    })
    await matrix.refuse(forSomebodyElse)
  })

  it('says in French what is wrong in an answer, and keeps nothing of it', async () => {
    const path = `/tarn/reunions/${site.ids.meetings.parcoursAnnounced}/ma-presence`
    const mandateId = mandateOf.get('membre') ?? ''
    const answer = (what: string, form: Record<string, string>, says: string): BadInput => ({
      what,
      who: 'membre',
      asked: { path, form: { mandateId, status: 'present', ...form } },
      status: 422,
      says,
    })
    await expectRefused(site, [
      answer('no answer', { status: '' }, 'Choisissez une réponse.'),
      answer('absence is only recorded', { status: 'absent' }, 'Choisissez une réponse.'),
      answer('represented by nobody', { status: 'represente' }, 'Dites par qui cette personne sera représentée.'),
      answer('a mode that is none', { mode: 'par la pensée' }, 'Choisissez « sur place » ou « à distance ».'),
      answer('a long reason', { status: 'excuse', reason: 'a'.repeat(301) }, '300 caractères au plus'),
      answer('no mandate', { mandateId: 'le mien' }, 'Ce choix n’existe pas'),
    ])
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('mails')))
  })

  function onPresence(who: Person, key: PresenceKey): Check {
    const own = site.ids.meetings[key]
    const path = `/tarn/reunions/${own}/ma-presence`
    const { body, state } = presenceRows[key]
    const expected = ((): Outcome => {
      if (isVisitor(who)) return signInFirst(path, 'GET')
      const readers = around(body)
      if (assistantsOf[body] === who) return state === 'awaits' ? 200 : state === 'over' ? 409 : 404
      if (!members.includes(who) || !readers.includes(who)) return 404
      if (state !== 'awaits') return 409
      return who === 'chef' || who === 'prestataire' ? 403 : 200
    })()
    return { rule: 'H48', who, asked: { path }, expected, route: 'reunions/:id/ma-presence', thing: key, own }
  }

  function presenceKeys(): PresenceKey[] {
    return Object.keys(presenceRows) as PresenceKey[]
  }

  /** The mandate that a person would answer for: their own, the one they assist, or somebody's. */
  function mandateFor(who: Person, key: PresenceKey): string {
    const assisted: Partial<Record<Person, Person>> = {
      assistantDossier: 'presidentStrategique',
      assistante: 'presidentInstitutionnel',
    }
    const { body } = presenceRows[key]
    const holder = assistantsOf[body] === who ? assisted[who] : who
    return mandateOf.get(holder ?? '') ?? unknownId
  }

  async function writeMail(slug: 'tarn' | 'var' | null): Promise<string> {
    const { db } = site.handle
    const [account] = await db.select().from(accounts).where(eq(accounts.email, cast.membre))
    const [consortium] = slug ? await db.select().from(consortia).where(eq(consortia.slug, slug)) : []
    const [mandate] = await db
      .select()
      .from(mandates)
      .where(eq(mandates.accountId, account?.id ?? ''))
    const [mail] = await db
      .insert(outgoingMails)
      .values({
        kind: slug ? 'mandat' : 'mot_de_passe',
        accountId: account?.id ?? '',
        consortiumId: consortium?.id ?? null,
        about: { mandateId: mandate?.id ?? '' },
        createdAt: site.context.clock.now(),
      })
      .returning()
    return mail?.id ?? ''
  }

  async function mandatesByPerson(): Promise<Map<string, string>> {
    const rows = await site.handle.db
      .select({ email: accounts.email, id: mandates.id, function: mandates.function, endsOn: mandates.endsOn })
      .from(mandates)
      .innerJoin(accounts, eq(accounts.id, mandates.accountId))
    const names = Object.entries(cast)
    return new Map(
      rows
        .filter(row => row.endsOn === null && row.function !== 'invite')
        .flatMap(row => names.filter(([, email]) => email === row.email).map(([name]) => [name, row.id] as const)),
    )
  }
})
