import { describe, expect, it } from 'vitest'
import { printedMinutes } from '#server/exports/printed-minutes.ts'
import { doc, draft, heading, paragraph, sampleMinutes } from './sample-minutes.ts'

describe('the sentences of printed minutes', () => {
  it('lists those present, represented, excused and absent, each by institution', () => {
    const attendance = printedMinutes(sampleMinutes()).attendance
    expect(attendance.map(group => plain(group.label))).toEqual([
      'Présents (2, dont 1 à distance)',
      'Représentés (1)',
      'Excusés (1)',
      'Absents (1)',
    ])
    expect(attendance[0]?.organisations[0]?.people.map(person => plain(person.detail.join('')))).toEqual([
      'directrice adjointe, copilote',
      'chef de service, membre, à distance',
    ])
    expect(attendance[1]?.organisations[0]).toMatchObject({
      name: ['Caisse d’allocations familiales'],
      people: [{ name: ['Mme Inès Calvet'], by: 'par M. Omar Fabre', detail: ['Membre'] }],
    })
  })

  it('orders the agenda by position and gives each heading its rapporteur', () => {
    const printed = printedMinutes(sampleMinutes())
    expect(printed.agenda.map(item => item.title.join(''))).toEqual([
      'Approbation du compte rendu précédent',
      'Premiers retours des équipes',
    ])
    const reporters = printed.body.flatMap(block => (block.kind === 'heading' ? [block.reporter] : []))
    expect(reporters).toEqual([null, 'Présenté par M. Hugo Bousquet'])
  })

  it('ties the blocks of the text to the relevés, and says whom a proposal is for', () => {
    const labels = printedMinutes(sampleMinutes()).body.flatMap(block => ('label' in block ? [plain(block.label)] : []))
    expect(labels).toEqual(['Proposition D1 à : Instance de pilotage stratégique', 'Action A1', 'Point de vigilance'])
  })

  it('calls a decision its own instance takes « Décision »', () => {
    const own = sampleMinutes().decisions.map(each => ({ ...each, competentInstance: 'Groupe opérationnel Parcours' }))
    const [block] = printedMinutes(sampleMinutes({ decisions: own })).body.filter(block => block.kind === 'decision')
    expect(block?.label).toBe('Décision D1')
  })

  it('says what is not known: nobody in charge, no date, no next meeting', () => {
    const printed = printedMinutes(sampleMinutes({ nextMeeting: null }))
    expect(printed.actions[1]).toMatchObject({ who: ['à désigner'], due: 'sans date' })
    expect(printed.nextMeeting).toBe('La date n’est pas encore fixée.')
    const wrongDate = sampleMinutes({ actions: [{ what: 'a', who: 'b', due: '2027-02-30', stateLabel: 'c' }] })
    expect(printedMinutes(wrongDate).actions[0]?.due).toBe('sans date')
  })

  it('reads a due instant in Europe/Paris', () => {
    const actions = [{ what: 'a', who: 'b', due: new Date('2026-11-30T23:30:00Z'), stateLabel: 'c' }]
    expect(plain(printedMinutes(sampleMinutes({ actions })).actions[0]?.due ?? '')).toBe('1er décembre 2026')
  })

  it('dates the file of sealed minutes by the seal, and leaves a draft undated', () => {
    expect(printedMinutes(sampleMinutes()).documentDate).toEqual([2026, 10, 16, 8, 12, 3])
    expect(printedMinutes(sampleMinutes({ status: draft })).documentDate).toBeNull()
  })

  it('says « Projet » and the instant of the text of a draft', () => {
    const printed = printedMinutes(sampleMinutes({ status: draft }))
    expect(printed.draft?.mark).toBe('Projet')
    expect(plain(printed.draft?.notice ?? '')).toContain('Texte au samedi 10 octobre 2026, 14 h 32.')
    expect(plain(printed.documentTitle)).toBe('Projet de compte rendu du 9 octobre 2026 – Groupe opérationnel Parcours')
    expect(printed.validation).toBeNull()
  })

  it('says who validated, in whose absence, and what a later version replaces', () => {
    const status = { ...sampleMinutes().status, version: 3, inAbsenceOf: ['M. A', 'Mme B'] } as never
    const { validation, draft } = printedMinutes(sampleMinutes({ status }))
    expect(draft).toBeNull()
    expect(plain(validation?.sentence ?? '')).toBe('Compte rendu validé le vendredi 16 octobre 2026, 10 h 12, par :')
    expect(validation?.validators).toEqual(['Mme Claire Vidal, copilote'])
    expect(validation?.absence).toBe('En l’absence de M. A et Mme B.')
    expect(plain(validation?.version ?? '')).toBe('Version 3, qui remplace la version 2.')
  })

  it('[H7] says when the next meeting is, and neither where it is nor how one joins this one from afar', () => {
    const printed = printedMinutes(sampleMinutes())
    expect(plain(printed.nextMeeting)).toBe('Vendredi 27 novembre 2026, 14 h 00.')
    expect(printed.facts.map(fact => fact.label)).toEqual(['Date', 'Lieu'])
  })

  it('keeps headings of the text without an agenda item', () => {
    const printed = printedMinutes(sampleMinutes({ content: doc(heading(2, 'Divers'), paragraph('Rien.')) }))
    expect(printed.body[0]).toMatchObject({ kind: 'heading', level: 2, reporter: null })
  })
})

function plain(text: string): string {
  return text.replace(/\s/g, ' ')
}
