import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { FactFields, NameFields } from '#app/organisations/OrganisationFields.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { newOrganisationForm } from '#server/vocabulary/organisation-forms.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Ajouter une structure')

/** An institution that enters the consortium (H31). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug }) => {
    const page = await services.organisations.newOrganisation(actor)
    services.checkVerification(actor, 'forte')
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, newOrganisationForm, {
    async allowed({ services, actor }) {
      await services.organisations.newOrganisation(actor)
    },
    async act({ services, actor, slug }, form) {
      const created = await services.organisations.createOrganisation(actor, form)
      return redirect(withFlash(`/${slug}/structures/${created.slug}`, 'structure-ajoutee'))
    },
  })
}

export default function NewOrganisation() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsFrom(answer)
  return (
    <Page
      title="Ajouter une structure"
      breadcrumb={[{ label: 'Structures', to: `/${slug}/structures` }]}
      width="narrow"
    >
      <SettingsForm
        answer={answer}
        submit={<SaveButton>Ajouter la structure</SaveButton>}
        cancelTo={`/${slug}/structures`}
      >
        <NameFields field={field} />
        <FactFields field={field} decisions={page.decisions} />
      </SettingsForm>
    </Page>
  )
}
