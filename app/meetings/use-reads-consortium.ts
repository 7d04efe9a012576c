import { useRouteLoaderData } from '@remix-run/react'
import type { loader } from '#app/routes/consortium.tsx'

/** False for an invité, who sees their meeting and no page of an instance: no link leads there. */
export function useReadsConsortium(): boolean {
  return useRouteLoaderData<typeof loader>('routes/consortium')?.consortium.readsConsortium ?? false
}
