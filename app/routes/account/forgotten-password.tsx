import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useErrors } from '#app/account/OwnPage.tsx'
import { answering, postedForm } from '#app/account/requests.ts'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import { forgottenPasswordForm } from '#server/vocabulary/account-forms.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Mot de passe oublié, ou première connexion') }]

export function loader({ context }: LoaderFunctionArgs) {
  return { sendsMail: context.services.accounts.sendsMail() }
}

/** Whatever the address, the answer is the same. */
export async function action(args: ActionFunctionArgs) {
  const form = await postedForm(args)
  const { services, address } = args.context
  return answering(args, form, forgottenPasswordForm, async ({ email }) => {
    await services.accounts.requestPassword({ email, address })
    return data({ sent: true as const })
  })
}

export default function ForgottenPassword() {
  const { sendsMail } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = answer && !('sent' in answer) ? answer : undefined
  const errors = useErrors(refused)
  if (answer && 'sent' in answer) return <Sent sendsMail={sendsMail} />
  return (
    <Page
      title="Mot de passe oublié, ou première connexion"
      width="narrow"
      notice={<ErrorSummary errors={errors} submission={answer} />}
    >
      {!sendsMail && <NoMail />}
      <p>
        Indiquez votre adresse : un lien y part pour choisir un mot de passe. Si vous n’avez jamais rejoint l’espace,
        c’est votre invitation qui part de nouveau.
      </p>
      <Form method="post" noValidate>
        <FormFields>
          <TextField
            name="email"
            label="Adresse électronique"
            type="email"
            autoComplete="username"
            defaultValue={refused?.typed?.email}
            error={errorsOf(problemOf(refused), 'email')}
            required
          />
          <div>
            <SubmitButton pendingLabel="Un instant…">Demander un lien</SubmitButton>
          </div>
        </FormFields>
      </Form>
    </Page>
  )
}

function Sent({ sendsMail }: { sendsMail: boolean }) {
  return (
    <Page title="Regardez votre messagerie" width="narrow">
      <Notice tone="success" announce>
        Si un compte a cette adresse, un courriel y part dans les minutes qui viennent.
      </Notice>
      {!sendsMail && <NoMail />}
      <p>
        Le lien pour un mot de passe oublié sert une heure ; celui d’une invitation, quatorze jours. Rien n’arrive ?
        Regardez parmi les courriers indésirables, vérifiez l’adresse, ou adressez-vous au chef de projet de votre
        consortium.
      </p>
      <div>
        <ButtonLink to="/connexion">Se connecter</ButtonLink>
      </div>
    </Page>
  )
}

function NoMail() {
  return (
    <Notice tone="warning">
      Cet espace n’envoie pas de courriel : adressez-vous au chef de projet de votre consortium, qui fera remplacer
      votre mot de passe.
    </Notice>
  )
}
