import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { LinkGone } from '#app/account/LinkGone.tsx'
import { useErrors } from '#app/account/OwnPage.tsx'
import { answering, gesture, postedForm } from '#app/account/requests.ts'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { documentTitle } from '#app/formats.ts'

import { noForm } from '#server/vocabulary/account-forms.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Changement d’adresse') }]

/** Shows from which address to which; nothing is consumed. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const page = await context.services.accounts.emailChangeLinkPage(params.token ?? '')
  return data({ page }, { status: page ? 200 : 404 })
}

/** Confirms or refuses the change. */
export async function action(args: ActionFunctionArgs) {
  const form = await postedForm(args)
  const { params, request, context } = args
  const { accounts, sessions } = context.services
  const here = await sessions.accountOf(request.headers.get('Cookie'))
  const input = { token: params.token ?? '', address: context.address, sessionId: here?.sessionId }
  return answering(args, form, noForm, async () => {
    const done =
      gesture(form) === 'refuser' ? await accounts.refuseEmailChange(input) : await accounts.confirmEmailChange(input)
    return data({ done: done ?? ('gone' as const) }, { status: done ? 200 : 404 })
  })
}

export default function AddressChange() {
  const { page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const errors = useErrors(answer && !('done' in answer) ? answer : undefined)
  if (answer && 'done' in answer) return <Done outcome={answer.done} />
  if (!page) return <LinkGone what="adresse" />
  const { which, oldEmail, newEmail, otherConfirmed } = page
  return (
    <Page
      title={which === 'ancienne' ? 'Confirmer le changement d’adresse' : 'Confirmer la nouvelle adresse'}
      width="narrow"
      notice={<ErrorSummary errors={errors} submission={answer} />}
    >
      <DescriptionList
        items={[
          { term: 'Adresse actuelle', value: oldEmail },
          { term: 'Nouvelle adresse', value: newEmail },
        ]}
      />
      <p>
        {otherConfirmed
          ? 'L’autre adresse a déjà confirmé : le changement se fera aussitôt.'
          : 'Le changement se fera quand les deux adresses auront confirmé.'}
      </p>
      <Form method="post">
        <ButtonRow>
          <SubmitButton name="geste" value="confirmer" pendingLabel="Un instant…">
            Confirmer le changement
          </SubmitButton>
          <SubmitButton name="geste" value="refuser" variant="quiet">
            Refuser le changement
          </SubmitButton>
        </ButtonRow>
      </Form>
    </Page>
  )
}

type Outcome = 'waiting' | 'changed' | 'taken' | 'cancelled' | 'gone'

function Done({ outcome }: { outcome: Outcome }) {
  if (outcome === 'gone') return <LinkGone what="adresse" />
  const { title, says, tone } = outcomes[outcome]
  return (
    <Page title={title} width="narrow">
      <Notice tone={tone} announce>
        {says}
      </Notice>
      <div>
        <ButtonLink to="/">Revenir à l’espace</ButtonLink>
      </div>
    </Page>
  )
}

const outcomes = {
  waiting: {
    title: 'C’est confirmé ici',
    says: 'Il reste à confirmer depuis l’autre adresse : un courriel y attend.',
    tone: 'success',
  },
  changed: {
    title: 'L’adresse est changée',
    says: 'Connectez-vous désormais avec la nouvelle adresse. Le mot de passe reste le même ; vos autres sessions sont fermées.',
    tone: 'success',
  },
  taken: {
    title: 'L’adresse n’a pas changé',
    says: 'Un autre compte a déjà cette adresse. Indiquez-en une autre, ou adressez-vous à votre chef de projet.',
    tone: 'error',
  },
  cancelled: {
    title: 'Le changement est refusé',
    says: 'L’adresse du compte reste la même. Si vous n’aviez rien demandé, changez votre mot de passe.',
    tone: 'success',
  },
} as const
