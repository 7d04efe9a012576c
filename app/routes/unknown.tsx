import type { LoaderFunctionArgs } from '@remix-run/node'
import { data } from '@remix-run/node'
import { reading } from '#app/request.ts'

/** An address that nothing answers, inside a consortium: the same page as what one may not read. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async () => {
    throw data({ message: 'Cette page n’existe pas, ou vous n’y avez pas accès.' }, { status: 404 })
  })
}

export const action = loader

export default function Unknown() {
  return null
}
