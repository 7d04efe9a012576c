import { describe, expect, it } from 'vitest'
import {
  capitalised,
  daysUntil,
  deadline,
  documentTitle,
  euros,
  list,
  moment,
  personName,
  quoted,
  relativeDay,
  time,
  titleDate,
} from '#app/formats.ts'

const noon = new Date('2027-03-12T11:00:00Z')

describe('days, as one reads them on a given day', () => {
  it('counts calendar days of Paris, not slices of 24 hours', () => {
    expect(daysUntil(new Date('2027-03-12T22:59:00Z'), noon)).toBe(0)
    expect(daysUntil(new Date('2027-03-12T23:00:00Z'), noon)).toBe(1)
    expect(daysUntil('2027-03-11', new Date('2027-03-12T00:30:00+01:00'))).toBe(-1)
  })

  it('is not a day short when the clocks change', () => {
    expect(daysUntil('2027-03-29', new Date('2027-03-27T12:00:00Z'))).toBe(2)
    expect(daysUntil('2026-10-26', new Date('2026-10-24T12:00:00Z'))).toBe(2)
  })

  it('says when in words', () => {
    expect(relativeDay('2027-03-12', noon)).toBe('aujourd’hui')
    expect(relativeDay('2027-03-13', noon)).toBe('demain')
    expect(relativeDay('2027-03-11', noon)).toBe('hier')
    expect(relativeDay('2027-03-15', noon)).toBe('dans 3\u00A0jours')
    expect(relativeDay('2027-03-01', noon)).toBe('il y a 11\u00A0jours')
  })

  it('says how late a due date is', () => {
    expect(deadline('2027-03-12', noon)).toBe('aujourd’hui')
    expect(deadline('2027-03-14', noon)).toBe('dans 2\u00A0jours')
    expect(deadline('2027-03-11', noon)).toBe('en retard de 1\u00A0jour')
    expect(deadline('2027-03-10', noon)).toBe('en retard de 2\u00A0jours')
  })
})

describe('moments', () => {
  it('gives the hour alone today, the day with it before', () => {
    expect(moment(new Date('2027-03-12T13:32:00Z'), noon)).toBe('14\u00A0h\u00A032')
    expect(moment(new Date('2027-03-11T13:32:00Z'), noon)).toBe('hier à 14\u00A0h\u00A032')
    expect(moment(new Date('2027-03-01T08:05:00Z'), noon)).toBe('le 1er\u00A0mars 2027 à 9\u00A0h\u00A005')
  })

  it('begins a title with a capital', () => {
    expect(titleDate('2027-03-12')).toBe('Vendredi 12\u00A0mars 2027')
    expect(capitalised('évaluation')).toBe('Évaluation')
  })
})

describe('titles and quotations', () => {
  it('goes from the page to the product and leaves out what is not known', () => {
    expect(documentTitle('Décisions', 'Tarn')).toBe('Décisions – Tarn – Espace SPIE')
    expect(documentTitle('Connexion', null)).toBe('Connexion – Espace SPIE')
    expect(documentTitle()).toBe('Espace SPIE')
  })

  it('keeps the guillemets against their words', () => {
    expect(quoted('Parcours')).toBe('«\u00A0Parcours\u00A0»')
  })
})

describe('what the screens share with the files', () => {
  it('comes from the same vocabulary', () => {
    expect(euros(125_000n, 'HT')).toBe('1\u202F250,00\u00A0€\u00A0HT')
    expect(personName({ civility: 'Mme', givenName: 'Claire', familyName: 'Vidal' })).toBe('Mme\u00A0Claire Vidal')
    expect(list(['a', 'b', 'c'])).toBe('a, b et c')
    expect(time(new Date('2027-03-12T13:32:00Z'))).toBe('14\u00A0h\u00A032')
  })
})
