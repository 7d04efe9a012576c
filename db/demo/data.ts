import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConsortiumDescription, PersonDescription } from '#server/domain/consortia/description.ts'
import { readDescription } from '#server/domain/consortia/read-description.ts'
import { type ConsortiumFunctionKind, civiliteLabels, type MandateFunction } from '#server/vocabulary/governance.ts'

/** A consortium of the demonstration: what its file in `db/consortia` describes, and its invented people. */
export type ConsortiumData = Omit<ConsortiumDescription, 'chefs' | 'people'> & { people: readonly PersonData[] }

/** A day of the demonstration: a number of days from today, or the 1 January that comes. */
export type DemoDay = number | 'next-january'

/** What a person does in an instance. Without dates, from the consortium's first day on. */
export type SeatData = {
  function: Exclude<MandateFunction, 'invite'>
  /** The function in the words that suit the person: « Présidente ». */
  label: string
  /** Carries the voice of the institution there. */
  voice?: boolean
  from?: DemoDay
  until?: DemoDay
  /** E-mail (left part) of the titulaire of a suppléant, or of whom an assistant helps. */
  of?: string
  /** E-mail (left part) of whose mandate this one takes over. */
  replaces?: string
  /** For an assistant: the dossier of the instance is open. */
  readsDossier?: boolean
}

export type PersonData = {
  /** Civilité, given name, family name. */
  name: string
  /** Left part of the e-mail address, for those who can sign in. The others get one made from their name, and no password. */
  signsInAs?: string
  organisation?: string
  qualite: string
  phone?: string
  seats?: Readonly<Record<string, SeatData>>
  /** Function in the whole consortium. */
  consortiumFunction?: { kind: ConsortiumFunctionKind; label: string; attachedTo?: readonly string[] }
  suspended?: boolean
}

/** The consortium of a file of `db/consortia`, with its chefs de projet before the demonstration's other people. */
export function demoConsortium(slug: string, people: readonly PersonData[]): ConsortiumData {
  const reading = readDescription(readFileSync(join(import.meta.dirname, `../consortia/${slug}.yaml`), 'utf8'))
  if ('mistakes' in reading) throw new Error(`db/consortia/${slug}.yaml: ${JSON.stringify(reading.mistakes)}`)
  const { chefs, ...description } = reading.description
  return { ...description, people: [...chefs.map(chefData), ...people] }
}

function chefData({ civilite, givenName, familyName, email, phone, organisation, qualite, label }: PersonDescription) {
  const person: PersonData = {
    name: `${civiliteLabels[civilite]} ${givenName} ${familyName}`,
    signsInAs: email.split('@')[0] ?? '',
    qualite,
    consortiumFunction: { kind: 'chef_de_projet', label },
  }
  return { ...person, ...(organisation && { organisation }), ...(phone && { phone }) }
}

export const membre: SeatData = { function: 'membre', label: 'Membre', voice: true }
/** A member whose institution already has a voice there. */
export const membreSansVoix: SeatData = { function: 'membre', label: 'Membre' }
export const copilote: SeatData = { function: 'copilote', label: 'Copilote', voice: true }
export const copiloteSansVoix: SeatData = { function: 'copilote', label: 'Copilote' }
export const presidente: SeatData = { function: 'president', label: 'Présidente', voice: true }
export const president: SeatData = { function: 'president', label: 'Président', voice: true }
export const secretaire: SeatData = { function: 'secretaire', label: 'Secrétaire' }
