import { expect } from 'vitest'
import { asData } from './checks.ts'
import type { Person } from './people.ts'
import type { Answer, Asked, Site } from './site.ts'

/** What is sent, by whom (a copilote of Parcours, unless said), and what must come back: a status and a French sentence. */
export type BadInput = { what: string; who?: Person; asked: Asked; status: number; says: string }

export const notFound = 'Cette page n’existe pas, ou vous n’y avez pas accès.'

/** The form of a meeting that would be accepted. */
export const meeting = {
  revision: '1',
  day: '2027-04-28',
  startTime: '09:30',
  endTime: '',
  place: 'Castres',
  title: '',
}

/** Sends each as a page and as data; each must be refused so, and nothing at all may have changed. */
export async function expectRefused(site: Site, inputs: readonly BadInput[]): Promise<void> {
  const before = await site.checksum()
  const failures: string[] = []
  for (const { what, who = 'copilote1', asked, status, says } of inputs) {
    const page = await site.ask(who, asked)
    const words = wordsOf(page)
    if (page.status !== status) failures.push(`${what}: ${page.status} instead of ${status}: ${words.slice(0, 200)}`)
    else if (english.test(words) || !words.includes(says)) failures.push(`${what}: « ${words.slice(0, 300)} »`)
    const data = await site.ask(who, { ...asked, path: asData(asked.path) })
    if (data.status !== status) failures.push(`${what}, as data: ${data.status} instead of ${status}`)
  }
  expect(failures).toEqual([])
  expect(await site.checksum()).toEqual(before)
  expect(site.errors).toEqual([])
}

/** What a person reads in an answer, with ordinary spaces. */
export function wordsOf({ body }: Answer): string {
  return body
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;|&#39;/g, '’')
    .replace(/[\s\u00A0\u202F]+/g, ' ')
}

/** What libraries say when nobody has written a sentence. */
const english = /Unexpected|Error\b|Invalid|did not|Failed|undefined|\[object/
