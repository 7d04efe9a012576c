import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { LegalPage } from '#app/administration/LegalPage.tsx'
import { documentTitle } from '#app/formats.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Mentions légales') }]

/** Who publishes and hosts this space, as the law wants it said. */
export function loader({ context }: LoaderFunctionArgs) {
  return context.services.siteTexts.siteText('mentions_legales')
}

export default function LegalNotice() {
  const { body } = useLoaderData<typeof loader>()
  return <LegalPage title="Mentions légales" body={body} />
}
