import { Link } from '@remix-run/react'
import type { Description } from '#app/components/DescriptionList.tsx'
import { mediumDate } from '#app/formats.ts'
import type { OrganisationName, OrganisationPage } from '#server/domain/organisations/organisation-page.ts'
import { organisationPhaseLabels } from '#server/vocabulary/governance.ts'

type Entered = Pick<
  OrganisationPage,
  'phase' | 'territory' | 'enteredOn' | 'enteredByDecision' | 'enteredByAct' | 'leftOn'
>

/** How an institution entered, and from where it is. */
export function entryFacts(slug: string, page: Entered): Description[] {
  const decision = page.enteredByDecision
  return [
    { term: 'Phase d’entrée', value: organisationPhaseLabels[page.phase] },
    { term: 'Territoire', value: page.territory },
    { term: 'Entrée le', value: page.enteredOn && mediumDate(page.enteredOn) },
    {
      term: 'Entrée par',
      value: decision ? (
        <Link to={`/${slug}/decisions/${decision.id}`}>décision {decision.number}</Link>
      ) : (
        page.enteredByAct
      ),
    },
    { term: 'Autre acte', value: decision && page.enteredByAct },
    { term: 'Dernier jour dans le consortium', value: page.leftOn && mediumDate(page.leftOn) },
  ]
}

/** « du 19 décembre 2008 au 31 décembre 2023 », « depuis le 1er janvier 2024 », « depuis l’origine ». */
export function daysOf({ startsOn, endsOn }: Pick<OrganisationName, 'startsOn' | 'endsOn'>): string {
  if (startsOn === null) return endsOn === null ? 'depuis l’origine' : `jusqu’au ${mediumDate(endsOn)}`
  return endsOn === null ? `depuis le ${mediumDate(startsOn)}` : `du ${mediumDate(startsOn)} au ${mediumDate(endsOn)}`
}
