import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { signedIn } from '#app/request.ts'

/** Where a person lands: their consortium's « Ce qui vous attend », the choice among several, or the administration. */
export async function loader(args: LoaderFunctionArgs) {
  const account = await signedIn(args)
  const entries = await args.context.services.consortia.consortiaOf(account)
  const [only] = entries
  if (only && entries.length === 1 && !account.isAdministrateur) throw redirect(`/${only.slug}/accueil`)
  if (entries.length === 0 && account.isAdministrateur) throw redirect('/administration')
  throw redirect('/consortiums')
}

export { default } from '#app/components/NoPage.tsx'
