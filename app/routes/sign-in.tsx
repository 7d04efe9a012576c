import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useSearchParams } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Frame } from '#app/components/Frame.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { documentTitle } from '#app/formats.ts'
import { requirePost } from '#app/request.ts'
import { returnPath } from '#app/return-path.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Connexion') }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const account = await context.services.sessions.accountOf(request.headers.get('Cookie'))
  if (account) throw redirect(returnPath(new URL(request.url).searchParams.get('retour')))
  return null
}

/** Opens a session and leads to the page asked for; every refusal reads the same. */
export async function action(args: ActionFunctionArgs) {
  requirePost(args)
  const { request, context } = args
  const { sessions } = context.services
  const form = await request.formData()
  const email = String(form.get('email') ?? '').slice(0, 320)
  const account = await sessions.signIn({
    email,
    password: String(form.get('password') ?? ''),
    address: context.address,
  })
  const cookie = account && (await opened(args, account))
  if (!cookie) return data({ email }, { status: 401 })
  return redirect(returnPath(String(form.get('retour') ?? '')), { headers: { 'Set-Cookie': cookie } })
}

/** Null when the password was replaced while it was being checked. */
async function opened({ request, context }: ActionFunctionArgs, account: { accountId: string; passwordMark: string }) {
  const { sessions, refusalOf } = context.services
  const { accountId, passwordMark } = account
  try {
    return await sessions.open(accountId, request.headers.get('User-Agent'), passwordMark)
  } catch (error) {
    if (refusalOf(error)) return null
    throw error
  }
}

export default function SignIn() {
  const refused = useActionData<typeof action>()
  const [search] = useSearchParams()
  return (
    <Frame consortium={null} person={null}>
      <Page
        title="Connexion"
        width="narrow"
        lead="L’espace de travail de la gouvernance du service public de l’insertion et de l’emploi."
        notice={
          refused && (
            <Notice tone="error" title="La connexion n’a pas abouti" announce>
              L’adresse ou le mot de passe ne correspondent pas, ou trop d’essais ont été faits. Vérifiez-les, puis
              réessayez ; après plusieurs échecs, attendez un quart d’heure.
            </Notice>
          )
        }
      >
        <Form method="post" action="/connexion" reloadDocument>
          <FormFields>
            <input type="hidden" name="retour" value={search.get('retour') ?? ''} />
            <TextField
              name="email"
              label="Adresse électronique"
              type="email"
              autoComplete="username"
              defaultValue={refused?.email}
              required
            />
            <TextField name="password" label="Mot de passe" type="password" autoComplete="current-password" required />
            <p>
              <Link to="/mot-de-passe-oublie">Mot de passe oublié, ou première connexion</Link>
            </p>
            <div>
              <SubmitButton pendingLabel="Connexion en cours…">Se connecter</SubmitButton>
            </div>
          </FormFields>
        </Form>
      </Page>
    </Frame>
  )
}
