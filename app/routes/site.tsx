import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData, useRouteError } from '@remix-run/react'
import { ErrorPage } from '#app/components/ErrorPage.tsx'
import { Frame } from '#app/components/Frame.tsx'

/** Pages that belong to no consortium; some are read without signing in. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { sessions, people } = context.services
  const account = await sessions.accountOf(request.headers.get('Cookie'))
  return { person: account ? { id: account.accountId, name: await people.nameOf(account.accountId) } : null }
}

export default function Site() {
  const { person } = useLoaderData<typeof loader>()
  return (
    <Frame consortium={null} person={person}>
      <Outlet />
    </Frame>
  )
}

export function ErrorBoundary() {
  return (
    <Frame consortium={null} person={null}>
      <ErrorPage error={useRouteError()} />
    </Frame>
  )
}
