import { Link, useLocation } from '@remix-run/react'
import type { FrameProps } from './Frame.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { Menu } from './Menu.tsx'
import { PlainList } from './PlainList.tsx'

/** How many places a phone's bar holds with words one can read. */
const fitOnPhone = 5

/**
 * The main places. At the left of the screen; a bar at the bottom of a phone (one list, moved by CSS), where the places
 * that do not fit stand behind « Plus ».
 */
export function Navigation({ consortium }: Pick<FrameProps, 'consortium'>) {
  const { pathname } = useLocation()
  const current = currentPlace(pathname, consortium?.slug)
  const all = places(consortium)
  const kept = all.length > fitOnPhone ? fitOnPhone - 1 : all.length
  const others = all.slice(kept)
  const link = (place: Place) => (
    <Link to={place.to} aria-current={place.key === current ? (place.to === pathname ? 'page' : 'true') : undefined}>
      <Icon name={place.icon} />
      {place.label}
    </Link>
  )
  return (
    <nav className="navigation" aria-label="Navigation principale">
      <PlainList>
        {all.map((place, rank) => (
          <li key={place.key} className={rank < kept ? undefined : 'navigation-wide'}>
            {link(place)}
          </li>
        ))}
        {others.length > 0 && (
          <li className="navigation-more" data-current={others.some(({ key }) => key === current) || undefined}>
            <Menu
              summaryClassName="navigation-summary"
              summary={
                <>
                  <Icon name="more" />
                  Plus
                </>
              }
            >
              {others.map(place => (
                <div key={place.key}>{link(place)}</div>
              ))}
            </Menu>
          </li>
        )}
      </PlainList>
    </nav>
  )
}

type PlaceKey = 'accueil' | 'instances' | 'reunions' | 'decisions' | 'annuaire' | 'ma-structure' | 'gestion'

type Place = { key: PlaceKey; label: string; to: string; icon: IconName }

function places(consortium: FrameProps['consortium']): Place[] {
  if (!consortium) return [{ key: 'accueil', label: 'Accueil', to: '/', icon: 'home' }]
  const { slug, readsConsortium, administers, speaksForOrganisation } = consortium
  const home = { key: 'accueil', label: 'Accueil', to: `/${slug}/accueil`, icon: 'home' } as const
  if (!readsConsortium) return [home]
  return [
    home,
    { key: 'instances', label: 'Instances', to: `/${slug}`, icon: 'instances' },
    { key: 'reunions', label: 'Réunions', to: `/${slug}/reunions`, icon: 'meeting' },
    { key: 'decisions', label: 'Décisions', to: `/${slug}/decisions`, icon: 'decision' },
    { key: 'annuaire', label: 'Annuaire', to: `/${slug}/annuaire`, icon: 'people' },
    ...(speaksForOrganisation
      ? [{ key: 'ma-structure', label: 'Ma structure', to: `/${slug}/ma-structure`, icon: 'place' } as const]
      : []),
    ...(administers ? [{ key: 'gestion', label: 'Gestion', to: `/${slug}/gestion`, icon: 'manage' } as const] : []),
  ]
}

/** What each first part of an address belongs to: minutes are found from their meeting, « Gestion » leads to its pages. */
const placeOf: Readonly<Record<string, PlaceKey>> = {
  accueil: 'accueil',
  instances: 'instances',
  reunions: 'reunions',
  'comptes-rendus': 'reunions',
  decisions: 'decisions',
  annuaire: 'annuaire',
  organigramme: 'annuaire',
  structures: 'annuaire',
  'ma-structure': 'ma-structure',
  propositions: 'annuaire',
  representation: 'annuaire',
  gestion: 'gestion',
  consortium: 'gestion',
  visibilites: 'gestion',
  'organes-externes': 'gestion',
  personnes: 'gestion',
  mandats: 'gestion',
  fonctions: 'gestion',
  courriels: 'gestion',
  journal: 'gestion',
}

/** The place a page belongs to; the consortium's own page shows its instances. */
function currentPlace(pathname: string, slug: string | undefined): PlaceKey | undefined {
  if (pathname === '/') return 'accueil'
  const [first, second] = pathname.split('/').filter(Boolean)
  if (!slug || first !== slug) return undefined
  if (second === undefined || second === 'competences') return 'instances'
  return Object.hasOwn(placeOf, second) ? placeOf[second] : undefined
}
