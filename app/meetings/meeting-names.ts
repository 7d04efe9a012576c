import { longDate, mediumDate } from '#app/formats.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'

/** « réunion du vendredi 12 mars 2027 » */
export function meetingName({ startsAt }: { startsAt: Date }): string {
  return `réunion du ${longDate(startsAt)}`
}

/** For a document's title, where the place is short: « Réunion du 12 mars 2027 », « Parcours ». */
export function meetingTitleParts(page: Pick<MeetingPage, 'startsAt' | 'instance'> | undefined): string[] {
  return page ? [`Réunion du ${mediumDate(page.startsAt)}`, page.instance.shortName] : []
}

type Place = Pick<MeetingPage, 'id' | 'startsAt' | 'instance'>

/** What stands above a meeting; an invité has no page of the instance. */
export function aboveMeeting(slug: string, { instance }: Pick<MeetingPage, 'instance'>, readsConsortium = true) {
  const meetings = { label: 'Réunions', to: `/${slug}/reunions` }
  return readsConsortium ? [meetings, { label: instance.name, to: `/${slug}/instances/${instance.slug}` }] : [meetings]
}

/** What stands above a meeting's own pages. */
export function belowMeeting(slug: string, page: Place) {
  const meeting = { label: `Réunion du ${mediumDate(page.startsAt)}`, to: `/${slug}/reunions/${page.id}` }
  return [...aboveMeeting(slug, page), meeting]
}
