import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FieldRow } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { RoleForm } from '#app/mandates/RoleForm.tsx'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { attachmentForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'Rattacher à une instance')

/** Attaches a prestataire to an instance (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const page = await attachable(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, today: work.actor.today, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, attachmentForm, {
    async allowed(work) {
      await attachable(work)
    },
    async act({ services, actor, slug, param }, form) {
      await services.mandates.attachPrestataire(actor, { functionId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/fonctions/${param('id')}`, 'rattachement'))
    },
  })
}

/** @throws the page that says that only a prestataire is attached */
async function attachable({ services, actor, param }: Work) {
  const page = await services.mandates.functionPage(actor, param('id'))
  if (page.function.function === 'prestataire') return page
  throw data({ message: 'Seul un prestataire est rattaché à des instances.' }, { status: 409 })
}

export default function Attachment() {
  const { slug, today, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { person, function: fn } = page
  const here = `/${slug}/fonctions/${fn.id}`
  const field = fieldsOf(answer, { startsOn: fn.state === 'a_venir' ? fn.startsOn : today, endsOn: fn.endsOn })
  return (
    <Page
      title="Rattacher à une instance"
      lead={`${person.name}, ${fn.functionLabel}`}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: person.name, to: here },
      ]}
      width="narrow"
    >
      <RoleForm answer={answer} submitLabel="Rattacher à l’instance" back={here}>
        <SelectField
          {...field('instanceId')}
          label="Instance"
          placeholder="Choisir une instance"
          options={page.instances.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <FieldRow>
          <DateField {...field('startsOn')} label="Premier jour" required />
          <DateField {...field('endsOn')} label="Dernier jour" hint="Vide : celui de sa fonction." />
        </FieldRow>
      </RoleForm>
    </Page>
  )
}
