import { named, type Person } from '../people.ts'
import type { MeetingKey } from '../staged.ts'

/** Who opens a live text to write it, who to follow it; for everyone else it is not there. */
export type TextRow = { write: readonly Person[]; read: readonly Person[] }

const row = (write: string, read = ''): TextRow => ({ write: named(write), read: named(read) })

/** [H15] [H16] Live texts, by the meeting of which they are the minutes. */
export const textRows = {
  parcoursPreparation: row('copilote1 copilote2 prestataire chef', 'membre suppleant'),
  // The invité follows the draft from the announcement until the meeting is held.
  parcoursAnnounced: row('copilote1 copilote2 prestataire chef', 'membre suppleant invite'),
  parcoursRunning: row('copilote1 copilote2 prestataire chef', 'membre suppleant invite'),
  parcoursHeld: row('copilote1 copilote2 prestataire chef', 'membre suppleant'),
  parcoursOpened: row('copilote1 copilote2 prestataire chef membre suppleant'),
  parcoursProofread: row('copilote1 copilote2 prestataire chef', 'membre suppleant'),
  // A meeting that will not take place has nothing to write.
  parcoursCancelled: row('', 'copilote1 copilote2 prestataire chef membre suppleant'),
  parcoursPostponed: row('', 'copilote1 copilote2 prestataire chef membre suppleant'),
  offreHeld: row('copiloteOffre prestataire chef', 'membreOffre'),
  numeriqueHeld: row('copiloteNumerique chef'),
  // Steering bodies keep their drafts for those who write them, unless they open them.
  strategicHeld: row('presidentStrategique chef'),
  strategicOpened: row('presidentStrategique membreStrategique chef'),
  institutionalHeld: row('presidentInstitutionnel secretaireInstitutionnel chef'),
  institutionalProofread: row('presidentInstitutionnel secretaireInstitutionnel chef'),
  restrictedHeld: row('chef', 'membreRestreint'),
  varHeld: row('copiloteVar chefVar'),
  // Sealed: closed for everyone, those who read the minutes included.
  parcoursValidated: row(''),
  parcoursDistributed: row(''),
  strategicApproved: row(''),
  nationalDistributed: row(''),
  varDistributed: row(''),
} satisfies Partial<Record<MeetingKey, TextRow>>

export type TextKey = keyof typeof textRows

/** Names that stand for no live text, made from the identifier of one that everyone of Parcours may open. */
export const namesOfNothing: Readonly<Record<string, (id: string) => string>> = {
  unknown: () => 'minutes.11111111-1111-4111-8111-111111111111.1',
  'of another epoch': id => `minutes.${id}.2`,
  'of no epoch': id => `minutes.${id}`,
  'of epoch 0': id => `minutes.${id}.0`,
  'of an endless epoch': id => `minutes.${id}.99999999999999999999`,
  'with a tail': id => `minutes.${id}.1.1`,
  'in a folder': id => `minutes.${id}.1/1`,
  'of another kind': id => `decisions.${id}.1`,
  'in capitals': id => `minutes.${id.toUpperCase()}.1`,
  'not an identifier': () => 'minutes.x.1',
  'with a NUL': id => `minutes.${id}.1%00`,
  'with a lone surrogate': id => `minutes.${id}.1%ED%A0%80`,
  empty: () => '',
}
