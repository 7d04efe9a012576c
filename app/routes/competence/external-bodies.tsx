import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ExternalBodyFields } from '#app/competence/ExternalBodyFields.tsx'
import { externalBodyColumns } from '#app/competence/external-body-columns.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { newExternalBodyForm } from '#server/vocabulary/competence-forms.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Organes externes')

/** The bodies that vote the money and the conventions, without accounts here (H33). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug }) => {
    const page = await services.competence.externalBodiesPage(actor)
    services.checkVerification(actor, 'forte')
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, newExternalBodyForm, {
    async allowed({ services, actor }) {
      await services.competence.externalBodiesPage(actor)
    },
    async act({ services, actor, slug }, form) {
      await services.competence.createExternalBody(actor, form)
      return redirect(withFlash(`/${slug}/organes-externes`, 'organe-ajoute'))
    },
  })
}

export default function ExternalBodies() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <Page
      title="Organes externes"
      lead="Commissions permanentes, assemblées, commissions d’appel d’offres : elles votent l’argent et les conventions. Elles n’ont pas de compte ici."
      breadcrumb={[{ label: 'Gestion', to: `/${slug}/gestion` }]}
      visibleBy="le chef de projet pour ce formulaire ; tous les membres lisent la liste avec les règles de compétence"
      access={pageAccessPath(slug, 'organes-externes')}
      notice={<Flash />}
    >
      {page.bodies.length > 0 ? (
        <Table
          caption="Organes externes"
          captionHidden
          columns={externalBodyColumns(slug, body => (
            <Link to={`/${slug}/organes-externes/${body.id}`}>{body.name}</Link>
          ))}
          rows={page.bodies}
          rowKey={body => body.id}
        />
      ) : (
        <EmptyState>Aucun organe externe n’est encore enregistré.</EmptyState>
      )}
      <Section title="Ajouter un organe">
        <SettingsForm
          key={page.bodies.length}
          answer={answer}
          submit={<SaveButton>Ajouter l’organe</SaveButton>}
          cancelTo={`/${slug}/gestion`}
        >
          <ExternalBodyFields field={fieldsFrom(answer)} organisations={page.organisations} />
        </SettingsForm>
      </Section>
    </Page>
  )
}
