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
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle, list, mediumDate } from '#app/formats.ts'
import { errorsOf } from '#app/forms.ts'
import type { InvitationPage } from '#server/domain/accounts/invitation.ts'
import { choosePasswordForm } from '#server/vocabulary/account-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = () => [{ title: documentTitle('Invitation') }]

/** Shows who invites to what; nothing is consumed, since programs that check mail open links. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { accounts, sessions, people } = context.services
  const invitation = await accounts.invitationPage(params.token ?? '')
  if (!invitation) return data({ invitation: null, signedInAs: null }, { status: 404 })
  const other = await sessions.accountOf(request.headers.get('Cookie'))
  return data({ invitation, signedInAs: other ? await people.nameOf(other.accountId) : null })
}

/** The button accepts the invitation, with the password that was chosen, and signs in. */
export async function action(args: ActionFunctionArgs) {
  const form = await postedForm(args)
  const { params, request, context } = args
  const { accounts, sessions } = context.services
  return answering(args, form, choosePasswordForm, async ({ password }) => {
    const accepted = await accounts.acceptInvitation({ token: params.token ?? '', password, address: context.address })
    if (!accepted) return data({ gone: true as const }, { status: 404 })
    await sessions.close(request.headers.get('Cookie'), context.address)
    const cookie = await sessions.open(accepted.accountId, request.headers.get('User-Agent'), accepted.passwordMark)
    return redirect('/', { headers: { 'Set-Cookie': cookie } })
  })
}

export default function Invitation() {
  const { invitation, signedInAs } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = answer && !('gone' in answer) ? answer : undefined
  const errors = useErrors(refused)
  if (!invitation || (answer && 'gone' in answer)) return <LinkGone what="invitation" />
  const { name, email, passwordLength } = invitation
  return (
    <Page
      title="Vous êtes invité"
      width="narrow"
      lead={`${name}, cet espace est celui où se préparent et se gardent les réunions, les comptes rendus et les décisions.`}
      notice={<ErrorSummary errors={errors} submission={answer} />}
    >
      <InvitedTo {...invitation} />
      <Section title="Choisissez votre mot de passe">
        {signedInAs && (
          <Notice tone="warning">
            Vous êtes connecté en tant que {signedInAs} : accepter cette invitation vous connecte en tant que {name}.
          </Notice>
        )}
        <Form method="post" reloadDocument noValidate>
          <FormFields>
            <WhoseAccount email={email} />
            <p>Vous vous connecterez avec l’adresse {email} et ce mot de passe.</p>
            <NewPasswordField
              least={passwordLength}
              label="Mot de passe"
              error={errorsOf(problemOf(refused), 'password')}
            />
            <div>
              <SubmitButton pendingLabel="Un instant…">Accepter l’invitation</SubmitButton>
            </div>
          </FormFields>
        </Form>
      </Section>
    </Page>
  )
}

function InvitedTo({ consortia, isAdministrateur }: InvitationPage) {
  return (
    <>
      {isAdministrateur && <p>Vous administrerez les consortiums et les comptes de ce déploiement.</p>}
      {consortia.map(consortium => (
        <Section key={consortium.name} title={consortium.name}>
          {consortium.by.length > 0 && <p>Vous y êtes invité par {list(consortium.by)}.</p>}
          <PlainList className="invited-to">
            {consortium.rights.map(right => (
              <li key={right.id}>
                <strong>{right.functionLabel}</strong>
                {right.instance ? `, ${right.instance.name}` : ''}
                {right.organisation ? ` (${right.organisation})` : ''}, à compter du {mediumDate(right.startsOn)}
              </li>
            ))}
          </PlainList>
        </Section>
      ))}
    </>
  )
}
