import { describe, expect, it } from 'vitest'
import {
  type AgendaValues,
  emptyMeeting,
  typedAfterConflict,
  typedMeeting,
  valuesOfMeeting,
  valuesToResume,
  withoutBlanks,
} from '#app/meetings/meeting-values.ts'
import type { MeetingDraft, MeetingPage } from '#server/domain/meetings/meeting-page.ts'

const winterMorning = new Date('2027-01-15T08:05:00Z')
const summerAfternoon = new Date('2027-07-15T12:30:00Z')

describe('the form of a meeting', () => {
  it('shows day and hours on the clock of Paris, winter and summer', () => {
    expect(valuesOfMeeting(meeting({ startsAt: winterMorning, endsAt: null }))).toMatchObject({
      day: '2027-01-15',
      startTime: '09:05',
      endTime: '',
    })
    expect(valuesOfMeeting(meeting({ startsAt: summerAfternoon }))).toMatchObject({ startTime: '14:30' })
  })

  it('resumes place, link, hours and points of the previous meeting, not its day; its points are new ones', () => {
    const previous: MeetingDraft = {
      previousMeetingId: 'previous',
      startsAt: winterMorning,
      endsAt: null,
      title: 'Suivi',
      place: 'Albi',
      link: '',
      items: [{ title: 'Tour de table', reporter: 'Mme Vidal', durationMinutes: 15 }],
    }
    expect(valuesToResume(previous)).toEqual({
      day: '',
      startTime: '09:05',
      endTime: '',
      title: 'Suivi',
      place: 'Albi',
      link: '',
      items: [{ id: '', title: 'Tour de table', reporter: 'Mme Vidal', durationMinutes: '15' }],
    })
  })

  it('gives back what was typed, right or wrong, row by row', () => {
    const form = new FormData()
    form.set('day', '31 février')
    form.set('items[10].title', 'Dernier')
    form.set('items[2].durationMinutes', 'longtemps')
    const typed = typedMeeting(form)
    expect(typed).toMatchObject({ ...emptyMeeting, day: '31 février', items: expect.anything() })
    expect(typed.items).toEqual([item({ durationMinutes: 'longtemps' }), item({ title: 'Dernier' })])
  })

  it('forgets only the rows in which nothing is typed', () => {
    const typed = { ...emptyMeeting, items: [item({ title: ' ' }), item({ reporter: 'M. Fabre' }), item({})] }
    expect(withoutBlanks(typed).items).toEqual([item({ reporter: 'M. Fabre' })])
  })

  it('after a conflict, keeps what was typed and can be saved: removed points are new ones, placed proposals come back', () => {
    const saved = [agendaItem('kept'), agendaItem('placed', 'a-decision')]
    const typed = {
      ...emptyMeeting,
      items: [item({ id: 'kept', title: 'Un' }), item({ id: 'removed', title: 'Deux' })],
    }
    expect(typedAfterConflict(typed, saved).items).toEqual([
      item({ id: 'kept', title: 'Un' }),
      item({ title: 'Deux' }),
      item({ id: 'placed', title: 'Point placed' }),
    ])
  })
})

function item(values: Partial<AgendaValues>): AgendaValues {
  return { id: '', title: '', reporter: '', durationMinutes: '', ...values }
}

function agendaItem(id: string, decisionId: string | null = null) {
  return { id, title: `Point ${id}`, reporter: '', durationMinutes: null, decisionId }
}

function meeting(values: Partial<MeetingPage>): MeetingPage {
  return { title: '', place: '', link: '', startsAt: winterMorning, endsAt: null, agenda: [], ...values } as MeetingPage
}
