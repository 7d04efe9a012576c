import { isRouteErrorResponse, Link, useLocation } from '@remix-run/react'
import { useState, useSyncExternalStore } from 'react'
import { ButtonLink, ButtonRow } from './Button.tsx'
import { useDocumentFacts } from './DocumentContext.tsx'

/**
 * What went wrong, in a French sentence, and what to do next. Pass `useRouteError()`: a thrown `Response` shows the
 * sentence it was given (`{ message }`; a bare text is the router's own, in English); anything else is a bug, of which
 * nothing is shown but a reference.
 */
export function ErrorPage({ error }: { error: unknown }) {
  const status = isRouteErrorResponse(error) ? error.status : 500
  const { title, message, advice } = textsOf(status)
  const given = isRouteErrorResponse(error) ? messageIn(error.data) : undefined
  const reference = useReference(error)
  return (
    <div className="page" data-layout="sheet" data-width="narrow">
      <div className="error-page">
        <p className="error-page-status">Erreur {status}</p>
        <h1>{title}</h1>
        <p>{given ?? message}</p>
        <p>{advice}</p>
        <ButtonRow>
          <ButtonLink to="/" variant="primary" icon="home">
            Revenir à l’accueil
          </ButtonLink>
          {status >= 500 && <ReloadLink />}
        </ButtonRow>
        {reference && (
          <p className="error-page-reference">
            Référence à communiquer si vous demandez de l’aide : <code>{reference}</code>
          </p>
        )}
      </div>
    </div>
  )
}

/** « Page introuvable », for the document's title. */
export function errorTitle(error: unknown): string {
  return textsOf(isRouteErrorResponse(error) ? error.status : 500).title
}

/** A plain link to the same address: asks the server again, with or without JavaScript. */
function ReloadLink() {
  const { pathname, search } = useLocation()
  return (
    <Link className="button" to={`${pathname}${search}`} reloadDocument>
      Réessayer
    </Link>
  )
}

/**
 * The reference of the failed request: the one in the answer, else the document's. After a change of page without a new
 * document, the document's reference is that of an older request: better none than a wrong one.
 */
function useReference(error: unknown): string | undefined {
  const { reference } = useDocumentFacts()
  const withDocument = useSyncExternalStore(
    neverChanges,
    () => false,
    () => true,
  )
  const [cameWithDocument] = useState(withDocument)
  if (isRouteErrorResponse(error) && typeof error.data?.reference === 'string') return error.data.reference
  return cameWithDocument ? reference : undefined
}

const neverChanges = () => () => {}

interface Texts {
  title: string
  message: string
  advice: string
}

function textsOf(status: number): Texts {
  return texts[status] ?? (status >= 500 ? unexpected : refused)
}

const unexpected: Texts = {
  title: 'Une erreur est survenue',
  message: 'Le service n’a pas pu répondre à votre demande. Ce que vous aviez enregistré est conservé.',
  advice: 'Réessayez dans un instant. Si l’erreur revient, signalez-la en donnant la référence.',
}

const refused: Texts = {
  title: 'Demande refusée',
  message: 'Votre demande n’a pas pu être acceptée ; rien n’a été modifié.',
  advice: 'Revenez à la page précédente, vérifiez ce que vous avez saisi et recommencez.',
}

const texts: Record<number, Texts> = {
  403: {
    title: 'Action non autorisée',
    message: 'Votre habilitation ne permet pas cette action ; rien n’a été modifié.',
    advice: 'Si vous pensez devoir y accéder, adressez-vous au chef de projet de votre consortium.',
  },
  404: {
    title: 'Page introuvable',
    message: 'Cette page n’existe pas, ou vous n’y avez pas accès.',
    advice: 'Vérifiez l’adresse si vous l’avez saisie, ou repartez de l’accueil.',
  },
  405: {
    title: 'Demande refusée',
    message: 'Cette adresse ne reçoit pas de formulaire ; rien n’a été modifié.',
    advice: 'Repartez de l’accueil pour retrouver la page que vous cherchiez.',
  },
  409: {
    title: 'La situation a changé',
    message: 'Quelqu’un a agi entre-temps ; votre demande n’est plus possible et rien n’a été modifié.',
    advice: 'Rechargez la page pour voir l’état actuel.',
  },
  413: {
    title: 'Envoi trop volumineux',
    message: 'Ce que vous avez envoyé dépasse la taille acceptée ; rien n’a été enregistré.',
    advice: 'Réduisez la taille de l’envoi et recommencez.',
  },
  429: {
    title: 'Trop de tentatives',
    message: 'Trop de tentatives ont été faites en peu de temps.',
    advice: 'Patientez quelques minutes avant de recommencer.',
  },
  503: {
    title: 'Service momentanément indisponible',
    message: 'Une opération de maintenance est en cours.',
    advice: 'Réessayez dans quelques minutes.',
  },
}

function messageIn(data: unknown): string | undefined {
  if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string')
    return data.message
  return undefined
}
