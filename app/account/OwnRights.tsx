import { Link } from '@remix-run/react'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { capitalised, counted, mediumDate } from '#app/formats.ts'
import type { ProfilePage, ProfileRight } from '#server/domain/accounts/profile-page.ts'

/** One's own mandates and functions, by consortium, and what each lets one do. */
export function OwnRights({ rights, isAdministrateur }: Pick<ProfilePage, 'rights' | 'isAdministrateur'>) {
  return (
    <>
      {isAdministrateur && <p>Vous administrez les consortiums et les comptes, sans accès à leurs contenus.</p>}
      {rights.length === 0 && !isAdministrateur && (
        <EmptyState>Vous n’avez ni mandat ni fonction en ce moment. Adressez-vous au chef de projet.</EmptyState>
      )}
      <RightsByConsortium rights={rights} />
    </>
  )
}

/** Mandates and functions, held or past, under the name of their consortium. */
export function RightsByConsortium({ rights }: { rights: ProfileRight[] }) {
  const byConsortium = Map.groupBy(rights, ({ consortium }) => consortium.name)
  return (
    <>
      {[...byConsortium].map(([consortium, held]) => (
        <section key={consortium} className="own-rights">
          <h3>{consortium}</h3>
          <PlainList className="own-rights-list">
            {held.map(right => (
              <Right key={right.id} right={right} />
            ))}
          </PlainList>
        </section>
      ))}
    </>
  )
}

function Right({ right }: { right: ProfileRight }) {
  const { functionLabel, civilite, qualite, organisation, instance, consortium, gives, opensInstance } = right
  return (
    <li>
      <p>
        <strong>{functionLabel}</strong>
        {instance && (
          <>
            {', '}
            {opensInstance ? (
              <Link to={`/${consortium.slug}/instances/${instance.slug}`}>{instance.name}</Link>
            ) : (
              instance.name
            )}
          </>
        )}
      </p>
      <p className="own-rights-detail">
        {[`${civilite}${qualite ? `, ${qualite}` : ''}`, organisation, period(right)].filter(Boolean).join(' · ')}
      </p>
      {right.readsHandover && (
        <p>
          <Link to={`/${consortium.slug}/mandats/${right.id}/passation`}>Lire la passation</Link>
        </p>
      )}
      {gives.length > 0 && (
        <Disclosure summary={`Ce que cela vous permet (${counted(gives.length, 'droit')})`}>
          <ul>
            {gives.map(verb => (
              <li key={verb}>{capitalised(verb)}</li>
            ))}
          </ul>
          <p>
            Selon l’état de chaque chose : la page concernée dit ce qui est possible, ou pourquoi cela ne l’est pas.
          </p>
        </Disclosure>
      )}
    </li>
  )
}

function period({ startsOn, endsOn, toCome, over }: ProfileRight): string {
  if (over && endsOn) return `du ${mediumDate(startsOn)} au ${mediumDate(endsOn)}`
  const start = toCome ? `à compter du ${mediumDate(startsOn)}` : `depuis le ${mediumDate(startsOn)}`
  return endsOn ? `${start}, jusqu’au ${mediumDate(endsOn)}` : start
}
