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
import { answering, gesture, ownForm } from '#app/account/requests.ts'
import { SubmitButton } from '#app/components/Button.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { withFlash } from '#app/flash.ts'
import { dateTime, documentTitle } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { endSessionForm, noForm } from '#server/vocabulary/account-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = () => [{ title: documentTitle('Sessions ouvertes', 'Profil') }]

export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => ({ sessions: await services.accounts.ownSessions(person) }))
}

export async function action(args: ActionFunctionArgs) {
  const { form, services, person, address } = await ownForm(args)
  if (gesture(form) === 'toutes') {
    return answering(args, form, noForm, async () => {
      await services.accounts.endOtherSessions(person, { address })
      return redirect(withFlash('/profil/sessions', 'sessions-fermees'))
    })
  }
  return answering(args, form, endSessionForm, async ({ session }) => {
    await services.accounts.endOwnSession(person, { sessionId: session, address })
    return redirect(withFlash('/profil/sessions', 'session-fermee'))
  })
}

export default function Sessions() {
  const { sessions } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <OwnPage
      title="Sessions ouvertes"
      answer={answer}
      lead="Là où votre compte est connecté. Fermez celles que vous ne reconnaissez pas, puis changez de mot de passe."
    >
      <PlainList className="sessions">
        {sessions.map(({ id, device, since, isThisOne }) => (
          <li key={id} className="session">
            <div>
              <strong>{device}</strong>
              {isThisOne && ' (cette session)'}
              <p className="field-hint">Ouverte le {dateTime(new Date(since))}</p>
            </div>
            {!isThisOne && (
              <Form method="post">
                <SubmitButton name="session" value={id} variant="secondary" size="small" pendingLabel="Fermeture…">
                  Fermer la session<span className="visually-hidden"> {device}</span>
                </SubmitButton>
              </Form>
            )}
          </li>
        ))}
      </PlainList>
      {sessions.length > 1 && (
        <Form method="post">
          <SubmitButton name="geste" value="toutes" variant="danger" pendingLabel="Fermeture…">
            Fermer toutes les autres sessions
          </SubmitButton>
        </Form>
      )}
    </OwnPage>
  )
}
