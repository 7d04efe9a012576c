import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { DateField, TextAreaField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { errorLines } from '#app/forms.ts'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { aboveProposal } from '#app/proposals/proposal-for.ts'
import { reading, type Work } from '#app/request.ts'
import { endingProposalForm } from '#server/vocabulary/proposal-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Proposer la fin d’un mandat', ...(data ? [data.page.person.name] : []))

/** The end of the mandate `?mandat=`, without a successor; `?reprendre=` begins with a returned proposal (H40). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => ({ slug: work.slug, ...(await endingFor(work)) }))
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, endingProposalForm, {
    allowed: async work => {
      await endingFor(work)
    },
    async act({ services, actor, slug }, form) {
      const { proposalId } = await services.proposals.proposeEnding(actor, { form })
      return redirect(withFlash(`/${slug}/propositions/${proposalId}`, 'proposition-faite'))
    },
  })
}

function endingFor({ services, actor, request }: Work) {
  const { searchParams } = new URL(request.url)
  const again = searchParams.get('reprendre') || undefined
  return services.proposals.endingToPropose(actor, { mandateId: searchParams.get('mandat') ?? '', again })
}

export default function Ending() {
  const { slug, page, previous } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf(answer, { endsOn: previous?.endsOn ?? page.values.endsOn, message: previous?.message })
  return (
    <Page
      title="Proposer la fin d’un mandat"
      lead={`${page.person.name}, ${page.values.functionLabel}, ${page.instance.name}`}
      level={page.instance.level}
      breadcrumb={aboveProposal(slug)}
      visibleBy="les correspondants de la structure et le chef de projet"
      width="narrow"
      notice={
        previous?.reason && (
          <Notice tone="warning" title={`Retournée par ${previous.answeredBy} avec ce motif`}>
            <p className="as-typed">{previous.reason}</p>
          </Notice>
        )
      }
    >
      <p>
        Le chef de projet répondra : le mandat dure jusque-là. Pour que quelqu’un d’autre siège à sa place, proposez
        plutôt cette personne, et dites qui elle remplace.
      </p>
      <ErrorSummary errors={errorLines(problemOf(answer))} submission={answer} />
      <Form method="post" noValidate>
        <input type="hidden" name="mandateId" value={page.id} />
        <FormFields>
          <DateField {...field('endsOn')} label="Dernier jour du mandat" required />
          <TextAreaField
            {...field('message')}
            label="Message au chef de projet"
            hint="N’y mettez rien sur la santé ou la vie privée de quelqu’un."
            maxLength={1000}
          />
          <ButtonRow>
            <SubmitButton icon="sent" pendingLabel="Envoi en cours…">
              Envoyer la proposition
            </SubmitButton>
            <ButtonLink to={`/${slug}/mandats/${page.id}`} variant="quiet">
              Revenir sans rien proposer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}
