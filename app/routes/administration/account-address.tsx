import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AccountFormPage } from '#app/administration/AccountFormPage.tsx'
import { SubmitButton } from '#app/components/Button.tsx'
import { withFlash } from '#app/flash.ts'
import { submittingOnSite, type Typed } from '#app/form-actions.ts'
import type { FormAnswer } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { replacedEmailForm } from '#server/vocabulary/administration-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: documentTitle('Remplacer l’adresse', data?.account.name ?? 'Comptes') },
]

/** Another address, for somebody who can no longer read their own. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, param }) => {
    const account = await services.administration.accountPage(person, param('id'))
    await services.administration.checkAdministering(person)
    return { account }
  })
}

export function action(args: ActionFunctionArgs) {
  return submittingOnSite(args, replacedEmailForm, {
    async allowed({ services, person, param }) {
      await services.administration.accountPage(person, param('id'))
      await services.administration.checkAdministering(person)
    },
    async act({ services, person, param }, { email }) {
      const { address } = args.context
      await services.accounts.changeEmailFor(person, { accountId: param('id'), email, address })
      return redirect(withFlash(`/administration/comptes/${param('id')}`, 'compte-adresse'))
    },
  })
}

export default function AccountAddress() {
  const { account } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Partial<FormAnswer<Typed>> | undefined
  return (
    <AccountFormPage
      account={account}
      title={`Remplacer l’adresse : ${account.name}`}
      field={{ name: 'email', label: 'Nouvelle adresse électronique' }}
      answer={answer}
      submit={<SubmitButton pendingLabel="Remplacement en cours…">Remplacer l’adresse</SubmitButton>}
    >
      <p>
        L’adresse d’aujourd’hui est {account.email}. Ne la remplacez que si la personne ne peut plus la lire, ou si
        quelqu’un d’autre la lit, et après vous être assuré que c’est bien elle qui le demande.
      </p>
      <p>
        Toutes ses sessions se ferment. Là où l’espace envoie des courriels, son mot de passe ne sert plus : la nouvelle
        adresse reçoit un lien pour en choisir un autre, et l’ancienne est prévenue. Une application d’authentification
        qu’elle ne reconnaît pas se retire à part.
      </p>
    </AccountFormPage>
  )
}
