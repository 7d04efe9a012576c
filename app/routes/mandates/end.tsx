import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { EndForm } from '#app/mandates/EndForm.tsx'
import { EndingFollows } from '#app/mandates/EndingFollows.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { endForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Mettre fin au mandat', ...(data ? [data.page.person.name] : []))

/** When a mandate ends, and what follows (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.mandates.mandatePage(actor, param('id'))
    services.checkAbility(page.can.edit)
    services.checkVerification(actor, 'forte')
    return { slug, page, follows: await services.mandates.endingConsequences(actor, param('id')) }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, endForm, {
    async allowed({ services, actor, param }) {
      services.checkAbility((await services.mandates.mandatePage(actor, param('id'))).can.edit)
    },
    async act({ services, actor, slug, param }, form) {
      const { person } = await services.mandates.mandatePage(actor, param('id'))
      await services.mandates.endMandate(actor, { mandateId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/personnes/${person.id}`, 'mandat-fini'))
    },
  })
}

export default function EndMandate() {
  const { slug, page, follows } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const here = `/${slug}/mandats/${page.id}`
  return (
    <Page
      title="Mettre fin au mandat"
      lead={`${page.person.name}, ${page.values.functionLabel}, ${page.instance.name}`}
      level={page.instance.level}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: page.person.name, to: here },
      ]}
      width="narrow"
    >
      <EndForm answer={answer} label="Mettre fin au mandat" back={here}>
        <EndingFollows follows={follows} instance={page.instance.name} />
      </EndForm>
      {follows.uses.length === 0 && (
        <Section
          title="C’était une erreur ?"
          hint="Ce mandat n’a encore servi à rien : il peut être supprimé, comme s’il n’avait jamais existé."
        >
          <Form method="post" action={`${here}/suppression`}>
            <SubmitButton variant="secondary">Supprimer le mandat créé par erreur</SubmitButton>
          </Form>
        </Section>
      )}
    </Page>
  )
}
