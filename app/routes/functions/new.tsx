import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { FunctionFields } from '#app/mandates/FunctionFields.tsx'
import { PersonFields } from '#app/mandates/PersonFields.tsx'
import { RoleForm } from '#app/mandates/RoleForm.tsx'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { consortiumFunctionLabels } from '#server/vocabulary/governance.ts'
import { newFunctionForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'Donner une fonction')

/** Gives a function in the consortium, to `?personne=…` or to anybody (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const { organisations } = await services.mandates.functionChoices(actor)
    services.checkVerification(actor, 'forte')
    const person = new URL(request.url).searchParams.get('personne')
    const known = person === null ? null : await services.people.personPage(actor, person)
    const values = { email: known?.email ?? '', qualite: known?.mandates[0]?.qualite ?? '', startsOn: actor.today }
    return { slug, organisations, values, known: known && { id: known.id, name: known.name } }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, newFunctionForm, {
    async allowed({ services, actor }) {
      await services.mandates.functionChoices(actor)
    },
    async act({ services, actor, slug }, { email, givenName, familyName, ...form }) {
      const person = { email, givenName, familyName }
      const { functionId, accountId } = await services.mandates.giveFunction(actor, { ...form, person })
      const next = form.function === 'prestataire' ? `fonctions/${functionId}` : `personnes/${accountId}`
      return redirect(withFlash(`/${slug}/${next}`, 'fonction-donnee'))
    },
  })
}

export default function NewFunction() {
  const { slug, organisations, values, known } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf(answer, values)
  return (
    <Page
      title="Donner une fonction dans le consortium"
      lead={known?.name}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        ...(known ? [{ label: known.name, to: `/${slug}/personnes/${known.id}` }] : []),
      ]}
      width="narrow"
    >
      <RoleForm
        answer={answer}
        submitLabel="Donner la fonction"
        back={known ? `/${slug}/personnes/${known.id}` : `/${slug}/personnes`}
      >
        <PersonFields field={field} />
        <SelectField
          {...field('function')}
          label="Fonction"
          hint="Un prestataire est ensuite rattaché aux instances qu’il accompagne."
          placeholder="Choisir une fonction"
          options={Object.entries(consortiumFunctionLabels).map(([value, label]) => ({ value, label }))}
          required
        />
        <FunctionFields field={field} organisations={organisations} />
      </RoleForm>
    </Page>
  )
}
