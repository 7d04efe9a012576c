import { describe, expect, it } from 'vitest'
import { readForm } from '#app/forms.ts'
import { attendanceForm, meetingForm } from '#server/vocabulary/meeting-forms.ts'

const meeting = { day: '2027-03-12', startTime: '14:00', place: 'Albi' }
const notOurs = { '': ['Ce qui a été envoyé n’a pas la forme attendue. Rechargez la page, puis recommencez.'] }

describe('reading a form', () => {
  it('keeps the rows that were filled and forgets the empty ones', () => {
    const read = readForm(
      form({ ...meeting, 'items[0].title': 'Diagnostic', 'items[1].title': '', 'items[2].title': 'Suites' }),
      meetingForm,
    )
    expect('value' in read && read.value.items.map(item => item.title)).toEqual(['Diagnostic', 'Suites'])
  })

  it('gives back what was typed, with a French message at the field', () => {
    const read = readForm(form({ ...meeting, endTime: '27:00', 'items[0].durationMinutes': 'une heure' }), meetingForm)
    expect(read).toMatchObject({
      refused: {
        errors: {
          endTime: ['Cette heure n’existe pas. Écrivez-la ainsi\u00A0: 14:30.'],
          'items[0].durationMinutes': ['Durée\u00A0: de 1 à 600 minutes.'],
        },
        typed: { day: '2027-03-12', items: [{ durationMinutes: 'une heure' }] },
      },
    })
  })

  it('says at once what is wrong in a field and between fields', () => {
    const read = readForm(form({ endTime: '13:00', startTime: '14:00', 'items[0].reporter': 'M. Fabre' }), meetingForm)
    expect(errorsIn(read)).toEqual({
      day: ['Indiquez la date de la réunion.'],
      endTime: ['La réunion doit finir après avoir commencé.'],
      place: ['Indiquez un lieu, un lien de visioconférence, ou les deux.'],
      'items[0].title': ['Donnez un intitulé à ce point, ou videz toute sa ligne.'],
    })
  })

  it('says in French that a choice is not on the list', () => {
    const mandateId = '0190c0de-0000-7000-8000-000000000001'
    const read = readForm(form({ 'lines[0].mandateId': mandateId, 'lines[0].status': 'parti' }), attendanceForm)
    expect(errorsIn(read)).toEqual({ 'lines[0].status': ['Choisissez une présence de la liste.'] })
  })

  it.each([
    ['a row out of reach', { 'items[4000000000].title': 'x' }],
    ['a command of the library that reads forms', { __intent__: 'nope' }],
  ])('refuses %s, at once', (_what, fields) => {
    expect(errorsIn(readForm(form({ ...meeting, ...fields }), meetingForm))).toEqual(notOurs)
  })

  it('refuses a file', () => {
    const sent = form(meeting)
    sent.append('title', new File(['x'], 'x.txt'))
    expect(errorsIn(readForm(sent, meetingForm))).toEqual(notOurs)
  })

  it('refuses a text where a row is expected, in French', () => {
    const read = readForm(form({ ...meeting, 'items[0]': 'x' }), meetingForm)
    expect(Object.values(errorsIn(read)).flat()).toEqual(notOurs[''])
  })
})

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

function errorsIn(read: ReturnType<typeof readForm>): Record<string, string[]> {
  return 'refused' in read ? read.refused.errors : {}
}
