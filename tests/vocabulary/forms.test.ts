import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { placementForm, resultForm, withdrawalForm } from '#server/vocabulary/decision-forms.ts'
import { day, identifier, line, paragraph, requiredLine, time, webAddress } from '#server/vocabulary/fields.ts'
import {
  attendanceForm,
  cancellationForm,
  meetingForm,
  meetingRevision,
  postponementForm,
} from '#server/vocabulary/meeting-forms.ts'

const megabyte = 'a'.repeat(1024 * 1024)
const id = '00000000-0000-4000-8000-000000000001'

/** What is wrong, by field; nothing when it is accepted. */
function problems(schema: z.ZodType, input: unknown): Record<string, string[]> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return {}
  return Object.fromEntries(
    [...Map.groupBy(parsed.error.issues, issue => issue.path.join('.'))].map(([path, issues]) => [
      path,
      issues.map(issue => issue.message),
    ]),
  )
}

describe('a day', () => {
  const schema = day('Indiquez la date.')
  it.each(['2027-03-12', '2028-02-29', '2000-01-01', '2100-12-31'])('may be %s', text => {
    expect(problems(schema, text)).toEqual({})
  })
  it.each([
    '2027-02-29',
    '2027-02-30',
    '2027-13-01',
    '2027-00-10',
    '2027-04-31',
    '1999-12-31',
    '2101-01-01',
    '12/03/2027',
    '2027-3-12',
    '2027-03-12T10:00',
    ' 2027-03-12',
    '２０２７-03-12',
    'demain',
    '2027-03-12\n',
    '-2027-03-12',
  ])('may not be %j', text => {
    expect(problems(schema, text)[''], text).toEqual([expect.stringContaining('Cette date n’existe pas')])
  })
  it.each([[undefined], [null], [''], [20270312], [['2027-03-12']], [{}]])('is asked for when it is %j', input => {
    expect(problems(schema, input)['']?.[0]).toBe('Indiquez la date.')
  })
})

describe('a time', () => {
  const schema = time('Indiquez l’heure.')
  it.each(['00:00', '09:30', '23:59'])('may be %s', text => {
    expect(problems(schema, text)).toEqual({})
  })
  it.each(['24:00', '12:60', '9:30', '14h30', '14:30:00', ' 14:30', '14:30\n', '-1:00'])('may not be %j', text => {
    expect(problems(schema, text)['']?.[0]).toContain('Cette heure n’existe pas')
  })
})

describe('a line of text', () => {
  it('is trimmed, its line breaks and tabs are spaces, its French spaces stay', () => {
    expect(line(300).parse('  Ordre\tdu\r\n jour\u00A0: suites\u202F!  ')).toBe('Ordre du jour\u00A0: suites\u202F!')
    expect(line(300).parse('a\u2028b\u2029c\u0085d')).toBe('a b c d')
  })
  it('may be absent, but then it is empty', () => {
    expect(line(10).parse(undefined)).toBe('')
    expect(problems(requiredLine(10, 'Écrivez un titre.'), '  \n ')).toEqual({ '': ['Écrivez un titre.'] })
  })
  it.each([
    ['too long', 'a'.repeat(301)],
    ['of a megabyte', megabyte],
  ])('is refused when it is %s', (_, text) => {
    expect(problems(line(300), text)).toEqual({ '': ['Ce texte est trop long : 300 caractères au plus.'] })
  })
  it.each([
    ['a NUL', 'a\u0000b'],
    ['an escape', 'a\u001b[31m'],
    ['a backspace', 'a\u0008b'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00a'],
  ])('is refused with %s in it', (_, text) => {
    expect(problems(line(300), text)['']?.[0]).toContain('caractères invisibles')
    expect(problems(paragraph(300), text)['']?.[0]).toContain('caractères invisibles')
  })
  it('takes any character that can be kept', () => {
    const text = 'Ça, œuvre, ﷽, 👩‍👩‍👧, 漢字, e\u0301'
    expect(line(300).parse(text)).toBe(text)
  })
  it.each([[12], [true], [['a']], [{ toString: 'a' }], [null]])('is not %j', input => {
    expect(problems(line(300), input)['']?.[0]).toBe('Ce champ doit être un texte.')
  })
})

describe('a paragraph', () => {
  it('keeps its lines', () => {
    expect(paragraph(50).parse(' un\r\ndeux\rtrois ')).toBe('un\ndeux\ntrois')
  })
})

describe('a web address', () => {
  it.each(['', 'https://visio.exemple.fr/a?b=c#d', 'http://exemple.fr'])('may be %j', text => {
    expect(problems(webAddress(), text)).toEqual({})
  })
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//exemple.fr',
    'exemple.fr',
    'https://',
    'https:// exemple.fr',
    'https://exemple.fr espace',
    'mailto:a@b.fr',
  ])('may not be %j', text => {
    expect(problems(webAddress(), text)['']?.[0]).toContain('Cette adresse doit commencer par https://')
  })
})

describe('an identifier', () => {
  it.each(['', 'x', '00000000-0000-4000-8000-00000000000', `${id}\n`, ` ${id}`, megabyte])('may not be %.40j', text => {
    expect(problems(identifier(), text)['']?.[0]).toContain('Ce choix n’existe pas')
  })
})

describe('the form of a meeting', () => {
  const good = { day: '2027-03-12', startTime: '14:00', place: 'Albi' }
  it('takes what a page sends', () => {
    expect(meetingForm.parse({ ...good, items: [{ title: ' Bilan ', durationMinutes: '20' }, { title: '' }] })).toEqual(
      {
        ...good,
        endTime: '',
        title: '',
        link: '',
        items: [{ title: 'Bilan', reporter: '', durationMinutes: 20 }],
      },
    )
  })
  it('says everything at once, each at its field', () => {
    const bad = {
      day: '2027-02-30',
      startTime: '25:00',
      endTime: 'midi',
      title: megabyte,
      place: 'a\u0000',
      link: 'javascript:x',
      items: [{ title: 'a\ud800', reporter: megabyte, durationMinutes: '601', id: 'x' }],
    }
    const found = problems(meetingForm, bad)
    expect(Object.keys(found).sort()).toEqual([
      'day',
      'endTime',
      'items.0.durationMinutes',
      'items.0.id',
      'items.0.reporter',
      'items.0.title',
      'link',
      'place',
      'startTime',
      'title',
    ])
    // In French, and never the value itself.
    for (const message of Object.values(found).flat()) {
      expect(message).toMatch(/^[A-ZÀÉÊÇ].*\.$/)
      expect(message.length).toBeLessThan(200)
    }
  })
  it.each(['0', '-5', '601', '1.5', 'NaN', 'Infinity', '1e999', 'vingt'])('refuses a duration of %s minutes', value => {
    const found = problems(meetingForm, { ...good, items: [{ title: 'Un', durationMinutes: value }] })
    expect(found['items.0.durationMinutes']?.[0]).toContain('de 1 à 600 minutes')
  })
  it('refuses a hundred and one items', () => {
    const items = Array.from({ length: 101 }, () => ({ title: 'Un' }))
    expect(problems(meetingForm, { ...good, items })).toEqual({
      items: ['Un ordre du jour compte 100 points au plus.'],
    })
  })
  it.each([
    ['14:00', '14:00'],
    ['14:00', '13:59'],
    ['23:00', '00:30'],
  ])('refuses a meeting from %s to %s', (startTime, endTime) => {
    expect(problems(meetingForm, { ...good, startTime, endTime })).toEqual({
      endTime: ['La réunion doit finir après avoir commencé.'],
    })
  })
  it.each([['0'], ['-1'], ['1.5'], ['x'], [''], [null]])('refuses %j as a revision', revision => {
    expect(meetingRevision.safeParse({ revision }).success).toBe(false)
  })
})

describe('the other forms', () => {
  it('want a reason to cancel, to put off, to withdraw', () => {
    expect(problems(cancellationForm, { reason: ' ' }).reason?.[0]).toContain('Dites pourquoi')
    expect(problems(withdrawalForm, {}).reason?.[0]).toContain('Dites pourquoi')
    expect(Object.keys(problems(postponementForm, { reason: 'x', day: '2027-02-29', startTime: '' }))).toEqual([
      'day',
      'startTime',
    ])
  })
  it('want a result of the list, and a meeting', () => {
    expect(Object.keys(problems(resultForm, { result: 'validee', meetingId: 'x', reason: 'a' }))).toEqual([
      'result',
      'meetingId',
    ])
    expect(problems(resultForm, { result: 'rejetee', meetingId: id })).toEqual({
      reason: ['Dites pourquoi : le groupe qui propose lira ce motif.'],
    })
    expect(Object.keys(problems(placementForm, { meetingId: '' }))).toEqual(['meetingId'])
  })
  it('want to know by whom a person is represented, and take no status out of the list', () => {
    const lines = [
      { mandateId: id, status: 'represente' },
      { mandateId: id, status: 'malade' },
      { mandateId: id, status: 'present', mode: 'hologramme' },
      { mandateId: 'x', status: 'present' },
    ]
    expect(Object.keys(problems(attendanceForm, { lines })).sort()).toEqual([
      'lines.0.representedBy',
      'lines.1.status',
      'lines.2.mode',
      'lines.3.mandateId',
    ])
    const many = Array.from({ length: 501 }, () => ({ mandateId: id }))
    expect(Object.keys(problems(attendanceForm, { lines: many }))).toEqual(['lines'])
  })
})
