import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { MandateFields } from '#app/mandates/MandateFields.tsx'
import { CiviliteFields } from '#app/mandates/PersonFields.tsx'
import { RoleForm } from '#app/mandates/RoleForm.tsx'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { mandateForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Corriger le mandat', ...(data ? [data.page.person.name] : []))

/** Corrects a mandate (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const page = await editable(work)
    const { services, actor, slug } = work
    services.checkVerification(actor, 'forte')
    const { replacesMandateId, titulaireMandateId } = page.values
    const named = [replacesMandateId, titulaireMandateId]
    return { slug, page, choices: await services.mandates.mandateChoices(actor, page.instance.slug, named) }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, mandateForm, {
    async allowed(work) {
      await editable(work)
    },
    async act({ services, actor, slug, param }, form) {
      await services.mandates.editMandate(actor, { mandateId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/mandats/${param('id')}`, 'mandat-modifie'))
    },
  })
}

async function editable({ services, actor, param }: Work) {
  const page = await services.mandates.mandatePage(actor, param('id'))
  services.checkAbility(page.can.edit)
  return page
}

export default function EditMandate() {
  const { slug, page, choices } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf(answer, page.values)
  const here = `/${slug}/mandats/${page.id}`
  return (
    <Page
      title="Corriger le mandat"
      lead={`${page.person.name}, ${page.instance.name}`}
      level={page.instance.level}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: page.person.name, to: here },
      ]}
      width="narrow"
    >
      <RoleForm answer={answer} submitLabel="Enregistrer le mandat" back={here}>
        <p>
          Corrigez ici une erreur. Pour un changement qui a lieu un jour donné (de membre à présidente, par exemple),
          mettez plutôt fin à ce mandat et désignez de nouveau la personne. Les comptes rendus validés ne changent pas.
        </p>
        <input type="hidden" name="seen" value={page.seen} />
        <CiviliteFields field={field} />
        <MandateFields field={field} choices={choices} self={page.id} />
      </RoleForm>
    </Page>
  )
}
