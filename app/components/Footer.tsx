import { Link, useLocation } from '@remix-run/react'

/** At the foot of every page, the pages that the law wants linked from everywhere. */
export function Footer({ version }: { version?: string }) {
  const { pathname, search } = useLocation()
  const parameters = new URLSearchParams(search)
  parameters.delete('affichage')
  return (
    <footer className="footer">
      <Link to="/accessibilite">Accessibilité : non conforme</Link>
      <Link to="/donnees-personnelles">Données personnelles</Link>
      <Link to="/mentions-legales">Mentions légales</Link>
      {version && <span className="footer-version">Espace SPIE, version {version}</span>}
      <Link className="only-projection" to={{ pathname, search: parameters.toString() }}>
        Quitter la projection
      </Link>
    </footer>
  )
}
