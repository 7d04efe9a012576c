import { addDays } from '#server/calendar.ts'
import { Invalid } from '#server/errors.ts'
import type { EndForm } from '#server/vocabulary/mandate-forms.ts'

/** When something ends: at once, or at the end of a day. */
export type LastDay = EndForm

/** The last day of what ends at once is yesterday: what it gave stops now. @throws Invalid without a day */
export function lastDayOf({ today }: { today: string }, { when, lastDay }: LastDay): string {
  if (when === 'maintenant') return addDays(today, -1)
  if (lastDay === null) throw new Invalid('Indiquez le dernier jour.', { lastDay: ['Indiquez le dernier jour.'] })
  return lastDay
}
