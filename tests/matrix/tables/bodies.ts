import { members, named, type Person } from '../people.ts'

/** Who of the cast sits where: what every table below is made of. Written by hand from the list of people, not computed. */
const seats = {
  parcours: 'copilote1 copilote2 membre suppleant',
  offre: 'copiloteOffre membreOffre',
  numerique: 'copiloteNumerique',
  strategique: 'presidentStrategique membreStrategique',
  restreint: 'membreRestreint',
  institutionnelle: 'presidentInstitutionnel membreInstitutionnel secretaireInstitutionnel',
}

/** Those who read drafts whatever the body's setting: the presidency, copilotes, secretariat, and who writes for them. */
const writing = {
  parcours: 'copilote1 copilote2 chef',
  offre: 'copiloteOffre chef',
  numerique: 'copiloteNumerique chef',
  strategique: 'presidentStrategique chef',
  restreint: 'chef',
  institutionnelle: 'presidentInstitutionnel secretaireInstitutionnel chef',
}

export type Body = keyof typeof seats

/** The body, its attached prestataire (parcours and offre here) and the chef de projet. */
export function around(body: Body): Person[] {
  const attached = body === 'parcours' || body === 'offre' ? ['prestataire' as const] : []
  return [...named(seats[body]), ...attached, 'chef']
}

/** The body itself: president, copilotes, membres, suppléants, secretary. */
export const seatedIn = (body: Body): Person[] => named(seats[body])

/** Copilotes, presidency, secretariat, chef de projet. */
export const writersOf = (body: Body): Person[] => named(writing[body])

/**
 * Everyone whose niveau is at least operational: all who hold a mandate as president, copilote, membre or suppléant.
 * A secretary, a correspondant, an observateur, a prestataire have no niveau.
 */
export const everyLevel: Person[] = named(`
  copilote1 copilote2 membre suppleant copiloteOffre membreOffre copiloteNumerique
  presidentStrategique membreStrategique membreRestreint presidentInstitutionnel membreInstitutionnel`)

/** Niveau strategic or above. */
export const strategicLevel: Person[] = named(
  'presidentStrategique membreStrategique membreRestreint presidentInstitutionnel membreInstitutionnel',
)

/** Copilotes of technical groups, who read what the strategic instance itself publishes. */
export const technicalCopilotes: Person[] = named('copilote1 copilote2 copiloteOffre copiloteNumerique')

export { members, named }
