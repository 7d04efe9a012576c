import { Link, useLocation } from '@remix-run/react'
import type { FrameProps } from './Frame.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { PlainList } from './PlainList.tsx'

/** The main places. At the left of the screen; a bar at the bottom of a phone (one list, moved by CSS). */
export function Navigation({ consortium }: Pick<FrameProps, 'consortium'>) {
  const { pathname } = useLocation()
  const current = currentPlace(pathname, consortium?.slug)
  return (
    <nav className="navigation" aria-label="Navigation principale">
      <PlainList>
        {places(consortium).map(place => (
          <li key={place.key}>
            <Link
              to={place.to}
              aria-current={place.key === current ? (place.to === pathname ? 'page' : 'true') : undefined}
            >
              <Icon name={place.icon} />
              {place.label}
            </Link>
          </li>
        ))}
      </PlainList>
    </nav>
  )
}

type PlaceKey = 'accueil' | 'instances' | 'reunions' | 'decisions'

function places(consortium: FrameProps['consortium']): { key: PlaceKey; label: string; to: string; icon: IconName }[] {
  if (!consortium) return [{ key: 'accueil', label: 'Accueil', to: '/', icon: 'home' }]
  const { slug, readsConsortium } = consortium
  const home = { key: 'accueil', label: 'Accueil', to: `/${slug}/accueil`, icon: 'home' } as const
  if (!readsConsortium) return [home]
  return [
    home,
    { key: 'instances', label: 'Instances', to: `/${slug}`, icon: 'instances' },
    { key: 'reunions', label: 'Réunions', to: `/${slug}/reunions`, icon: 'meeting' },
    { key: 'decisions', label: 'Décisions', to: `/${slug}/decisions`, icon: 'decision' },
  ]
}

/** The place a page belongs to: minutes are found from their meeting, the consortium's page shows its instances. */
function currentPlace(pathname: string, slug: string | undefined): PlaceKey | undefined {
  if (pathname === '/') return 'accueil'
  const [first, second] = pathname.split('/').filter(Boolean)
  if (!slug || first !== slug) return undefined
  switch (second) {
    case 'accueil':
      return 'accueil'
    case undefined:
    case 'instances':
      return 'instances'
    case 'reunions':
    case 'comptes-rendus':
      return 'reunions'
    case 'decisions':
      return 'decisions'
    default:
      return undefined
  }
}
