import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { list } from '#app/formats.ts'
import { EndForm } from '#app/mandates/EndForm.tsx'
import { daysOf } from '#app/mandates/role-days.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { endForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Retirer du consortium', data?.page.name ?? '')

/** Ends all that a person does in the consortium (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.people.personPage(actor, param('id'))
    services.checkVerification(actor, 'forte')
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, endForm, {
    async allowed({ services, actor, param }) {
      await services.people.personPage(actor, param('id'))
    },
    async act({ services, actor, slug, param }, form) {
      await services.people.removePerson(actor, { accountId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/personnes/${param('id')}`, 'personne-retiree'))
    },
  })
}

export default function Removal() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const back = `/${slug}/personnes/${page.id}`
  const lasting = [...page.mandates, ...page.functions].filter(each => each.state !== 'termine')
  const served = page.mandates.flatMap(each => each.servedBy)
  return (
    <Page
      title="Retirer du consortium"
      lead={page.name}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        { label: page.name, to: back },
      ]}
      width="narrow"
    >
      <EndForm answer={answer} label="Retirer la personne du consortium" back={back}>
        <p>Prendront fin ensemble :</p>
        <ul className="list">
          {lasting.map(each => (
            <li key={each.id}>
              {'instance' in each ? `${each.label}, ${each.instance.name}` : each.functionLabel} (
              {daysOf(each, each.state)})
            </li>
          ))}
        </ul>
        {served.length > 0 && <p>Finiront aussi les mandats de qui la seconde : {list([...new Set(served)])}.</p>}
        <p>
          Ce qui n’a pas commencé est effacé. Ses pages ouvertes se ferment, ses invitations et ses courriels en attente
          ne partent plus. Les comptes rendus gardent son nom ; son compte demeure, et peut être désigné de nouveau.
        </p>
      </EndForm>
    </Page>
  )
}
