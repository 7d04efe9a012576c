import { useRouteLoaderData, useSearchParams } from '@remix-run/react'
import type { loader } from '#app/root.tsx'
import { Notice } from './Notice.tsx'

/** Says what the last act did, when the address carries it. */
export function Flash() {
  const [search] = useSearchParams()
  const flash = useRouteLoaderData<typeof loader>('root')?.flash
  return flash && flash.code === search.get('fait') ? (
    <Notice tone="success" announce>
      {flash.message}
    </Notice>
  ) : null
}
