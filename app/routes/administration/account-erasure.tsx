import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AccountFormPage } from '#app/administration/AccountFormPage.tsx'
import { aboveAccount } from '#app/administration/account-acts.tsx'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submittingOnSite, type Typed } from '#app/form-actions.ts'
import type { FormAnswer } from '#app/form-answers.ts'
import { documentTitle } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { erasureForm } from '#server/vocabulary/administration-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: documentTitle('Effacer la personne', data?.account.name ?? 'Comptes') },
]

/** Asks for the address again before a person is erased. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person, param }) => {
    const account = await services.administration.accountPage(person, param('id'))
    await services.administration.checkAdministering(person)
    return { account }
  })
}

export function action(args: ActionFunctionArgs) {
  return submittingOnSite(args, erasureForm, {
    async allowed({ services, person, param }) {
      await services.administration.accountPage(person, param('id'))
      await services.administration.checkAdministering(person)
    },
    async act({ services, person, param }, { confirmation }) {
      const { address } = args.context
      await services.administration.eraseAccount(person, { accountId: param('id'), confirmation, address })
      return redirect(withFlash(`/administration/comptes/${param('id')}`, 'compte-efface'))
    },
  })
}

export default function AccountErasure() {
  const { account } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Partial<FormAnswer<Typed>> | undefined
  const title = `Effacer la personne : ${account.name}`
  if (!account.erasure.allowed) {
    return (
      <Page title={title} breadcrumb={aboveAccount(account)} width="narrow">
        <Notice tone="warning">{account.erasure.reason}</Notice>
        <div>
          <ButtonLink to={`/administration/comptes/${account.id}`}>Revenir au compte</ButtonLink>
        </div>
      </Page>
    )
  }
  return (
    <AccountFormPage
      account={account}
      title={title}
      field={{
        name: 'confirmation',
        label: 'Pour confirmer, retapez l’adresse électronique du compte',
        hint: `Adresse du compte : ${account.email}`,
      }}
      answer={answer}
      submit={
        <SubmitButton variant="danger" icon="trash" pendingLabel="Effacement en cours…">
          Effacer définitivement la personne
        </SubmitButton>
      }
    >
      <Notice tone="warning" title="L’effacement est définitif">
        <ul>
          <li>Son nom, son adresse, son téléphone, son mot de passe et son second facteur disparaissent du compte.</li>
          <li>Ses anciens mandats restent, au nom de « Personne effacée ».</li>
          <li>
            Les comptes rendus validés et les décisions gardent les noms avec lesquels ils ont été scellés : ce sont des
            archives publiques.
          </li>
        </ul>
      </Notice>
    </AccountFormPage>
  )
}
