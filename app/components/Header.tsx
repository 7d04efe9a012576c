import { Form, Link } from '@remix-run/react'
import { useEffect } from 'react'
import { forgetOtherAccounts } from '#app/editor/device/registry.ts'
import { confirmSignOut } from '#app/editor/device/sign-out.ts'
import { BrandMark } from './BrandMark.tsx'
import { Button } from './Button.tsx'
import type { FrameProps } from './Frame.tsx'
import { Icon } from './Icon.tsx'
import { Menu } from './Menu.tsx'

export function Header({ consortium, person, switchTo }: Pick<FrameProps, 'consortium' | 'person' | 'switchTo'>) {
  return (
    <header className="header">
      <Link className="header-brand" to="/">
        <BrandMark />
        <span className="brand-name">Espace SPIE</span>
      </Link>
      {consortium && (
        <div className="header-consortium">
          <strong>
            <span className="visually-hidden">Consortium : </span>
            {consortium.name}
          </strong>
          {switchTo && (
            <Link to={switchTo}>
              Changer<span className="visually-hidden"> de consortium</span>
            </Link>
          )}
        </div>
      )}
      {person && <PersonMenu {...person} />}
    </header>
  )
}

/**
 * A native disclosure, so that signing out needs no script; with one, a person whose text is not all stored is asked
 * first, and what others left on this device is wiped.
 */
function PersonMenu({ id, name }: { id: string; name: string }) {
  useEffect(() => void forgetOtherAccounts(id), [id])
  return (
    <div className="header-person">
      <Menu
        summaryClassName="person-summary"
        summary={
          <>
            <span className="person-mark" aria-hidden="true">
              {initials(name)}
            </span>
            <span className="person-name">{name}</span>
            <Icon name="chevron" />
          </>
        }
      >
        <p>Connecté en tant que {name}</p>
        <Link className="button" data-variant="quiet" to="/profil">
          <Icon name="person" />
          <span>Ouvrir votre profil</span>
        </Link>
        <Form method="post" action="/deconnexion" reloadDocument onSubmit={event => confirmSignOut(id)(event)}>
          <Button type="submit" variant="quiet" icon="sign-out">
            Se déconnecter
          </Button>
        </Form>
      </Menu>
    </div>
  )
}

/** « CV » for « Mme Claire Vidal »: first letters of the given and family names, civilité aside. */
function initials(name: string): string {
  const words = name.replace(/^(Mme|M\.)\s/u, '').split(/\s+/u)
  return [words[0], words.length > 1 ? words[words.length - 1] : ''].map(word => word?.charAt(0) ?? '').join('')
}
