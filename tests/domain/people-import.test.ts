import { deflateRawSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accounts, consortiumFunctions, journal, mandates, outgoingMails } from '#db/schema/index.ts'
import { readPastedPeople } from '#server/domain/governance/people-paste.ts'
import { readTableFile } from '#server/imports/table-file.ts'
import { type ImportLine, pasteForm } from '#server/vocabulary/import-forms.ts'
import { type CastDatabase, cast, castDatabase, castNow } from '../cast.ts'
import { databaseKinds } from '../setup/database.ts'
import { refused } from './acts.ts'

const text = (value: string) => new TextEncoder().encode(value)
const header = 'Prénom;Nom;Courriel;Civilité;Qualité;Structure;Instance;Fonction;Voix;Début;Fin'

describe('a list that is pasted', () => {
  const names = (list: string) =>
    readPastedPeople(list).people.map(each => `${each.givenName}|${each.familyName}|${each.email}`)

  it('is read as Outlook writes it', () => {
    expect(names('Claire VIDAL <Claire.Vidal@caf.fr>; Jean-Marc DE LA TOUR <jm@msa.fr>;')).toEqual([
      'Claire|Vidal|claire.vidal@caf.fr',
      'Jean-Marc|De La Tour|jm@msa.fr',
    ])
    expect(names('"VIDAL, Claire" <c.vidal@caf.fr>, "D’ORNANO Paul" <p@x.fr>')).toEqual([
      'Claire|Vidal|c.vidal@caf.fr',
      'Paul|D’Ornano|p@x.fr',
    ])
    expect(names('VIDAL, Claire <c@caf.fr>; O’NEIL Ann <a@b.fr>')).toEqual([
      'Claire|Vidal|c@caf.fr',
      'Ann|O’Neil|a@b.fr',
    ])
  })

  it('is read by lines, tabs, commas, and from addresses alone', () => {
    expect(names('a.martin@caf.fr, b@caf.fr\nLucie Ferran lucie@ars.fr')).toEqual([
      'A|Martin|a.martin@caf.fr'.replace('A|Martin', '|'),
      '||b@caf.fr',
      'Lucie|Ferran|lucie@ars.fr',
    ])
    expect(names('Paul\tDurand\tpaul.durand@caf.fr')).toEqual(['Paul|Durand|paul.durand@caf.fr'])
    expect(names('claire.vidal@caf.fr')).toEqual(['Claire|Vidal|claire.vidal@caf.fr'])
  })

  it('does not hold everybody up over a list made to be long to read', () => {
    const started = performance.now()
    const pasted = readPastedPeople(`<${'a@'.repeat(30_000)}\nClaire VIDAL <c.vidal@caf.fr>`)
    expect(performance.now() - started).toBeLessThan(500)
    expect(pasted.people.map(({ email }) => email)).toEqual(['c.vidal@caf.fr'])
    expect(pasted.unread).toHaveLength(1)
  })

  it('keeps a civilité, and says what it could not read', () => {
    expect(readPastedPeople('Mme Claire Vidal <c@caf.fr>; Secrétariat')).toMatchObject({
      people: [{ civilite: 'madame', givenName: 'Claire' }],
      unread: ['Secrétariat'],
    })
  })
})

describe('a file of people', () => {
  it('is read with semicolons or commas, a BOM, or the letters of Windows', async () => {
    expect(await readTableFile(text('\ufeffPrénom;Nom\r\nÉlodie;Gué\r\n'), 10)).toContainEqual(['Élodie', 'Gué'])
    expect(await readTableFile(text('Prénom,Nom\n"Gué, Élodie",x'), 10)).toContainEqual(['Gué, Élodie', 'x'])
    const windows = Uint8Array.from([0x50, 0x72, 0xe9, 0x6e, 0x6f, 0x6d, 0x3b, 0x4e, 0x0a, 0xc9, 0x3b, 0x62])
    expect(await readTableFile(windows, 10)).toEqual([
      ['Prénom', 'N'],
      ['É', 'b'],
    ])
  })

  it('is read from Excel, dates included', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 'x', rows: [['Début'], [new Date(Date.UTC(2027, 2, 1))]] }] })
    expect(await readTableFile(bytes, 10)).toEqual([['Début'], ['2027-03-01']])
  })

  it('is refused when it holds formulas, macros, too much, or is of another kind', { timeout: 60_000 }, async () => {
    await refused(readTableFile(text('a;b\n=HYPERLINK("x");c'), 10), 422, /A2 contient une formule/)
    await refused(readTableFile(text('a\n1\n2\n3'), 2), 422, /plus de 2 lignes/)
    await refused(readTableFile(new Uint8Array(), 10), 422)
    await refused(readTableFile(new Uint8Array(1_000_000), 10), 422, /900 Ko/)
    await refused(readTableFile(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 10), 422, /trop ancien/)
    await refused(readTableFile(Uint8Array.from([1, 2, 3, 0, 5]), 10), 422)
    await refused(readTableFile(text('PK\u0003\u0004 nothing'), 10), 422)
    const formula = await writeXlsx({
      sheets: [{ name: 'x', rows: [['a'], [1]], cells: new Map([['1,0', { formula: '1+1', value: 2 }]]) }],
    })
    await refused(readTableFile(formula, 10), 422, /formule/)
    await refused(readTableFile(bomb(), 10), 422)
  })
})

describe.each(databaseKinds())('[H34] designating several people on %s', kind => {
  let demo: CastDatabase
  beforeAll(async () => {
    demo = await castDatabase(kind)
  })
  beforeEach(() => demo.clock.set(castNow))
  afterAll(() => demo.close())

  const chef = () => demo.actorOf(cast.chef)
  const counts = async () =>
    Promise.all(
      [accounts, mandates, consortiumFunctions, outgoingMails, journal].map(table => demo.handle.db.$count(table)),
    )
  const file = async (...rows: string[]) =>
    demo.services.people.previewFile(await chef(), text([header, ...rows].join('\r\n')))
  const confirm = async (preview: { effects: { line: ImportLine }[]; seen: string }) =>
    demo.services.people.confirmImport(await chef(), {
      lines: preview.effects.map(each => each.line),
      seen: preview.seen,
    })

  it('tells the effect of each line and writes nothing; confirmed, does exactly that', async () => {
    const before = await counts()
    const preview = await file(
      'Noémie;Lacaze;noemie@caf.test;Mme;conseillère;CAF;Offre de services;Membre;non;01/04/2027;',
      'Noémie;Lacaze;noemie@caf.test;Mme;conseillère;CAF;Offre de services;Membre;non;01/04/2027;',
      `x;y;${cast.membre};Mme;conseillère;CAF;Offre de services;Membre;;;31/12/2027`,
    )
    expect(preview.effects.map(each => each.effect)).toEqual(['mandat', 'doublon', 'mandat'])
    expect(preview.effects.map(each => each.knownAs)).toEqual([null, null, 'Samira Bensaïd'])
    expect(await counts()).toEqual(before)
    expect(await confirm(preview)).toEqual({ done: 2 })
    const [account] = await demo.handle.db.select().from(accounts).where(eq(accounts.email, 'noemie@caf.test'))
    expect(account?.familyName).toBe('Lacaze')
    const again = await file(
      'Noémie;Lacaze;noemie@caf.test;Mme;conseillère;CAF;Offre de services;Membre;non;01/04/2027;',
    )
    expect(again.effects.map(each => each.effect)).toEqual(['deja'])
  })

  it('gives functions in the consortium to as many, beside mandates, all or none', async () => {
    const correspondant = (email: string, more = 'CAF;;Correspondant;;01/04/2027;') =>
      `Ève;Noël;${email};Mme;cadre;${more}`
    const lines = [
      ...Array.from({ length: 15 }, (_, index) => correspondant(`correspondante-${index}@caf.test`)),
      correspondant('correspondante-0@caf.test'),
      correspondant('eve@cabinet.test', ';;prestataire;;01/04/2027;31/12/2027'),
      correspondant('eve@national.test', ';;Observatrice nationale;;;'),
      correspondant('correspondante-1@caf.test', 'CAF;Numérique;Membre;;01/04/2027;'),
    ]
    const wrong = await file(
      ...lines,
      correspondant('une@caf.test', ';;correspondante;;;'),
      correspondant('deux@caf.test', 'CAF;Parcours;correspondante;;;'),
      correspondant('trois@caf.test', 'CAF;;observateur;oui;;'),
      correspondant('quatre@caf.test', 'CAF;;chef de projet;;;'),
    )
    expect(wrong.effects.slice(-4).map(({ errors }) => errors)).toEqual([
      ['Choisissez la structure.'],
      [expect.stringContaining('n’a pas d’instance')],
      [expect.stringContaining('ne porte pas de voix')],
      [expect.stringContaining('un à un')],
    ])
    const before = await counts()
    expect(await confirm(wrong)).toHaveProperty('preview')
    expect(await counts()).toEqual(before)

    const preview = await file(...lines)
    expect(preview.counts).toMatchObject({ fonction: 17, mandat: 1, doublon: 1, erreur: 0, nouvelle: 17 })
    expect(preview.effects[0]?.summary).toMatch(
      /^Correspondante pour .+, dans le consortium, à partir du 1er.avril 2027$/,
    )
    expect(await confirm(preview)).toEqual({ done: 18 })
    const given = await demo.handle.db
      .select()
      .from(consortiumFunctions)
      .where(eq(consortiumFunctions.qualite, 'cadre'))
    expect(given.map(({ function: fn }) => fn).sort()).toEqual([
      ...Array.from({ length: 15 }, () => 'correspondant'),
      'observateur',
      'prestataire',
    ])
    expect(given.find(({ function: fn }) => fn === 'observateur')?.functionLabel).toBe('Observatrice nationale')
    expect((await file(...lines)).counts).toMatchObject({ fonction: 0, mandat: 0, deja: 18, doublon: 1, erreur: 0 })
  })

  it('gives a function to the people of a pasted list, without an instance', async () => {
    const paste = { text: 'Mme Zoé SOL <zoe@caf81.example>', instance: '', function: 'correspondant', startsOn: '' }
    const preview = await demo.services.people.previewPaste(await chef(), paste)
    expect(preview.effects[0]?.errors).toEqual([
      'Indiquez la qualité : « directrice adjointe ».',
      'Choisissez la structure.',
    ])
    expect(pasteForm.safeParse({ ...paste, instanceId: '' }).success).toBe(true)
    expect(pasteForm.safeParse({ ...paste, instanceId: '', function: 'membre' }).success).toBe(false)
  })

  it('says how to mend each wrong line, and writes nothing while there is one', async () => {
    const before = await counts()
    const preview = await file(
      'Lise;Roques;lise@caf.test;Mme;conseillère;CAF;Parcours;Membre;non;01/04/2027;',
      ';;pas une adresse;;;;;;;31/02/2027;',
      'Luc;Roques;luc@caf.test;M.;agent;Une autre;Parcours;Membre;;;',
      `x;y;${cast.copilote1};M.;agent;CAF;Parcours;Membre;;;`,
    )
    expect(preview.effects.map(each => each.effect)).toEqual(['mandat', 'erreur', 'erreur', 'erreur'])
    expect(preview.effects[1]?.errors.length).toBeGreaterThan(5)
    expect(preview.effects[3]?.errors[0]).toContain('siège déjà')
    expect(await confirm(preview)).toHaveProperty('preview')
    expect(await counts()).toEqual(before)
  })

  it('comes back when anything moved between the preview and its confirmation', async () => {
    const row = 'Jeanne;Prat;jeanne@msa.test;Mme;cadre;CAF;Numérique;Membre;non;01/04/2027;'
    const preview = await file(row)
    const edited = preview.effects.map(each => ({ ...each, line: { ...each.line, qualite: 'directrice' } }))
    const before = await counts()
    expect(await confirm({ ...preview, effects: edited })).toHaveProperty('preview')
    await confirm(await file(row))
    const after = await counts()
    expect(after).not.toEqual(before)
    expect(await confirm(preview)).toHaveProperty('preview')
    expect(await counts()).toEqual(after)
  })

  it('does not tell whom another consortium knows', async () => {
    const line = (email: string) => `Prénom;Nom;${email};Mme;cadre;CAF;Parcours;Membre;non;01/04/2027;`
    const preview = await file(line(cast.copiloteVar), line('personne@var.test'))
    const [known, unknown] = preview.effects.map(({ line: _, ...told }) => told)
    expect(known).toEqual(unknown)
  })

  it('does not tell, before it is confirmed, which addresses administer the platform', async () => {
    const line = (email: string) => `Prénom;Nom;${email};Mme;cadre;CAF;Parcours;Membre;non;01/04/2027;`
    const preview = await file(line(cast.administrateur), line('inconnue@caf.test'))
    const [known, unknown] = preview.effects.map(({ line: _, ...told }) => told)
    expect(known).toEqual(unknown)
    const before = await counts()
    const answer = await confirm(preview)
    if (!('preview' in answer)) expect.fail('confirmed')
    expect(answer.preview.effects.map(({ effect }) => effect)).toEqual(['erreur', 'mandat'])
    expect(answer.preview.effects[0]?.errors.join()).toMatch(/ne peut pas être utilisée ici/)
    expect(answer.preview.counts).toMatchObject({ erreur: 1, mandat: 1 })
    expect(await counts(), 'nothing is half done').toEqual(before)
  })

  it('offers the institution that an address makes one think of', async () => {
    const { services } = demo
    const made = await file('Anne;Roux;anne@caf81.test;Mme;cadre;CAF;Parcours;Membre;;;')
    await confirm(made)
    const paste = {
      text: 'Paul ROUX <paul@caf81.test>',
      instance: 'Offre de services',
      function: 'membre',
      startsOn: '',
    }
    const preview = await services.people.previewPaste(await chef(), paste)
    expect(preview.effects[0]?.line.organisation).toBe('caf')
    expect(preview.effects[0]?.errors).toContain('Civilité : choisissez Mme ou M.')
  })

  it('reads the template it gives', async () => {
    for (const format of ['csv', 'xlsx'] as const) {
      const { bytes } = await demo.services.people.importTemplate(await chef(), format)
      const preview = await demo.services.people.previewFile(await chef(), bytes)
      expect(preview.effects.map(each => each.effect)).toEqual(['mandat', 'fonction'])
    }
  })

  it('is for the chef de projet alone', async () => {
    const { people } = demo.services
    for (const email of [cast.copilote1, cast.correspondantCaf]) {
      const actor = await demo.actorOf(email)
      await refused(people.previewImport(actor, []), 403)
      await refused(people.confirmImport(actor, { lines: [], seen: '' }), 403)
      await refused(people.previewFile(actor, text('x')), 403)
      await refused(people.importTemplate(actor, 'csv'), 403)
    }
  })
})

/** A ZIP whose one part says that it is small and unpacks to 64 MB. */
function bomb(): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
  const name = Buffer.from('xl/workbook.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(100, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(100, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return new Uint8Array(Buffer.concat([local, name, packed, entry, name, end]))
}
