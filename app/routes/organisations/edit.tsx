import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { FactFields } from '#app/organisations/OrganisationFields.tsx'
import { entryFacts } from '#app/organisations/organisation-facts.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { organisationForm } from '#server/vocabulary/organisation-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Modifier', data?.edited.page.name ?? '')

const load = ({ services, actor, param }: Work) => services.organisations.organisationToEdit(actor, param('slug'))

/** What is known of an institution, its names aside (H31). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const edited = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, edited }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, organisationForm, {
    load,
    async act({ services, actor, slug, param }, form) {
      await services.organisations.editOrganisation(actor, { slug: param('slug'), form })
      return redirect(withFlash(`/${slug}/structures/${param('slug')}`, 'structure-modifiee'))
    },
  })
}

export default function EditOrganisation() {
  const { slug, edited } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const { page } = edited
  const field = fieldsFrom(answer, {
    phase: page.phase,
    territory: page.territory ?? '',
    enteredOn: page.enteredOn ?? '',
    enteredByNumber: page.enteredByDecision?.number ?? '',
    enteredByAct: page.enteredByAct,
  })
  const here = `/${slug}/structures/${page.slug}`
  return (
    <Page
      title={`Modifier « ${page.name} »`}
      breadcrumb={[
        { label: 'Structures', to: `/${slug}/structures` },
        { label: page.shortName, to: here },
      ]}
      width="narrow"
    >
      <SettingsForm
        answer={answer}
        saved={saved && entryFacts(slug, saved.page)}
        version={(saved ?? edited).version}
        submit={<SaveButton>{saved ? 'Enregistrer ma version' : 'Enregistrer la structure'}</SaveButton>}
        cancelTo={here}
      >
        <FactFields field={field} decisions={edited.decisions} />
      </SettingsForm>
    </Page>
  )
}
