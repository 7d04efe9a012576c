import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { errorLines } from '#app/forms.ts'
import { pageTitle } from '#app/page-title.ts'
import { GivenAnswer } from '#app/proposals/GivenAnswer.tsx'
import { ProposalFacts } from '#app/proposals/ProposalFacts.tsx'
import { aboveProposal, proposalFor, titleOf } from '#app/proposals/proposal-for.ts'
import { acting } from '#app/request.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Retirer la proposition')

/** The institution takes its proposal back (H43). */
export function loader(args: LoaderFunctionArgs) {
  return proposalFor(args, 'withdraw')
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param }) => {
    await services.proposals.withdrawProposal(actor, param('id'))
    return redirect(withFlash(`/${slug}/propositions/${param('id')}`, 'proposition-retiree'))
  })
}

export default function Withdrawal() {
  const { slug, proposal } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <Page
      title="Retirer la proposition"
      level={proposal.instance.level}
      lead={`${titleOf(proposal)}, ${proposal.instance.name}`}
      breadcrumb={aboveProposal(slug, proposal)}
      width="narrow"
      notice={
        <ErrorSummary errors={errorLines(answer)} submission={answer} title="La proposition n’a pas été retirée" />
      }
    >
      <GivenAnswer slug={slug} proposal={proposal} />
      {proposal.state === 'proposee' && (
        <p>Le chef de projet n’aura plus à y répondre. Vous pourrez en faire une autre.</p>
      )}
      <ProposalFacts slug={slug} proposal={proposal} />
      <Form method="post" hidden={proposal.state !== 'proposee'}>
        <ButtonRow>
          <SubmitButton variant="danger" icon="withdrawn" pendingLabel="Retrait en cours…">
            Retirer la proposition
          </SubmitButton>
          <ButtonLink to={`/${slug}/propositions/${proposal.id}`} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  )
}
