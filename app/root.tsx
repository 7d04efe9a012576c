import latinFont from '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useRouteError,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { useDocumentFacts } from './components/DocumentContext.tsx'
import { ErrorPage, errorTitle } from './components/ErrorPage.tsx'
import { Frame, useProjection } from './components/Frame.tsx'
import { flashOf } from './flash.ts'
import { documentTitle } from './formats.ts'
import favicon from './styles/icons/mark.svg?url'
import styles from './styles/index.css?url'

export const links: LinksFunction = () => [
  { rel: 'preload', as: 'font', type: 'font/woff2', href: latinFont, crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', type: 'image/svg+xml', href: favicon },
]

export const meta: MetaFunction = ({ error }) => [{ title: documentTitle(error ? errorTitle(error) : null) }]

/** What the last act did, where the address carries it: browsers are sent the one sentence, not all of them. */
export function loader({ request }: LoaderFunctionArgs) {
  return { flash: flashOf(new URL(request.url).searchParams) }
}

export function shouldRevalidate({ nextUrl }: ShouldRevalidateFunctionArgs) {
  return nextUrl.searchParams.has('fait')
}

/** The document around every page, errors included. */
export function Layout({ children }: { children: ReactNode }) {
  const { cspNonce, reference, around } = useDocumentFacts()
  return (
    <html lang="fr" data-display={useProjection() ? 'projection' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f0e9dd" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#171512" media="(prefers-color-scheme: dark)" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="reference" content={reference} />
        {/* Read when the page comes alive. */}
        <meta property="csp-nonce" content={cspNonce} />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {!around && (
          <>
            <ScrollRestoration nonce={cspNonce} />
            <Scripts nonce={cspNonce} />
          </>
        )}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

/** An error that no layout showed inside its own frame. */
export function ErrorBoundary() {
  return (
    <Frame consortium={null} person={null}>
      <ErrorPage error={useRouteError()} />
    </Frame>
  )
}
