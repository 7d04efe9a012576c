import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FieldRow, FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { errorLines } from '#app/forms.ts'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { personForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Corriger les coordonnées', data?.page.name ?? '')

/** Names and addresses of somebody who has never signed in (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const page = await correctable(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, personForm, {
    async allowed(work) {
      await correctable(work)
    },
    async act({ services, actor, slug, param }, form) {
      await services.people.correctPerson(actor, { accountId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/personnes/${param('id')}`, 'personne-corrigee'))
    },
  })
}

/** @throws the page that says who corrects it instead */
async function correctable({ services, actor, param }: Work) {
  const page = await services.people.personPage(actor, param('id'))
  if (page.mayBeCorrected) return page
  const message =
    'Cette personne a son propre accès, ou est d’un autre consortium : elle seule corrige son nom et son adresse, dans son profil.'
  throw data({ message }, { status: 409 })
}

export default function Correction() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { givenName, familyName, email, phone } = page
  const field = fieldsOf(answer, { givenName, familyName, email, phone })
  return (
    <Page
      title="Corriger les coordonnées"
      lead={page.name}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: page.name, to: `/${slug}/personnes/${page.id}` },
      ]}
      width="narrow"
      notice={<ErrorSummary errors={errorLines(problemOf(answer))} />}
    >
      <Form method="post" noValidate>
        <FormFields>
          <p>
            Possible tant que la personne ne s’est jamais connectée. À une nouvelle adresse, elle reçoit une nouvelle
            invitation ; celle qui est partie à l’ancienne n’ouvre plus rien.
          </p>
          <FieldRow>
            <TextField {...field('givenName')} label="Prénom" maxLength={100} required />
            <TextField {...field('familyName')} label="Nom" maxLength={100} required />
          </FieldRow>
          <TextField {...field('email')} type="email" label="Courriel" maxLength={254} required />
          <TextField {...field('phone')} type="tel" label="Téléphone" maxLength={30} />
          <ButtonRow>
            <SubmitButton pendingLabel="Enregistrement en cours…">Enregistrer les coordonnées</SubmitButton>
            <ButtonLink to={`/${slug}/personnes/${page.id}`} variant="quiet">
              Revenir sans rien changer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}
