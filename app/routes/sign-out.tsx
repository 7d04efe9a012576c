import { type ActionFunctionArgs, redirect } from '@remix-run/node'

/** Ends the session; its live texts close within seconds. */
export async function action({ request, context }: ActionFunctionArgs) {
  const taken = await context.services.sessions.close(request.headers.get('Cookie'))
  return redirect('/connexion', { headers: { 'Set-Cookie': taken } })
}

/** The address alone ends nothing: signing out is a form that one sends. */
export function loader() {
  return redirect('/')
}
