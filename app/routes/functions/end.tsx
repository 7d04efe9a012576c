import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { EndForm } from '#app/mandates/EndForm.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { endForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'Mettre fin à la fonction')

/** When a function in the consortium ends (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.mandates.functionPage(actor, param('id'))
    services.checkVerification(actor, 'forte')
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, endForm, {
    async allowed({ services, actor, param }) {
      await services.mandates.functionPage(actor, param('id'))
    },
    async act({ services, actor, slug, param }, form) {
      const { person } = await services.mandates.functionPage(actor, param('id'))
      await services.mandates.endFunction(actor, { functionId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/personnes/${person.id}`, 'fonction-finie'))
    },
  })
}

export default function EndFunction() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { person, function: fn } = page
  const here = `/${slug}/fonctions/${fn.id}`
  return (
    <Page
      title="Mettre fin à la fonction"
      lead={`${person.name}, ${fn.functionLabel}`}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: person.name, to: `/${slug}/personnes/${person.id}` },
      ]}
      width="narrow"
    >
      <EndForm answer={answer} label="Mettre fin à la fonction" back={here}>
        <p>
          {fn.function === 'prestataire'
            ? 'Ses rattachements aux instances prennent fin avec elle.'
            : fn.function === 'chef_de_projet'
              ? 'Le consortium garde toujours un chef de projet : donnez d’abord la fonction à une autre personne.'
              : 'Ce que cette fonction ouvre s’arrête ; les mandats de la personne continuent.'}
        </p>
      </EndForm>
    </Page>
  )
}
