import { isDay } from '#server/vocabulary/french.ts'

/** The day that an address asks for (`?jour=2027-03-12`), or today. */
export function dayIn(request: Request, today: string): string {
  const asked = new URL(request.url).searchParams.get('jour') ?? ''
  return isDay(asked) ? asked : today
}
