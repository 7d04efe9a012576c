import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Page } from '#app/components/Page.tsx'
import { errorLines } from '#app/forms.ts'
import { ImportPreview } from '#app/mandates/ImportPreview.tsx'
import styles from '#app/mandates/import.css?url'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading } from '#app/request.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Relire le fichier')

/** After a file was sent, what it would do; else the way to where one is chosen (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug }) => {
    await services.mandates.functionChoices(actor)
    return { slug }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, request }) => {
    await services.mandates.functionChoices(actor)
    services.checkVerification(actor, 'forte')
    const form = await request.formData().catch(() => new FormData())
    const file = form.get('file')
    const bytes = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
    return data({ preview: await services.people.previewFile(actor, bytes) })
  })
}

export default function ImportedFile() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { slug } = loaded
  return (
    <Page
      title="Relire avant d’enregistrer"
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: 'Désigner plusieurs personnes', to: `/${slug}/personnes/nouvelles` },
      ]}
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'personnes')}
      width="narrow"
    >
      {answer && 'preview' in answer ? (
        <ImportPreview slug={slug} preview={answer.preview} />
      ) : (
        <>
          <ErrorSummary errors={errorLines(answer).map(({ message }) => ({ message }))} />
          <ButtonLink to={`/${slug}/personnes/nouvelles`} icon="back">
            Choisir un autre fichier
          </ButtonLink>
        </>
      )}
    </Page>
  )
}
