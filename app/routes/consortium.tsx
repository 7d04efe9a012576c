import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { ErrorPage } from '#app/components/ErrorPage.tsx'
import { Frame } from '#app/components/Frame.tsx'
import { reading } from '#app/request.ts'

/** The consortium of an address and who is there: the frame of all its pages. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ actor, consortium }) => ({
    consortium,
    person: { id: actor.accountId, name: actor.name },
  }))
}

/** The frame changes only with the consortium, or after an act. */
export function shouldRevalidate({ currentParams, nextParams, formMethod }: ShouldRevalidateFunctionArgs) {
  return currentParams.consortium !== nextParams.consortium || formMethod !== undefined
}

export default function Consortium() {
  const { consortium, person } = useLoaderData<typeof loader>()
  return (
    <Frame consortium={consortium} person={person} switchTo={consortium.hasOthers ? '/consortiums' : undefined}>
      <Outlet />
    </Frame>
  )
}

/** A refusal inside a consortium keeps its frame; a consortium that one may not enter shows none. */
export function ErrorBoundary() {
  const known = useRouteLoaderData<typeof loader>('routes/consortium')
  return (
    <Frame consortium={known?.consortium ?? null} person={known?.person ?? null}>
      <ErrorPage error={useRouteError()} />
    </Frame>
  )
}
