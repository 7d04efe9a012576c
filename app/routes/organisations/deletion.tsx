import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { list } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { posting, reading } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Supprimer', data?.page.name ?? '')

/** Whether an institution entered by mistake may be deleted, and what else to do (H31). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const { page, uses } = await services.organisations.organisationToEdit(actor, param('slug'))
    services.checkVerification(actor, 'forte')
    return { slug, page, uses }
  })
}

export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.organisations.deleteOrganisation(actor, param('slug'))
    return redirect(withFlash(`/${slug}/structures`, 'structure-supprimee'))
  })
}

export default function Deletion() {
  const { slug, page, uses } = useLoaderData<typeof loader>()
  const here = `/${slug}/structures/${page.slug}`
  return (
    <Page
      title={`Supprimer « ${page.name} »`}
      breadcrumb={[
        { label: 'Structures', to: `/${slug}/structures` },
        { label: page.shortName, to: here },
      ]}
      width="narrow"
    >
      {uses.length > 0 ? (
        <>
          <p>
            Cette structure a déjà servi ({list(uses)}) : elle ne se supprime pas. Si elle s’en va, enregistrez son
            départ ; ce qui fut restera lisible.
          </p>
          <ButtonRow>
            <ButtonLink to={`${here}/depart`} icon="postponed">
              Enregistrer le départ
            </ButtonLink>
            <ButtonLink to={here} variant="quiet">
              Revenir sans rien changer
            </ButtonLink>
          </ButtonRow>
        </>
      ) : (
        <Form method="post" className="stack">
          <p>Rien ne se rapporte à cette structure : elle et ses noms disparaîtront, sans retour possible.</p>
          <ButtonRow>
            <SubmitButton variant="danger" icon="trash" pendingLabel="Suppression en cours…">
              Supprimer la structure
            </SubmitButton>
            <ButtonLink to={here} variant="quiet">
              Revenir sans rien changer
            </ButtonLink>
          </ButtonRow>
        </Form>
      )}
    </Page>
  )
}
