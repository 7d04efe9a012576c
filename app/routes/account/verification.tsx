import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useErrors } from '#app/account/OwnPage.tsx'
import { answering, gesture, ownForm } from '#app/account/requests.ts'
import { VerificationForms } from '#app/account/VerificationForms.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Page } from '#app/components/Page.tsx'
import { documentTitle } from '#app/formats.ts'
import { readingSite } from '#app/request.ts'
import { returnPath } from '#app/return-path.ts'
import { noForm, verificationForm } from '#server/vocabulary/account-forms.ts'
import { isStrongEnough, type VerificationStrength } from '#server/vocabulary/accounts.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Vérification') }]

/** Asks for a second factor, then leads back to the page that needs it. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async ({ services, person }) => {
    const asked = askedBy(args.request)
    const page = await services.accounts.verificationPage(person)
    if (isStrongEnough(page.given, asked.strength)) throw redirect(asked.back)
    return { ...asked, page }
  })
}

export async function action(args: ActionFunctionArgs) {
  const { form, services, person, address } = await ownForm(args)
  const { back, strength } = askedBy(args.request)
  if (gesture(form) === 'envoyer') {
    return answering(args, form, noForm, async () => {
      await services.accounts.sendMailCode(person, { address })
      return redirect(`/verification?retour=${encodeURIComponent(back)}&niveau=${strength}`)
    })
  }
  return answering(args, form, verificationForm, async ({ means, code }) => {
    await services.accounts.verify(person, { means, code, address })
    return redirect(back)
  })
}

/** Where to go next, and how strong a factor is asked; a strong one unless a code by mail is said to be enough. */
function askedBy(request: Request): { back: string; strength: VerificationStrength } {
  const { searchParams } = new URL(request.url)
  return {
    back: returnPath(searchParams.get('retour')),
    strength: searchParams.get('niveau') === 'courriel' ? 'courriel' : 'forte',
  }
}

export default function Verification() {
  const { page, strength, back } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const errors = useErrors(answer, idsOf[answer?.typed?.means ?? ''])
  return (
    <Page
      title="Vérification"
      width="narrow"
      lead="Avant de valider, d’adopter ou d’administrer, montrez une seconde fois que c’est bien vous. C’est demandé toutes les douze heures au plus."
      notice={<ErrorSummary errors={errors} submission={answer} />}
    >
      <VerificationForms page={page} strength={strength} back={back} answer={answer} />
    </Page>
  )
}

/** Two forms of the page have a field of the same name as the first. */
const idsOf: Record<string, { code: string }> = {
  secours: { code: 'champ-secours' },
  courriel: { code: 'champ-courriel' },
}
