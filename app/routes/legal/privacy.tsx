import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { LegalPage } from '#app/administration/LegalPage.tsx'
import { documentTitle } from '#app/formats.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Données personnelles') }]

/** What is done with people’s data: who answers for it, why, for how long, and their rights (RGPD, article 13). */
export function loader({ context }: LoaderFunctionArgs) {
  return context.services.siteTexts.siteText('donnees_personnelles')
}

export default function Privacy() {
  const { body } = useLoaderData<typeof loader>()
  return <LegalPage title="Données personnelles" body={body} />
}
