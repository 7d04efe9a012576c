import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meetings } from '#db/schema/index.ts'
import { databaseKinds } from '../setup/database.ts'
import { type BadInput, expectRefused, meeting, notFound } from './bad-input.ts'
import { asData, unknownId } from './checks.ts'
import { openSite, type Site } from './site.ts'

const notOurs = 'Ce qui a été envoyé n’a pas la forme attendue.'
const notOfThisSite = 'Cette demande ne vient pas d’une page de ce site'
const textForms = 'Cette adresse n’accepte que l’envoi d’un formulaire de texte.'
const noForms = 'Cette adresse ne reçoit pas de formulaire'
const formsOnly = 'Cette adresse n’accepte que l’envoi d’un formulaire.'
const malformed = 'L’adresse demandée contient des caractères qui n’ont pas de sens.'

describe.each(databaseKinds())('what no page sends, on %s', { timeout: 60_000 }, kind => {
  let site: Site
  beforeAll(async () => {
    site = await openSite(kind)
  })
  afterAll(() => site.close())

  it('refuses forms that are none of the product’s', async () => {
    const { parcoursAnnounced } = site.ids.meetings
    const raw = (what: string, body: string, status: number, says: string): BadInput => ({
      what,
      asked: { path: `/tarn/reunions/${parcoursAnnounced}/modification`, method: 'POST', body, headers: formHeaders },
      status,
      says,
    })
    const fields = String(new URLSearchParams(meeting))
    const points = (many: number) => Array.from({ length: many }, (_, n) => `&items%5B${n}%5D.title=Point`).join('')
    await expectRefused(site, [
      raw('5000 points', fields + points(5000), 422, notOurs),
      raw('101 points', fields + points(101), 422, 'Un ordre du jour compte 100 points au plus.'),
      raw('a field twice', `${fields}&day=2027-05-05`, 422, notOurs),
      raw('a field 50000 times', fields + '&title=x'.repeat(50_000), 422, notOurs),
      raw('a row out of reach', `${fields}&items%5B4000000000%5D.title=x`, 422, notOurs),
      raw('rows inside rows without end', `${fields}&items${'%5B0%5D'.repeat(5000)}=x`, 422, notOurs),
      raw('objects inside objects without end', `${fields}&a${'.b'.repeat(20_000)}=x`, 422, notOurs),
      raw('a text where rows are', `${fields}&items=x`, 422, notOurs),
      raw('a command of the library that reads forms', `${fields}&__intent__=x`, 422, notOurs),
      raw('NUL', `${fields}&title=a%00b`, 400, 'caractère invisible (NUL)'),
      raw('a lone surrogate', `${fields}&title=%ED%A0%80`, 400, 'caractères qui ne peuvent pas être lus'),
      raw('bytes that are no text', `${fields}&title=%FF%FE`, 400, 'caractères qui ne peuvent pas être lus'),
      raw('broken percents', `${fields}&title=%zz`, 400, 'caractères qui ne peuvent pas être lus'),
      raw('more than 1 MB', `${fields}&title=${'a'.repeat(1_100_000)}`, 413, 'dépasse 1 Mo'),
    ])
  })

  it('[H0] reads none of the fields that a form does not have', async () => {
    const id = site.ids.meetings.parcoursAnnounced
    const [before] = await site.handle.db.select().from(meetings).where(eq(meetings.id, id))
    const smuggled = {
      id: unknownId,
      state: 'tenue',
      consortiumId: unknownId,
      instanceId: unknownId,
      createdBy: unknownId,
      '__proto__.state': 'tenue',
      'constructor.prototype.state': 'tenue',
      'items[0].title': 'Un point',
      'items[0].decisionId': site.ids.decisions.proposed,
    }
    const path = `/tarn/reunions/${id}/modification`
    const { status } = await site.ask('copilote1', { path, form: { ...meeting, ...smuggled } })
    expect(status).toBe(302)
    const [after] = await site.handle.db.select().from(meetings).where(eq(meetings.id, id))
    const { revision, startsAt: _at, endsAt: _end, place, title, link, ...rest } = after ?? expect.fail('no meeting')
    expect({ revision, place, title, link }).toEqual({ revision: 2, place: 'Castres', title: '', link: '' })
    expect(rest).toEqual({ ...rest, ...pick(before ?? {}, Object.keys(rest)) })
    expect('state' in {}).toBe(false)
    expect((await site.ask('chef', { path: `/tarn/reunions/${id}.data` })).body).not.toContain(
      site.ids.decisions.proposed,
    )
  })

  it('refuses addresses that mean nothing', async () => {
    const at = (path: string, status: number, says: string): BadInput => ({
      what: path.slice(0, 60),
      asked: { path },
      status,
      says,
    })
    await expectRefused(site, [
      ...['/tarn/%00', '/tarn/%ED%A0%80', '/tarn/%zz', '/%', '/tarn?x=%00', '/tarn/reunions?instance=a%00'].map(path =>
        at(path, 400, malformed),
      ),
      ...[
        '/TARN/accueil',
        '//tarn',
        `/${'a'.repeat(5000)}/accueil`,
        `/tarn/instances/${'a'.repeat(5000)}`,
        `/tarn/reunions/nouvelle?instance=${'a'.repeat(5000)}`,
        '/tarn/instances/__proto__',
        '/constructor/accueil',
        '/.env',
        '/tarn/..%2f..%2fpackage.json',
      ].map(path => at(path, 404, notFound)),
    ])
  })

  it('reads odd filters as no filter, and never fails on them', async () => {
    const odd = ['0', '-1', '1e308', 'NaN', '__proto__', "' or 1=1 --", 'é'.repeat(500), '%ED%A0%80', '%zz']
    const paths = odd.flatMap(value => {
      const encoded = value.startsWith('%') ? value : encodeURIComponent(value)
      return [
        `/tarn/decisions?page=${encoded}`,
        `/tarn/decisions?etat=${encoded}`,
        `/tarn/decisions?instance=${encoded}`,
        `/tarn/reunions?instance=${encoded}&quand=${encoded}`,
        `/tarn/accueil?fait=${encoded}`,
        `/tarn?_routes=${encoded}`,
      ]
    })
    for (const path of paths) {
      expect([path, (await site.ask('chef', { path })).status]).toEqual([path, 200])
      expect([path, (await site.ask('chef', { path: asData(path) })).status]).toEqual([path, 200])
    }
    expect(site.errors).toEqual([])
  })

  it('refuses other methods, other sites, other sorts of content', async () => {
    const { meetings: m, minutes: c } = site.ids
    const closing = `/tarn/reunions/${m.parcoursRunning}/cloture`
    const asking = (method: string, path: string, says: string): BadInput => ({
      what: `${method} ${path}`,
      asked: { method, path },
      status: 405,
      says,
    })
    const from = (what: string, headers: Record<string, string>): BadInput => ({
      what: `from ${what}`,
      asked: { path: closing, form: {}, headers },
      status: 403,
      says: notOfThisSite,
    })
    const sent = (type: string, body: string): BadInput => ({
      what: type,
      asked: { path: closing, method: 'POST', body, headers: { 'content-type': type } },
      status: 415,
      says: textForms,
    })
    await expectRefused(site, [
      ...['PUT', 'PATCH', 'DELETE'].flatMap(method => [
        asking(method, closing, formsOnly),
        asking(method, '/connexion', formsOnly),
        asking(method, '/deconnexion', formsOnly),
        asking(method, `/tarn/comptes-rendus/${c.parcoursHeld}/redaction`, formsOnly),
        asking(method, '/tarn/accueil', noForms),
        asking(method, '/', noForms),
        asking(method, `/tarn/comptes-rendus/${c.parcoursHeld}/pdf`, noForms),
      ]),
      ...['OPTIONS', 'PROPFIND'].map(method => asking(method, '/tarn', 'Ce site ne comprend pas ce type de demande.')),
      from('nowhere', { origin: '' }),
      from('another site', { origin: 'https://ailleurs.example' }),
      from('another port', { origin: 'http://127.0.0.1:1' }),
      from('a sandbox', { origin: 'null' }),
      from('a page of another site', { 'sec-fetch-site': 'cross-site' }),
      from('a neighbour of this site', { 'sec-fetch-site': 'same-site' }),
      sent('application/json', '{}'),
      sent('text/plain', 'a=1'),
      sent('multipart/form-data; boundary=x', '--x--'),
    ])
    // The session is still there: nobody was signed out.
    expect((await site.ask('copilote1', { path: '/tarn/accueil' })).status).toBe(200)
  })

  it('leads nowhere but to a page of this site', async () => {
    const path = `/tarn/actions/${site.ids.actions.actionOfNobody}/avancement`
    const leads = async (retour: string) => {
      const { status, headers } = await site.undone(() =>
        site.ask('copilote1', { path, form: { state: 'faite', retour } }),
      )
      expect(status).toBe(302)
      return headers.get('location')
    }
    const foreign = [
      'https://ailleurs.example',
      '//ailleurs.example',
      '/\\ailleurs.example',
      '/.//ailleurs.example',
      'tarn',
      '/tarn\n',
      `/${'a'.repeat(9000)}`,
      '/deconnexion',
      '/x/../connexion',
    ]
    for (const retour of foreign)
      expect([retour, await leads(retour)]).toEqual([retour, '/tarn/accueil?fait=avancement'])
    expect(await leads('/tarn/réunions/漢')).toBe('/tarn/r%C3%A9unions/%E6%BC%A2?fait=avancement')
    expect(await leads('/tarn/decisions?etat=proposee#liste')).toBe(
      '/tarn/decisions?etat=proposee&fait=avancement#liste',
    )
    const endless = await site.ask('signedOut', { path: `/tarn/${'a'.repeat(9000)}` })
    expect(endless.headers.get('location')).toBe('/connexion')
    expect(site.errors).toEqual([])
  })

  it('knows nobody by the cookie of another deployment', async () => {
    const token = site.cookies.chef.replace('espace_spie=', '')
    for (const cookie of [
      `__Host-espace_spie=${token}`,
      `espace_spie=${token}x`,
      `espace_spie=${token.toLowerCase()}`,
      'espace_spie=%00',
      `espace_spie=${'a'.repeat(8000)}`,
      ';;;=',
    ]) {
      const { status, headers } = await site.ask('signedOut', { path: '/tarn', headers: { cookie } })
      expect([cookie.slice(0, 30), status, headers.get('location')]).toEqual([
        cookie.slice(0, 30),
        302,
        '/connexion?retour=%2Ftarn',
      ])
    }
  })
})

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' }

function pick(row: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key)))
}
