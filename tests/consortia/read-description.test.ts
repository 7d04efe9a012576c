import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reservedSlugs } from '#server/domain/consortia/address-word.ts'
import { readDescription } from '#server/domain/consortia/read-description.ts'
import { indreEtLoire, tarnEtGaronne } from './samples.ts'

const ROOT = join(import.meta.dirname, '../..')
const tarn = readFileSync(join(ROOT, 'db/consortia/tarn.yaml'), 'utf8')

describe('the file that describes a consortium', () => {
  it.each(readdirSync(join(ROOT, 'db/consortia')))('%s is right', file => {
    expect(described(readFileSync(join(ROOT, 'db/consortia', file), 'utf8')).slug).toBe(file.replace('.yaml', ''))
  })

  it('holds the nine instances of the Tarn, and its competence by equality and not by rank', () => {
    const { instances, competence, organisations, externalBodies } = described(tarn)
    expect(instances.map(({ slug }) => slug)).toEqual(
      'institutionnelle strategique restreint parcours offre numerique info-com formation national-2'.split(' '),
    )
    expect([competence.budget, competence.production, competence.organisation_interne]).toEqual([
      'institutionnelle',
      'strategique',
      null,
    ])
    expect(organisations.find(({ slug }) => slug === 'france-travail')?.names.map(({ name }) => name)).toEqual([
      'Pôle emploi',
      'France Travail',
    ])
    expect(externalBodies).toHaveLength(3)
  })

  it('holds the Indre-et-Loire: what a file leaves out follows from the kind of the instance', () => {
    const { instances, externalBodies, chefs } = described(indreEtLoire)
    expect(instances).toMatchObject([
      { kind: 'pilotage_strategique', validatorRule: 'presidence', draftReaders: 'redacteurs', meetingsPerYear: 1 },
      {
        kind: 'groupe_operationnel',
        validatorRule: 'tous_les_copilotes',
        draftReaders: 'instance',
        parent: 'pilotage',
      },
    ])
    expect(externalBodies[0]).toMatchObject({ name: 'Commission permanente', organisation: 'departement' })
    expect(chefs[0]?.label).toBe('Cheffe de projet')
  })

  it('holds the Tarn-et-Garonne: territories, other kinds, people with mandates, a prestataire', () => {
    const { instances, organisations, people, visibilityDefaults } = described(tarnEtGaronne)
    expect(instances.map(({ kind }) => kind)).toEqual(['pilotage_strategique', 'groupe_transversal', 'participation'])
    expect(instances.map(({ territory }) => territory)).toEqual([null, 'Montauban', null])
    expect(organisations[2]).toMatchObject({ phase: 'elargi', enteredOn: '2022-09-01', territory: 'Montauban' })
    expect(visibilityDefaults).toEqual({ participation: 'consortium' })
    expect(people.flatMap(({ seats }) => seats.map(seat => seat.function))).toEqual(['president', 'suppleant'])
    expect(people[2]?.function).toEqual({ kind: 'prestataire', label: 'Prestataire', attachedTo: ['axe-8'] })
  })

  it('is read whatever the capitals, accents and dashes of its words, and as text: neither « 05 » nor « non » is guessed', () => {
    const text = indreEtLoire
      .replace('territoire: Indre', 'Territoire: Indre')
      .replace('chefs de projet:', 'Chefs-de-projet:')
      .replace('qualité: cheffe', 'téléphone: 0536490001\n    qualite: cheffe')
    expect(described(text).chefs[0]?.phone).toBe('0536490001')
  })

  it.each([
    [
      'an unknown heading, and the one that was meant',
      'territoire: Tarn',
      'teritoire: Tarn',
      'Vouliez-vous écrire « territoire »',
    ],
    ['a missing heading', '    code: STRAT\n', '', 'Il manque « code » pour une instance'],
    [
      'a word that no closed list has',
      'type: groupe restreint',
      'type: groupe secret',
      'groupe secret » n’existe pas. Écrivez pilotage',
    ],
    ['a day that does not exist', 'depuis: 02/03/1982', 'depuis: 30/02/1982', '30/02/1982 » n’est pas une date'],
    ['names out of order', 'depuis: 01/01/2024', 'depuis: 01/01/2001', 'remettez-les dans l’ordre'],
    ['an address that will not do', 'repère: tarn\n', 'repère: Le Tarn\n', 'par exemple « le-tarn »'],
    ['an address that the site keeps', 'repère: tarn\n', 'repère: administration\n', 'réservé au site'],
    ['two structures of one address', 'repère: cpam', 'repère: caf', 'déjà pris'],
    [
      'an instance that is above itself',
      '    type: pilotage institutionnel\n',
      '    type: pilotage institutionnel\n    relève de: parcours\n',
      'relève d’elle-même',
    ],
    [
      'a competent instance that is none',
      'budget: institutionnelle',
      'budget: instituionnelle',
      'Aucune instance n’a le repère « instituionnelle »',
    ],
    [
      'a nature without an instance',
      '  budget: institutionnelle\n',
      '',
      'quelle instance est compétente pour : « budget »',
    ],
    [
      'a territory that was not listed',
      'territoire: Occitanie',
      'territoire: Ocitanie',
      'n’est pas dans la liste « territoires »',
    ],
    [
      'technical minutes that their level would not read',
      'type: groupe transversal\n',
      'type: groupe transversal\n    comptes rendus visibles par: instance\n',
      'vont au moins à son niveau',
    ],
    ['an address of mail', 'chef-de-projet@tarn.test', 'chef-de-projet', 'n’est pas une adresse électronique'],
    ['a colon inside a text', 'nom: Cap emploi Tarn', 'nom: Cap emploi : Tarn', 'entre guillemets droits'],
    ['a tabulation', '    phase: élargi', '\tphase: élargi', 'tabulation'],
    ['an invisible character', 'nom: Cap emploi Tarn', 'nom: "Cap\\u0007emploi"', 'caractères invisibles'],
  ])('tells %s, with its line', (_, right, wrong, said) => {
    expect(tarn).toContain(right)
    const at = tarn.lastIndexOf(right)
    const mistakes = mistakesOf(tarn.slice(0, at) + wrong + tarn.slice(at + right.length))
    const words = mistakes.map(({ message }) => message.replaceAll(/[\u00A0\u202F]/g, ' '))
    const rank = words.findIndex(message => message.includes(said))
    expect(words.join('\n')).toContain(said)
    expect(Math.abs((mistakes[rank]?.line ?? 0) - tarn.slice(0, at).split('\n').length)).toBeLessThan(30)
  })

  it.each([
    ['without end, under one who ends', 'au: 30/06/2027', '', 'se termine le 30 juin 2027'],
    ['that ends later than the titulaire', 'au: 30/06/2027', 'au: 01/07/2027', 'se termine le 30 juin 2027'],
    ['that begins before the titulaire', 'du: 01/02/2027', 'du: 31/01/2027', 'commence le 1er février 2027'],
  ])('[H34] refuses the mandate of a suppléant %s, with its line', (_, titulaire, suppleant, said) => {
    const president = 'fonction: présidente, porte la voix: oui'
    const served = 'fonction: suppléante, remplace: irene.vidal@tarn-et-garonne.test'
    const with_ = (days: string) => (days === '' ? '' : `, ${days}`)
    const text = tarnEtGaronne
      .replace(president, president + with_(titulaire))
      .replace(served, served + with_(suppleant))
    const mistakes = mistakesOf(text)
    expect(mistakes.map(({ message }) => message.replaceAll(/[\u00A0\u202F]/g, ' ')).join('\n')).toContain(said)
    expect(mistakes.map(({ line }) => line)).toEqual([lineOf(text, 'prénom: Suzanne') - 1])
    expect(mistakesOf(text.replace(served + with_(suppleant), served + with_(titulaire)))).toEqual([])
  })

  it('tells every mistake at once, in the order of the file', () => {
    const text = tarn.replace('02/03/1982', 'hier').replace('budget: institutionnelle', 'budget: personne')
    const lines = mistakesOf(text).map(({ line }) => line)
    expect(lines).toEqual([lineOf(text, 'depuis: hier'), lineOf(text, 'budget: personne')])
  })

  it.each([
    ['nothing', ''],
    ['a list', '- a'],
    ['a text', 'bonjour'],
    ['brackets without end', '['.repeat(50_000)],
    ['a reference', 'consortium: &a\n  nom: x\nstructures: *a\n'],
    ['two files', '---\na: 1\n---\nb: 2\n'],
    ['too much', 'a'.repeat(200_001)],
  ])('refuses %s with a sentence', (_, text) => {
    const mistakes = mistakesOf(text)
    expect(mistakes.length).toBeGreaterThan(0)
    expect(mistakes.length).toBeLessThan(30)
  })

  it('keeps for the site every first word of its own addresses', () => {
    const routes = readFileSync(join(ROOT, 'app/routes.ts'), 'utf8')
    const words = [...routes.matchAll(/^ {2,4}route\('([a-z-]+)/gm)].map(([, word]) => word)
    const inConsortium = [...routes.slice(routes.indexOf("route(':consortium'")).matchAll(/^ {4}route\('([a-z-]+)/gm)]
    const site = words.filter(word => !inConsortium.some(([, each]) => each === word))
    expect(site.length).toBeGreaterThan(3)
    expect(site.filter(word => !reservedSlugs.includes(word ?? ''))).toEqual([])
  })
})

function described(text: string) {
  const reading = readDescription(text)
  if ('mistakes' in reading) throw new Error(JSON.stringify(reading.mistakes))
  return reading.description
}

function mistakesOf(text: string) {
  const reading = readDescription(text)
  return 'mistakes' in reading ? reading.mistakes : []
}

function lineOf(text: string, piece: string): number {
  return text.slice(0, text.indexOf(piece)).split('\n').length
}
