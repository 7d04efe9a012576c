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
import { CurrentPasswordField } from '#app/account/PasswordField.tsx'
import { answering, gesture, ownForm } from '#app/account/requests.ts'
import { SubmitButton } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { problemOf } from '#app/form-answers.ts'
import { dateTime, documentTitle } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import { readingSite } from '#app/request.ts'
import type { PendingEmailChange } from '#server/domain/accounts/email-change.ts'
import { changeEmailForm, noForm } from '#server/vocabulary/account-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = () => [{ title: documentTitle('Changer d’adresse', 'Profil') }]

export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, ({ services, person }) => services.accounts.emailPage(person))
}

export async function action(args: ActionFunctionArgs) {
  const { form, services, person, address } = await ownForm(args)
  if (gesture(form) === 'annuler') {
    return answering(args, form, noForm, async () => {
      await services.accounts.cancelEmailChange(person, { address })
      return redirect(withFlash('/profil/adresse', 'adresse-annulee'))
    })
  }
  return answering(args, form, changeEmailForm, async ({ email, current }) => {
    await services.accounts.requestEmailChange(person, { email, current, address })
    return redirect(withFlash('/profil/adresse', 'adresse-demandee'))
  })
}

export default function Address() {
  const { email, pending, sendsMail } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  return (
    <OwnPage title="Changer d’adresse" answer={answer}>
      <p>
        Votre adresse actuelle : {email}. C’est avec elle que vous vous connectez et que les courriels vous parviennent.
      </p>
      {pending && <Pending {...pending} />}
      {!sendsMail && (
        <Notice tone="warning">
          Cet espace n’envoie pas de courriel : les deux adresses ne pourront pas confirmer. Demandez le changement à un
          administrateur.
        </Notice>
      )}
      <Section title={pending ? 'Indiquer une autre adresse' : 'Nouvelle adresse'}>
        <Form method="post" noValidate>
          <FormFields>
            <p>
              Un courriel part à l’ancienne adresse et un autre à la nouvelle : le changement se fait quand les deux ont
              confirmé. L’ancienne n’existe plus ? Un administrateur peut changer l’adresse pour vous.
            </p>
            <TextField
              name="email"
              label="Nouvelle adresse électronique"
              type="email"
              autoComplete="email"
              defaultValue={answer?.typed?.email}
              error={errorsOf(problem, 'email')}
              required
            />
            <CurrentPasswordField error={errorsOf(problem, 'current')} />
            <div>
              <SubmitButton pendingLabel="Un instant…">Demander le changement</SubmitButton>
            </div>
          </FormFields>
        </Form>
      </Section>
    </OwnPage>
  )
}

function Pending({ newEmail, expiresAt, oldConfirmed, newConfirmed }: PendingEmailChange) {
  const confirmed = (done: boolean) => (done ? 'Confirmée' : 'Pas encore confirmée')
  return (
    <Section title="Changement en cours">
      <DescriptionList
        items={[
          { term: 'Nouvelle adresse', value: newEmail },
          { term: 'Ancienne adresse', value: confirmed(oldConfirmed) },
          { term: 'Nouvelle adresse, confirmation', value: confirmed(newConfirmed) },
          { term: 'Abandonné sans réponse le', value: dateTime(new Date(expiresAt)) },
        ]}
      />
      <Form method="post">
        <SubmitButton name="geste" value="annuler" variant="secondary" pendingLabel="Un instant…">
          Annuler le changement
        </SubmitButton>
      </Form>
    </Section>
  )
}
