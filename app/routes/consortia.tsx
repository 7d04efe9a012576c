import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { documentTitle } from '#app/formats.ts'
import { signedIn } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Vos consortiums') }]

/** The consortia that a person may enter. */
export async function loader(args: LoaderFunctionArgs) {
  const account = await signedIn(args)
  return { consortia: await args.context.services.consortia.consortiaOf(account) }
}

export default function Consortia() {
  const { consortia } = useLoaderData<typeof loader>()
  return (
    <Page title="Vos consortiums" width="narrow" lead="Chaque consortium a son espace : ce qui s’y écrit y reste.">
      {consortia.length > 0 ? (
        <Entries>
          {consortia.map(({ slug, name, territory }) => (
            <Entry key={slug} icon="instances" title={name} to={`/${slug}/accueil`} detail={territory} />
          ))}
        </Entries>
      ) : (
        <EmptyState>
          Votre compte n’a aujourd’hui de mandat dans aucun consortium. Si vous pensez devoir en avoir un, adressez-vous
          au chef de projet de votre consortium : lui seul désigne les membres.
        </EmptyState>
      )}
    </Page>
  )
}
