import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { LegalPage } from '#app/administration/LegalPage.tsx'
import { documentTitle } from '#app/formats.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Accessibilité') }]

/** The state of accessibility, linked from every page as the law wants. */
export function loader({ context }: LoaderFunctionArgs) {
  return context.services.siteTexts.siteText('accessibilite')
}

export default function Accessibility() {
  const { body } = useLoaderData<typeof loader>()
  return <LegalPage title="Accessibilité : non conforme" body={body} />
}
