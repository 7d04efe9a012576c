import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { useDocumentFacts } from '#app/components/DocumentContext.tsx'
import { ErrorPage } from '#app/components/ErrorPage.tsx'
import { Frame } from '#app/components/Frame.tsx'
import { reading } from '#app/request.ts'

/** The consortium of an address and who is there: the frame of all its pages. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ actor, consortium, preview }) => {
    const { accountId, name } = preview?.reader ?? actor
    return {
      consortium,
      person: { id: accountId, name },
    }
  })
}

/** The frame changes only with the consortium, or after an act. */
export function shouldRevalidate({ currentParams, nextParams, formMethod }: ShouldRevalidateFunctionArgs) {
  return currentParams.consortium !== nextParams.consortium || formMethod !== undefined
}

export default function Consortium() {
  const { consortium, person } = useLoaderData<typeof loader>()
  const { around = asItIs } = useDocumentFacts()
  return (
    <Frame consortium={consortium} person={person} switchTo={consortium.hasOthers ? '/consortiums' : undefined}>
      {around(<Outlet />)}
    </Frame>
  )
}

/** A refusal inside a consortium keeps its frame; a consortium that one may not enter shows none. */
export function ErrorBoundary() {
  const known = useRouteLoaderData<typeof loader>('routes/consortium')
  const { around = asItIs } = useDocumentFacts()
  return (
    <Frame consortium={known?.consortium ?? null} person={known?.person ?? null}>
      {around(<ErrorPage error={useRouteError()} />)}
    </Frame>
  )
}

/** In a preview, the server writes something around every page. */
const asItIs = (page: ReactNode) => page
