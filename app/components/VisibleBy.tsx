import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { NBSP } from '#server/vocabulary/french.ts'
import { Disclosure } from './Disclosure.tsx'
import { Icon } from './Icon.tsx'

export interface VisibleByProps {
  /** « les membres de l’instance »: completes « Visible par : ». */
  visibleBy?: ReactNode
  /** Where « Qui peut voir ceci ? » is answered of one thing. */
  access?: string
  /** The same answer, in a sentence, of a page that is about no thing in particular. */
  whoCanSee?: ReactNode
}

/** « Visible par : … », and the way to who that is and why. */
export function VisibleBy({ visibleBy, access, whoCanSee }: VisibleByProps) {
  if (!visibleBy) return null
  return (
    <>
      <p className="visibility">
        <Icon name="eye" />
        <span>
          Visible par{NBSP}: {visibleBy}
          {access && (
            <>
              {' · '}
              <Link to={access}>Qui peut voir ceci ?</Link>
            </>
          )}
        </span>
      </p>
      {whoCanSee && <Disclosure summary="Qui peut voir ceci ?">{whoCanSee}</Disclosure>}
    </>
  )
}
