import {
  type ActionFunctionArgs,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import styles from '#app/account/account.css?url'
import { OwnPage } from '#app/account/OwnPage.tsx'
import { CurrentPasswordField, NewPasswordField, WhoseAccount } from '#app/account/PasswordField.tsx'
import { answering, ownForm } from '#app/account/requests.ts'
import { SubmitButton } from '#app/components/Button.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { withFlash } from '#app/flash.ts'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import { readingSite } from '#app/request.ts'
import { returnPath } from '#app/return-path.ts'
import { changePasswordForm } from '#server/vocabulary/account-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = () => [{ title: documentTitle('Changer de mot de passe', 'Profil') }]

export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, ({ services, person }) => services.accounts.passwordPage(person))
}

export async function action(args: ActionFunctionArgs) {
  const { form, services, person, address } = await ownForm(args)
  return answering(args, form, changePasswordForm, async ({ current, password }) => {
    await services.accounts.changePassword(person, { current, password, address })
    const back = new URL(args.request.url).searchParams.get('retour')
    return redirect(back ? returnPath(back) : withFlash('/profil', 'mot-de-passe-change'))
  })
}

export default function Password() {
  const { email, passwordLength, mustChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  return (
    <OwnPage
      title="Changer de mot de passe"
      answer={answer}
      notice={
        mustChange && (
          <Notice tone="warning" title="Changez d’abord votre mot de passe">
            Vous êtes chef de projet, ou vous administrez l’espace : un mot de passe d’au moins {passwordLength}{' '}
            caractères est demandé, et le vôtre est plus court, ou contient votre adresse. Vous irez ensuite là où vous
            alliez.
          </Notice>
        )
      }
    >
      <p>Vos sessions ouvertes sur d’autres appareils seront fermées, et un courriel vous le dira.</p>
      <Form method="post" reloadDocument noValidate>
        <FormFields>
          <WhoseAccount email={email} />
          <CurrentPasswordField error={errorsOf(problem, 'current')} />
          <NewPasswordField least={passwordLength} error={errorsOf(problem, 'password')} />
          <div>
            <SubmitButton pendingLabel="Un instant…">Changer le mot de passe</SubmitButton>
          </div>
        </FormFields>
      </Form>
    </OwnPage>
  )
}
