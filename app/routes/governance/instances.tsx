import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { reading } from '#app/request.ts'

/** The instances are on the consortium's own page. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ slug }) => redirect(`/${slug}`))
}

/** Never shown: there for a refusal to have its page. */
export default function Instances() {
  return null
}
