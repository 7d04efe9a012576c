import { useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Footer } from './Footer.tsx'
import { useFocusOnNavigation } from './focus-on-navigation.ts'
import { Header } from './Header.tsx'
import { Navigation } from './Navigation.tsx'

export interface FrameProps {
  /**
   * `readsConsortium` is false for an invité, who has no other heading than the home page; `administers` is true for a
   * chef de projet, who has one more.
   */
  consortium: {
    slug: string
    name: string
    readsConsortium: boolean
    administers: boolean
    speaksForOrganisation: boolean
  } | null
  person: { id: string; name: string } | null
  /** Where another consortium is chosen; no link without it (a person with a single consortium). */
  switchTo?: string
  /** Version of the software, at the foot of every page. */
  version?: string
  children: ReactNode
}

/** What stands around every page: header, navigation, main, footer. `main` receives the skip link. */
export function Frame({ consortium, person, switchTo, version, children }: FrameProps) {
  useFocusOnNavigation()
  return (
    <div className="frame" data-navigation={person ? undefined : 'none'}>
      <a className="skip-link" href="#contenu">
        Aller au contenu
      </a>
      <Header consortium={consortium} person={person} switchTo={switchTo} />
      {person && <Navigation consortium={consortium} />}
      <main className="main" id="contenu" tabIndex={-1}>
        {children}
      </main>
      <Footer version={version} />
    </div>
  )
}

/** True when the page is projected in a meeting room (`?affichage=projection`). */
export function useProjection(): boolean {
  return new URLSearchParams(useLocation().search).get('affichage') === 'projection'
}
