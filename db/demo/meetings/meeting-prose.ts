import type { MinutesProse } from '../prose.ts'

/** A meeting of the demonstration as its file describes it. */
export type MeetingProse = {
  title: string
  place: string
  link?: string
  /** Wall-clock times in Paris; today's meeting begins when the calendar says. */
  start: string
  end: string
  items: readonly { title: string; reporter?: string; minutes?: number }[]
  /** What was written in its minutes; none yet for a meeting to come. */
  prose?: MinutesProse
}
