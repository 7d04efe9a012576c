import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { requirePost } from '#app/request.ts'

/** Ends the session; its live texts close within seconds. */
export async function action(args: ActionFunctionArgs) {
  requirePost(args)
  const { request, context } = args
  const taken = await context.services.sessions.close(request.headers.get('Cookie'), context.address)
  return redirect('/connexion', { headers: { 'Set-Cookie': taken } })
}

/** The address alone ends nothing: signing out is a form that one sends. */
export function loader() {
  return redirect('/')
}

export { default } from '#app/components/NoPage.tsx'
