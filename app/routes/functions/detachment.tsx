import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { EndForm } from '#app/mandates/EndForm.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { endForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'Mettre fin au rattachement')

/** When a prestataire stops supporting an instance (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.mandates.attachmentPage(actor, param('id'))
    services.checkVerification(actor, 'forte')
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, endForm, {
    async allowed({ services, actor, param }) {
      await services.mandates.attachmentPage(actor, param('id'))
    },
    async act({ services, actor, slug, param }, form) {
      const { functionId } = await services.mandates.attachmentPage(actor, param('id'))
      await services.mandates.detachPrestataire(actor, { attachmentId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/fonctions/${functionId}`, 'rattachement-fini'))
    },
  })
}

export default function Detachment() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const back = `/${slug}/fonctions/${page.functionId}`
  return (
    <Page
      title="Mettre fin au rattachement"
      lead={`${page.person.name}, ${page.instance.name}`}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: page.person.name, to: back },
      ]}
      width="narrow"
    >
      <EndForm answer={answer} label="Mettre fin au rattachement" back={back}>
        <p>
          Le prestataire ne lira plus les réunions et brouillons de « {page.instance.name} », et n’y écrira plus. Il lit
          toujours ce que lit tout le consortium.
        </p>
      </EndForm>
    </Page>
  )
}
