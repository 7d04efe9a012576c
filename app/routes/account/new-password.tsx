import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import styles from '#app/account/account.css?url'
import { LinkGone } from '#app/account/LinkGone.tsx'
import { useErrors } from '#app/account/OwnPage.tsx'
import { NewPasswordField, WhoseAccount } from '#app/account/PasswordField.tsx'
import { answering, postedForm } from '#app/account/requests.ts'
import { SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import { choosePasswordForm } from '#server/vocabulary/account-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = () => [{ title: documentTitle('Choisir un nouveau mot de passe') }]

/** Shows whose password is to be replaced; nothing is consumed. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const page = await context.services.accounts.passwordLinkPage(params.token ?? '')
  return data({ page }, { status: page ? 200 : 404 })
}

/** The button replaces the password, ends the other sessions and signs in. */
export async function action(args: ActionFunctionArgs) {
  const form = await postedForm(args)
  const { params, request, context } = args
  const { accounts, sessions } = context.services
  return answering(args, form, choosePasswordForm, async ({ password }) => {
    const replaced = await accounts.resetPassword({ token: params.token ?? '', password, address: context.address })
    if (!replaced) return data({ gone: true as const }, { status: 404 })
    await sessions.close(request.headers.get('Cookie'), context.address)
    const cookie = await sessions.open(replaced.accountId, request.headers.get('User-Agent'), replaced.passwordMark)
    return redirect('/', { headers: { 'Set-Cookie': cookie } })
  })
}

export default function NewPassword() {
  const { page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = answer && !('gone' in answer) ? answer : undefined
  const errors = useErrors(refused)
  if (!page || (answer && 'gone' in answer)) return <LinkGone what="mot de passe" />
  return (
    <Page
      title="Choisir un nouveau mot de passe"
      width="narrow"
      notice={<ErrorSummary errors={errors} submission={answer} />}
    >
      <p>Compte : {page.email}. Vos sessions ouvertes sur d’autres appareils seront fermées.</p>
      <Form method="post" reloadDocument noValidate>
        <FormFields>
          <WhoseAccount email={page.email} />
          <NewPasswordField least={page.passwordLength} error={errorsOf(problemOf(refused), 'password')} />
          <div>
            <SubmitButton pendingLabel="Un instant…">Changer le mot de passe</SubmitButton>
          </div>
        </FormFields>
      </Form>
    </Page>
  )
}
