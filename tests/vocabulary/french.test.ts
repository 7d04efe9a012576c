import { describe, expect, it } from 'vitest'
import {
  counted,
  dateTime,
  dateTimeRange,
  euros,
  isDay,
  list,
  longDate,
  mediumDate,
  number,
  ordinal,
  parisDay,
  personName,
  plural,
  shortDate,
  time,
  unbreakableSpaces,
} from '#server/vocabulary/french.ts'

describe('dates in French', () => {
  it('writes the day, the month in full, and the Paris clock, winter and summer', () => {
    expect(dateTime(new Date('2027-03-12T13:00:00Z'))).toBe('vendredi 12\u00A0mars 2027, 14\u00A0h\u00A000')
    expect(dateTime(new Date('2027-07-01T07:05:00Z'))).toBe('jeudi 1er\u00A0juillet 2027, 9\u00A0h\u00A005')
  })

  it('takes the Paris day when it differs from the UTC day', () => {
    const almostMidnight = new Date('2026-12-31T23:30:00Z')
    expect(longDate(almostMidnight)).toBe('vendredi 1er\u00A0janvier 2027')
    expect(time(almostMidnight)).toBe('0\u00A0h\u00A030')
    expect(parisDay(almostMidnight)).toBe('2027-01-01')
  })

  it('leaves a calendar day alone, whatever the time zone', () => {
    expect(mediumDate('2026-11-22')).toBe('22\u00A0novembre 2026')
    expect(longDate('2026-11-22')).toBe('dimanche 22\u00A0novembre 2026')
    expect(shortDate('2026-03-01')).toBe('01/03/2026')
  })

  it('writes a range on one day and on two', () => {
    const start = new Date('2027-03-12T13:00:00Z')
    expect(dateTimeRange(start, null)).toBe(dateTime(start))
    expect(dateTimeRange(start, new Date('2027-03-12T15:30:00Z'))).toBe(
      'vendredi 12\u00A0mars 2027, de 14\u00A0h\u00A000 à 16\u00A0h\u00A030',
    )
    expect(dateTimeRange(start, new Date('2027-03-13T10:00:00Z'))).toBe(
      'du vendredi 12\u00A0mars 2027, 14\u00A0h\u00A000 au samedi 13\u00A0mars 2027, 11\u00A0h\u00A000',
    )
  })

  it('refuses days that do not exist', () => {
    expect(isDay('2028-02-29')).toBe(true)
    for (const wrong of ['2027-02-29', '2027-13-01', '2027-3-1', '0000-01-01', 'hier', '2027-03-12T00:00'])
      expect(isDay(wrong), wrong).toBe(false)
    expect(() => longDate('2027-02-30')).toThrow(RangeError)
    expect(() => longDate(new Date(Number.NaN))).toThrow(RangeError)
  })
})

describe('numbers, lists and names in French', () => {
  it('begins the plural at two', () => {
    expect([0, 1, 1.5, 2].map(count => plural(count, 'décision'))).toEqual([
      'décision',
      'décision',
      'décision',
      'décisions',
    ])
    expect(counted(1200, 'réunion')).toBe('1\u202F200\u00A0réunions')
    expect(counted(2, 'travail', 'travaux')).toBe('2\u00A0travaux')
  })

  it('groups thousands and always says whether tax is included', () => {
    expect(number(2142411)).toBe('2\u202F142\u202F411')
    expect(number(12.5)).toBe('12,5')
    expect(euros(125000n, 'HT')).toBe('1\u202F250,00\u00A0€\u00A0HT')
    expect(euros(-5n, 'TTC')).toBe('-0,05\u00A0€\u00A0TTC')
  })

  it('writes « 1er » for the first only', () => {
    expect([ordinal(1), ordinal(1, 'feminine'), ordinal(2)]).toEqual(['1er', '1re', '2e'])
  })

  it('joins lists with « et », people after their civilité', () => {
    expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'], 'ou')]).toEqual([
      '',
      'a',
      'a et b',
      'a, b ou c',
    ])
    expect(personName({ civility: 'Mme', givenName: 'Claire', familyName: 'Vidal' })).toBe('Mme\u00A0Claire Vidal')
    expect(personName({ civility: null, givenName: 'Claire', familyName: 'Vidal' })).toBe('Claire Vidal')
  })

  it('makes existing spaces unbreakable and never adds a character', () => {
    expect(unbreakableSpaces('Vrai ? « Oui » : 5 % !')).toBe('Vrai\u202F? «\u00A0Oui\u00A0»\u00A0: 5\u00A0%\u202F!')
    expect(unbreakableSpaces('https://exemple.fr/a?b=1 14:00')).toBe('https://exemple.fr/a?b=1 14:00')
  })
})
