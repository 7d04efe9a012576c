import { and, eq, isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accounts,
  consortiumFunctions,
  instances,
  mandates,
  organisations,
  prestataireAttachments,
} from '#db/schema/index.ts'
import { fingerprint } from '#server/domain/governance/edit-mandate.ts'
import { loadActor } from '#server/habilitations/actor.ts'
import { consortiumIdOf } from '#server/habilitations/load-facts.ts'
import { cast, castNow } from '../cast.ts'
import { announceCount, type Check, data, Matrix, type Outcome, signInFirst, unknownId } from './checks.ts'
import { entrants, everyone, isVisitor, type Person } from './people.ts'
import { openSite, quickestKind, type Site } from './site.ts'
import { type MandateIds, type MandateRow, mandateRows, onMandate } from './tables/mandates.ts'
import { servicesOf } from './tables/services.ts'

describe('everyone × every address of people, mandates and functions', { timeout: 180_000 }, () => {
  let site: Site
  let matrix: Matrix
  let ids: MandateIds
  beforeAll(async () => {
    site = await openSite(quickestKind())
    ids = await prepare(site)
    matrix = new Matrix(site)
  })
  afterAll(async () => {
    announceCount('mandats', matrix)
    await site.close()
  })

  it('[H34] [H44] shows each page to those who may read it', async () => {
    const known = everyone.flatMap(who => mandateRows.map(row => check(who, row, ids, true, false)))
    const strange = everyone.flatMap(who => named().map(row => check(who, row, unknown, false, false)))
    await matrix.refuse([...known, ...strange, ...[...known, ...strange].map(data)])
  })

  it('[H34] takes its forms from the chef de projet alone', async () => {
    const rows = mandateRows.filter(row => row.form)
    const refusals = everyone
      .filter(who => who !== 'chef')
      .flatMap(who => rows.map(row => check(who, row, ids, true, true)))
    const strange = everyone.flatMap(who =>
      named()
        .filter(row => row.form)
        .map(row => check(who, row, unknown, false, true)),
    )
    await matrix.refuse([...refusals, ...strange, ...[...refusals, ...strange].map(data)])
    const done = rows.filter(row => row.done).map(row => check('chef', row, ids, true, true))
    await matrix.refuse(rows.filter(row => row.stays).map(row => check('chef', row, ids, true, true)))
    await matrix.allow([...done, ...done.map(data)])
  })

  it('[H0] shows nothing of the neighbour’s people, nor to the neighbour', async () => {
    const asked = (['personnes', 'mandats', 'fonctions'] as const).flatMap(noun =>
      [ids.person, ids.mandate, ids.fn].map((id): Check => {
        const path = `/var/${noun}/${id}`
        return {
          rule: 'H0',
          who: 'chefVar',
          asked: { path },
          expected: 404,
          route: `/var/${noun}/:id`,
          thing: id,
          own: id,
        }
      }),
    )
    await matrix.refuse([...asked, ...asked.map(data)])
  })

  it('[H34] previews a list, looks again at its lines and confirms them, for the chef de projet alone', async () => {
    const path = '/tarn/personnes/nouvelles'
    const asked = (who: Person, form: Record<string, string>, expected: Outcome): Check => ({
      rule: 'H34',
      who,
      asked: { path, form },
      expected,
      route: path,
      thing: path,
    })
    const paste = { text: 'Lise ROQUES <lise@caf.test>', instanceId: ids.instance, function: 'membre' }
    const again = { step: 'revoir', seen: '', 'lines[0].email': 'lise@caf.test' }
    for (const form of [paste, again]) {
      await matrix.refuse([
        asked('chef', form, 200),
        ...everyone.filter(who => who !== 'chef').map(who => asked(who, form, outcomeOnList(who))),
      ])
    }
  })

  it('[H34] reads the CSV file and the workbook that the chef de projet sends, and nobody else’s', async () => {
    const path = '/tarn/personnes/fichier'
    const sent = (file: Blob, name: string) => {
      const body = new FormData()
      body.append('file', file, name)
      return { path, body }
    }
    for (const format of ['csv', 'xlsx'] as const) {
      // What the page gives to fill in is what it takes.
      const template = await fetch(`${site.address}/tarn/personnes/modele?format=${format}`, {
        headers: { cookie: site.cookies.chef },
      })
      const file = await template.blob()
      const answer = await site.ask('chef', sent(file, `personnes.${format}`))
      expect(answer.status).toBe(200)
      expect(answer.body).toContain('1\u00a0mandat à créer')
      expect(answer.body).toContain('1\u00a0fonction à donner')
      for (const who of everyone.filter(each => each !== 'chef')) {
        const { status, headers } = await site.ask(who, sent(file, `personnes.${format}`))
        const expected = outcomeOnList(who)
        expect(status === 302 ? { to: headers.get('location') } : status, who).toEqual(expected)
      }
    }
    const refusals: [Blob, RegExp][] = [
      [new Blob(['Prénom;Nom\nLise;Roques']), /Manquent/],
      [new Blob(['Courriel;Structure;Fonction\n=1+1;CAF;membre']), /A2 contient une formule/],
      [new Blob(['PK\u0003\u0004 rien']), /ne peut pas être lu/],
      [new Blob([]), /vide/],
    ]
    for (const [file, says] of refusals) {
      const answer = await site.ask('chef', sent(file, 'personnes.csv'))
      expect([answer.status, says.test(answer.body)], String(says)).toEqual([422, true])
    }
    expect(site.errors).toEqual([])
  })

  it('has asked every service that the inventory says it asks', () => {
    expect([...site.called]).toEqual(expect.arrayContaining(servicesOf('mandates')))
  })

  /** Rows whose address names a thing. */
  const named = () => mandateRows.filter(row => row.route.includes(':id'))
})

/** Who may not designate is told so; the neighbour, that nothing is there. */
function outcomeOnList(who: Person): Outcome {
  if (isVisitor(who)) return signInFirst('', 'POST')
  return entrants.includes(who) ? 403 : 404
}

const unknown: MandateIds = {
  person: unknownId,
  neverSignedIn: unknownId,
  mandate: unknownId,
  mistake: unknownId,
  takesOver: unknownId,
  fn: unknownId,
  attachment: unknownId,
  instance: unknownId,
  organisation: unknownId,
  seenMandate: '',
  seenFunction: '',
}

function check(who: Person, row: MandateRow, ids: MandateIds, known: boolean, sends: boolean): Check {
  const path = `/tarn/${row.path(ids)}`
  const expected = outcome(who, row, ids, known, sends, path)
  const form = sends ? row.form?.(ids) : undefined
  return { rule: 'H34', who, asked: form ? { path, form } : { path }, expected, route: row.route, thing: path }
}

function outcome(who: Person, row: MandateRow, ids: MandateIds, known: boolean, sends: boolean, path: string): Outcome {
  const answer = onMandate(who, row, known, sends)
  if (answer === 'sign in') return signInFirst(path, sends ? 'POST' : 'GET')
  return answer === 'done' ? { to: `/tarn/${row.done?.(ids)}`, done: true } : answer
}

/** Somebody who has never signed in, whose mandate was a mistake; the identifiers that the rows name. */
async function prepare({ handle: { db }, services }: Site): Promise<MandateIds> {
  const consortiumId = await consortiumIdOf(db, 'tarn')
  const accountIdOf = async (email: string) =>
    (await db.select().from(accounts).where(eq(accounts.email, email)))[0]?.id ?? ''
  const idOf = async (table: typeof instances | typeof organisations, slug: string) =>
    (
      await db
        .select({ id: table.id })
        .from(table)
        .where(and(eq(table.slug, slug), eq(table.consortiumId, consortiumId)))
    )[0]?.id ?? ''
  const chef = await loadActor(db, { accountId: await accountIdOf(cast.chef), consortiumId, now: castNow })
  const organisation = await idOf(organisations, 'caf')
  const made = await services.mandates.createMandate(chef, {
    person: { email: 'jamais.venue@caf.test', givenName: 'Lise', familyName: 'Roques' },
    instanceId: await idOf(instances, 'numerique'),
    organisationId: organisation,
    function: 'membre',
    functionLabel: 'Membre',
    civilite: 'madame',
    qualite: 'chargée de mission',
    carriesVoice: false,
    titulaireMandateId: null,
    readsDossier: false,
    replacesMandateId: null,
    startsOn: '2027-03-12',
    endsOn: null,
  })
  const person = await accountIdOf(cast.membreOffre)
  const [mandate] = await db.select().from(mandates).where(eq(mandates.accountId, person))
  const [takesOver] = await db.select().from(mandates).where(isNotNull(mandates.replacesMandateId))
  const [fn] = await db
    .select()
    .from(consortiumFunctions)
    .where(eq(consortiumFunctions.accountId, await accountIdOf(cast.prestataire)))
  const [attachment] = await db
    .select()
    .from(prestataireAttachments)
    .where(eq(prestataireAttachments.consortiumFunctionId, fn?.id ?? ''))
  return {
    person,
    neverSignedIn: made.accountId,
    mandate: mandate?.id ?? '',
    mistake: made.mandateId,
    takesOver: takesOver?.id ?? '',
    fn: fn?.id ?? '',
    attachment: attachment?.id ?? '',
    instance: await idOf(instances, 'strategique'),
    organisation,
    seenMandate: fingerprint(mandate ?? {}),
    seenFunction: fingerprint(fn ?? {}),
  }
}
