import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { reading } from '#app/request.ts'

/** The loader of an address that only receives a form: reading it leads to the minutes, if one may read them. */
export function backToMinutes(args: LoaderFunctionArgs): Promise<Response> {
  return reading(args, async ({ slug, param }) => redirect(`/${slug}/comptes-rendus/${param('id')}`))
}
