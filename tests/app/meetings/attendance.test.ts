import { describe, expect, it } from 'vitest'
import { NBSP } from '#app/formats.ts'
import {
  byInstitution,
  countStatuses,
  countsSentence,
  expectedLines,
  statusOf,
} from '#app/meetings/attendance-counts.ts'
import { changedLines, typedAttendance, usualModeOf, valuesOfLine } from '#app/meetings/attendance-values.ts'
import type { AttendanceLine } from '#server/domain/meetings/attendance-sheet.ts'

const claire = line({ mandateId: 'claire', name: 'Mme Claire Vidal' })
const omar = line({ mandateId: 'omar', name: 'M. Omar Fabre', status: 'absent' })

describe('marking who is there', () => {
  it('two people mark at the same time: who saves last does not undo what the other did meanwhile', () => {
    const page = [claire, omar].map(each => valuesOfLine(each, ''))
    const sentByBea = [{ ...values(page, 0), status: 'present' }, values(page, 1)]
    expect(changedLines(sentByBea, sentByBea).map(each => each.mandateId)).toEqual(['claire'])
  })

  it('what was typed with a mistake in it is still what this person changed', () => {
    const form = new FormData()
    const shown = valuesOfLine(omar, '')
    for (const [name, value] of Object.entries({ ...shown, status: 'represente' })) form.set(`lines[7].${name}`, value)
    const typed = typedAttendance(form)
    expect(typed).toEqual([{ ...shown, status: 'represente' }])
    expect(changedLines(typed, typed)).toEqual(typed)
  })

  it('a meeting held in one place only says how people come; a recorded line keeps what it says', () => {
    expect(usualModeOf({ place: 'Albi', link: '' })).toBe('sur_place')
    expect(usualModeOf({ place: '', link: 'https://visio.exemple.fr' })).toBe('distance')
    expect(usualModeOf({ place: 'Albi', link: 'https://visio.exemple.fr' })).toBe('')
    expect(valuesOfLine(claire, 'sur_place').mode).toBe('sur_place')
    expect(valuesOfLine(line({ status: 'present' }), 'sur_place').mode).toBe('')
    expect(valuesOfLine(line({ status: 'present', mode: 'distance' }), 'sur_place').mode).toBe('distance')
  })
})

describe('counting who is there', () => {
  it('says each status that somebody has, and how many are left', () => {
    const counts = countStatuses(['present', 'present', 'excuse', null, null])
    expect(countsSentence(counts)).toBe(`2${NBSP}présents, 1${NBSP}excusé et 2${NBSP}personnes à${NBSP}renseigner`)
  })

  it('once the meeting is held, a titulaire of whom nothing was recorded was absent', () => {
    expect(statusOf(claire, 'en_cours')).toBeNull()
    expect(statusOf(claire, 'tenue')).toBe('absent')
    expect(statusOf(line({ titulaire: false }), 'tenue')).toBeNull()
  })

  it('a suppléant counts only when marked, and comes after those one expects', () => {
    const suppleant = line({ mandateId: 'theo', titulaire: false })
    expect(expectedLines([suppleant, claire])).toEqual([claire])
    expect(byInstitution([suppleant, claire])).toEqual([['CAF du Tarn', [claire, suppleant]]])
  })
})

function line(values: Partial<AttendanceLine>): AttendanceLine {
  return {
    mandateId: 'somebody',
    name: 'Mme Anne Roux',
    functionLabel: 'Membre',
    qualite: '',
    organisation: 'CAF du Tarn',
    titulaire: true,
    status: null,
    mode: null,
    representedBy: null,
    reason: null,
    ...values,
  }
}

function values(page: ReturnType<typeof valuesOfLine>[], row: number) {
  const found = page[row]
  if (!found) throw new Error('no such row')
  return found
}
