import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import {
  type AccountAct,
  type AccountActName,
  aboveAccount,
  accountActIn,
  accountActs,
} from '#app/administration/account-acts.tsx'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { documentTitle } from '#app/formats.ts'
import { errorLines } from '#app/forms.ts'
import { actingOnSite, type Refused, readingSite, type SiteWork } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data: found }) => [
  { title: documentTitle(found ? accountActs[found.act].label : 'Compte', found?.account.name ?? 'Comptes') },
]

/** Says what an act on an account will do. */
export function loader(args: LoaderFunctionArgs) {
  return readingSite(args, async work => {
    const act = await actOf(work)
    await work.services.administration.checkAdministering(work.person)
    return { act, account: await work.services.administration.accountPage(work.person, work.param('id')) }
  })
}

export function action(args: ActionFunctionArgs) {
  return actingOnSite(args, async work => {
    const act = await actOf(work)
    const { services, person, param } = work
    const { accounts, administration } = services
    const does = {
      suspension: accounts.suspendAccount,
      retablissement: accounts.restoreAccount,
      sessions: administration.endAccountSessions,
      application: accounts.removeAuthenticatorFor,
      invitation: administration.resendAccountInvitation,
      nomination: administration.nameAdministrateur,
      retrait: administration.withdrawAdministrateur,
    } satisfies Record<AccountActName, unknown>
    await does[act](person, { accountId: param('id'), address: args.context.address })
    // Whoever gives up the administration has no page of accounts any more.
    if (act === 'retrait' && param('id') === person.accountId) return redirect('/')
    const waits = act === 'invitation' && !accounts.sendsMail()
    const flash = waits ? 'compte-invite-a-remettre' : accountActs[act].flash
    return redirect(withFlash(`/administration/comptes/${param('id')}`, flash))
  })
}

/** The act of the address; for anybody but an administrateur, and for an act that is none, there is no such page. */
async function actOf({ services, person, param }: SiteWork): Promise<AccountActName> {
  await services.administration.accountPage(person, param('id'))
  const act = accountActIn(param('act'))
  if (!act) throw data({ message: 'Cette page n’existe pas, ou vous n’y avez pas accès.' }, { status: 404 })
  return act
}

export default function AccountActPage() {
  const { act, account } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() as Refused
  const { label, pendingLabel, variant, explanation }: AccountAct = accountActs[act]
  return (
    <Page
      title={`${label} : ${account.name}`}
      breadcrumb={aboveAccount(account)}
      width="narrow"
      notice={<ErrorSummary errors={errorLines(refused)} title="Cela ne peut pas être fait" />}
    >
      {explanation(account.name, account)}
      <Form method="post">
        <ButtonRow>
          <SubmitButton variant={variant ?? 'primary'} pendingLabel={pendingLabel}>
            {label}
          </SubmitButton>
          <ButtonLink to={`/administration/comptes/${account.id}`} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  )
}
