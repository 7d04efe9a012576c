import type { MinutesDocument } from '#server/exports/minutes-document.ts'

/** ProseMirror nodes, short enough to write a text in a test. */
export const text = (value: string, ...marks: object[]) => ({ type: 'text', text: value, marks })
export const paragraph = (value: string) => ({ type: 'paragraph', content: [text(value)] })
export const heading = (level: number, value: string, agendaItemId: string | null = null) => ({
  type: 'heading',
  attrs: { level, agendaItemId },
  content: [text(value)],
})
export const bullets = (...items: object[][]) => ({
  type: 'bulletList',
  content: items.map(content => ({ type: 'listItem', content })),
})
export const link = (value: string, href: string) => text(value, { type: 'link', attrs: { href } })
export const doc = (...content: object[]) => ({ type: 'doc', content })

/** Bullet lists inside one another. */
export function nestedBullets(levels: number): object {
  let list = bullets([paragraph(`niveau ${levels}`)])
  for (let level = levels - 1; level > 0; level -= 1) list = bullets([paragraph(`niveau ${level}`), list])
  return list
}

/** Sealed minutes of an ordinary meeting; `changes` replace whole parts. */
export function sampleMinutes(changes: Partial<MinutesDocument> = {}): MinutesDocument {
  return { ...ordinaryMeeting, ...changes }
}

export const draft: MinutesDocument['status'] = { kind: 'projet', textAt: new Date('2026-10-10T12:32:00Z') }

const wording = 'Étendre la trame commune d’entretien à toutes les équipes à compter du 1er janvier 2027.'
const notice = 'Relire la notice et proposer une version en facile à lire.'
const vigilance = 'Les conventions de partage ne couvrent pas encore les chambres consulaires.'

const ordinaryMeeting: MinutesDocument = {
  consortium: { name: 'Service public de l’insertion et de l’emploi du Tarn', territory: 'Département du Tarn' },
  instance: { name: 'Groupe opérationnel Parcours', levelLabel: 'Niveau opérationnel' },
  meeting: {
    title: 'Diagnostic partagé et carnet de bord',
    startsAt: new Date('2026-10-09T07:30:00Z'),
    endsAt: new Date('2026-10-09T10:00:00Z'),
    place: 'Maison du département, Albi',
  },
  attendance: [
    {
      organisation: 'Département du Tarn',
      people: [
        person('Mme Claire Vidal', { qualite: 'directrice adjointe', functionLabel: 'Copilote', mode: 'sur_place' }),
        person('M. Paul Roques', { qualite: 'chef de service', mode: 'distance' }),
      ],
    },
    {
      organisation: 'Caisse d’allocations familiales',
      people: [person('Mme Inès Calvet', { status: 'represente', representedBy: 'M. Omar Fabre' })],
    },
    { organisation: 'Mission locale', people: [person('M. Luc Andrieu', { status: 'excuse' })] },
    { organisation: 'MSA', people: [person('Mme Rose Delmas', { status: 'absent', mode: 'distance' })] },
  ],
  agenda: [
    { id: 'i2', position: 2, title: 'Premiers retours des équipes', reporter: 'M. Hugo Bousquet' },
    { id: 'i1', position: 1, title: 'Approbation du compte rendu précédent', reporter: null },
  ],
  content: doc(
    heading(2, 'Approbation du compte rendu précédent', 'i1'),
    paragraph('Le compte rendu du 11 septembre est approuvé.'),
    { type: 'essential', content: [paragraph('Les deux équipes retiennent une trame commune.')] },
    heading(2, 'Premiers retours des équipes', 'i2'),
    {
      type: 'paragraph',
      content: [
        text('Voir '),
        link('la notice', 'https://exemple.fr/notice'),
        text(' : '),
        text('42 retours', { type: 'bold' }),
      ],
    },
    bullets([paragraph('moins de questions posées deux fois ;')], [paragraph('des entretiens plus courts.')]),
    {
      type: 'decision',
      attrs: { id: 'd1', nature: 'production' },
      content: [paragraph(wording), paragraph('L’essai est concluant.')],
    },
    {
      type: 'action',
      attrs: { id: 'a1', ownerLabel: 'Caisse d’allocations familiales', dueOn: '2026-11-30' },
      content: [text(notice)],
    },
    { type: 'vigilance', attrs: { id: 'v1' }, content: [text(vigilance)] },
  ),
  decisions: [
    {
      id: 'd1',
      wording,
      reasons: 'L’essai est concluant.',
      natureLabel: 'Production d’un groupe',
      competentInstance: 'Instance de pilotage stratégique',
      outcome: 'Proposée à l’instance de pilotage stratégique.',
    },
  ],
  actions: [
    { id: 'a1', what: notice, who: 'Caisse d’allocations familiales', due: '2026-11-30', stateLabel: 'À faire' },
    { what: 'Envoyer les dates de 2027.', who: '', due: null, stateLabel: 'Faite' },
  ],
  pointsOfAttention: [vigilance],
  nextMeeting: { startsAt: new Date('2026-11-27T13:00:00Z') },
  distribution: ['Mme Claire Vidal', 'M. Paul Roques'],
  status: {
    kind: 'scelle',
    version: 1,
    validatedAt: new Date('2026-10-16T08:12:00Z'),
    validators: ['Mme Claire Vidal, copilote'],
    inAbsenceOf: ['M. Hugo Bousquet'],
    sealHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    sealedAt: new Date('2026-10-16T08:12:03Z'),
  },
}

type Person = MinutesDocument['attendance'][number]['people'][number]

function person(name: string, rest: Partial<Person>): Person {
  return { name, qualite: '', functionLabel: 'Membre', status: 'present', mode: null, representedBy: null, ...rest }
}
