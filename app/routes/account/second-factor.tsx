import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import styles from '#app/account/account.css?url'
import { ConfirmEnrolment, FreshRecoveryCodes } from '#app/account/Enrolment.tsx'
import { OwnPage } from '#app/account/OwnPage.tsx'
import { answering, gesture, type OwnWork, ownForm } from '#app/account/requests.ts'
import { EnrolledForms, EnrolmentStart } from '#app/account/SecondFactorForms.tsx'
import { withFlash } from '#app/flash.ts'
import { documentTitle } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { returnPath } from '#app/return-path.ts'
import { firstCodeForm, passwordAgainForm, strongAgainForm } from '#server/vocabulary/account-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction = () => [{ title: documentTitle('Second facteur', 'Profil') }]

/** One's authenticator application and its recovery codes. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => ({
    page: await services.accounts.authenticatorPage(person),
    back: backOf(args.request),
  }))
}

export async function action(args: ActionFunctionArgs) {
  const { form, ...work } = await ownForm(args)
  switch (gesture(form)) {
    case 'confirmer':
      return confirm(args, form, work)
    case 'codes':
      return newCodes(args, form, work)
    case 'retirer':
      return remove(args, form, work)
    default:
      return start(args, form, work)
  }
}

/** Where the person was going when a strong second factor was asked. */
function backOf(request: Request): string | null {
  const asked = new URL(request.url).searchParams.get('retour')
  return asked === null ? null : returnPath(asked)
}

/** The secret is in the answer to this form and nowhere else: no page shows it again. */
function start(args: ActionFunctionArgs, form: FormData, { services, person, address }: OwnWork) {
  return answering(args, form, passwordAgainForm, async ({ current }) => {
    const enrolment = await services.accounts.startEnrolment(person, { current, address })
    return data({ enrolment, wrong: false })
  })
}

function confirm(args: ActionFunctionArgs, form: FormData, { services, person, address }: OwnWork) {
  return answering(args, form, firstCodeForm, async ({ secret, code }) => {
    const outcome = await services.accounts.confirmEnrolment(person, { secret, code, address })
    if ('recoveryCodes' in outcome) return data(outcome)
    return data({ enrolment: outcome.enrolment, wrong: true }, { status: 422 })
  })
}

function newCodes(args: ActionFunctionArgs, form: FormData, { services, person, address }: OwnWork) {
  return answering(args, form, strongAgainForm, async typed => {
    const recoveryCodes = await services.accounts.replaceRecoveryCodes(person, { ...typed, address })
    return data({ recoveryCodes })
  })
}

function remove(args: ActionFunctionArgs, form: FormData, { services, person, address }: OwnWork) {
  return answering(args, form, strongAgainForm, async typed => {
    await services.accounts.removeAuthenticator(person, { ...typed, address })
    return redirect(withFlash('/profil/second-facteur', 'application-retiree'))
  })
}

export default function SecondFactor() {
  const { page, back } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer && 'recoveryCodes' in answer) return <FreshRecoveryCodes codes={answer.recoveryCodes} back={back} />
  if (answer && 'enrolment' in answer) return <ConfirmEnrolment {...answer} />
  const intent = answer?.typed?.geste ?? ''
  return (
    <OwnPage title="Second facteur" answer={answer} ids={idsOf[intent]}>
      {page.since ? (
        <EnrolledForms page={page} answer={answer} intent={intent} />
      ) : (
        <EnrolmentStart page={page} answer={answer} back={back} />
      )}
    </OwnPage>
  )
}

/** Two forms of the page have the same fields. */
const idsOf: Record<string, Record<string, string>> = {
  codes: { current: 'champ-codes-current', code: 'champ-codes-code' },
  retirer: { current: 'champ-retirer-current', code: 'champ-retirer-code' },
}
