import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { InstanceFields } from '#app/instances/InstanceFields.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { instanceKindLabels } from '#server/vocabulary/governance.ts'
import { newInstanceForm } from '#server/vocabulary/instance-forms.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Créer une instance')

/** An instance to create; `?nature=…` begins with the usual settings of its kind (H32). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const { choices } = await services.instances.newInstance(actor)
    services.checkVerification(actor, 'forte')
    const asked = new URL(request.url).searchParams.get('nature')
    const kind = codesOf(instanceKindLabels).find(code => code === asked) ?? null
    return { slug, choices, kind }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, newInstanceForm, {
    async allowed({ services, actor }) {
      await services.instances.newInstance(actor)
    },
    async act({ services, actor, slug }, form) {
      const created = await services.instances.createInstance(actor, form)
      return redirect(withFlash(`/${slug}/instances/${created.slug}`, 'instance-creee'))
    },
  })
}

export default function NewInstance() {
  const { slug, choices, kind } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const technical = kind === 'groupe_operationnel' || kind === 'groupe_transversal'
  const field = fieldsFrom(answer, {
    kind: kind ?? '',
    level: technical ? 'operationnel' : '',
    validatorRule: technical ? 'tous_les_copilotes' : 'presidence',
    draftReaders: kind?.startsWith('pilotage') ? 'redacteurs' : 'instance',
    minutesVisibility: kind ? choices.visibilities[kind] : 'niveau',
  })
  return (
    <Page title="Créer une instance" breadcrumb={[{ label: 'Instances', to: `/${slug}` }]} width="narrow">
      <SettingsForm key={kind} answer={answer} submit={<SaveButton>Créer l’instance</SaveButton>} cancelTo={`/${slug}`}>
        <InstanceFields field={field} choices={choices} />
      </SettingsForm>
    </Page>
  )
}
