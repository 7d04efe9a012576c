import { useSearchParams } from '@remix-run/react'
import { flashMessage } from '#app/flash.ts'
import { Notice } from './Notice.tsx'

/** Says what the last act did, when the address carries it. */
export function Flash() {
  const [search] = useSearchParams()
  const message = flashMessage(search)
  return message ? (
    <Notice tone="success" announce>
      {message}
    </Notice>
  ) : null
}
