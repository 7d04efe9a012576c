import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { pageTitle } from '#app/page-title.ts'
import { posting, reading } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Supprimer', data?.body.name ?? '')

/** Confirms that a deliberative body was entered by mistake (H33). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const { body } = await services.competence.externalBody(actor, param('id'))
    services.checkVerification(actor, 'forte')
    return { slug, body }
  })
}

export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.competence.deleteExternalBody(actor, param('id'))
    return redirect(withFlash(`/${slug}/organes-externes`, 'organe-supprime'))
  })
}

export default function ExternalBodyDeletion() {
  const { slug, body } = useLoaderData<typeof loader>()
  const list = `/${slug}/organes-externes`
  return (
    <Page
      title={`Supprimer « ${body.name} »`}
      breadcrumb={[
        { label: 'Gestion', to: `/${slug}/gestion` },
        { label: 'Organes externes', to: list },
        { label: body.name, to: `${list}/${body.id}` },
      ]}
      width="narrow"
    >
      <Form method="post" className="stack">
        <p>
          Cet organe disparaîtra, sans retour possible. Un organe qui a existé garde sa place : indiquez plutôt son
          dernier jour.
        </p>
        <ButtonRow>
          <SubmitButton variant="danger" icon="trash" pendingLabel="Suppression en cours…">
            Supprimer l’organe
          </SubmitButton>
          <ButtonLink to={`${list}/${body.id}`} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  )
}
