import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { signedIn } from '#app/request.ts'

/** Where a person lands: their consortium's « Ce qui vous attend », the choice among several, or the administration. */
export async function loader(args: LoaderFunctionArgs) {
  const account = await signedIn(args)
  if (account.isAdministrateur) throw redirect('/administration')
  const entries = await args.context.services.consortia.consortiaOf(account)
  const [only] = entries
  if (only && entries.length === 1) throw redirect(`/${only.slug}/accueil`)
  throw redirect('/consortiums')
}

export { default } from '#app/components/NoPage.tsx'
