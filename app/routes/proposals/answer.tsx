import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { CheckboxField } from '#app/components/ChoiceField.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField, TextAreaField, TextField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { EndingFollows } from '#app/mandates/EndingFollows.tsx'
import { pageTitle } from '#app/page-title.ts'
import { GivenAnswer } from '#app/proposals/GivenAnswer.tsx'
import { ProposalFacts } from '#app/proposals/ProposalFacts.tsx'
import { aboveProposal, proposalFor, proposalToChange, titleOf } from '#app/proposals/proposal-for.ts'
import type { EndingConsequences } from '#server/domain/governance/mandate-page.ts'
import type { ProposalView } from '#server/domain/proposals/select-proposals.ts'
import { proposalAnswerForm } from '#server/vocabulary/proposal-forms.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Répondre à la proposition')

/** The chef de projet accepts a proposal, adjusted where needed, or returns it with a reason (H42). */
export function loader(args: LoaderFunctionArgs) {
  return proposalFor(args, 'answer')
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, proposalAnswerForm, {
    allowed: async work => {
      await proposalToChange(work, 'answer')
    },
    async act(work, form) {
      const { services, actor, slug, param } = work
      const proposalId = param('id')
      const page = `/${slug}/propositions/${proposalId}`
      if (form.answer === 'retourner') {
        await services.proposals.returnProposal(actor, { proposalId, reason: form.reason })
        return redirect(withFlash(page, 'proposition-retournee'))
      }
      if (form.answer === 'accepter_fin') {
        await services.proposals.acceptEnding(actor, { proposalId, lastDay: form.lastDay })
        return redirect(withFlash(page, 'fin-acceptee'))
      }
      const { answer: _, ...adjusted } = form
      await services.proposals.acceptProposal(actor, { proposalId, ...adjusted })
      return redirect(withFlash(page, 'proposition-acceptee'))
    },
  })
}

export default function Answer() {
  const { slug, proposal, follows } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  return (
    <Page
      title="Répondre à la proposition"
      level={proposal.instance.level}
      lead={`${titleOf(proposal)}, ${proposal.instance.name}`}
      breadcrumb={aboveProposal(slug, proposal)}
      width="narrow"
      notice={
        <>
          <ErrorSummary
            errors={errorLines(problem)}
            submission={answer}
            title={proposal.state === 'proposee' ? undefined : 'Votre réponse n’est pas enregistrée'}
          />
          <GivenAnswer slug={slug} proposal={proposal} />
        </>
      }
    >
      <ProposalFacts slug={slug} proposal={proposal} />
      {proposal.state === 'proposee' && (
        <>
          {proposal.kind === 'fin' ? (
            <AcceptEnding proposal={proposal} follows={follows} answer={answer} />
          ) : (
            <AcceptPerson proposal={proposal} answer={answer} />
          )}
          <ReturnProposal slug={slug} proposal={proposal} answer={answer} />
        </>
      )}
    </Page>
  )
}

type FormProps = { proposal: ProposalView; answer: ReturnType<typeof useActionData<typeof action>> }

function AcceptEnding({ proposal, follows, answer }: FormProps & { follows: EndingConsequences | null }) {
  if (follows === null) return <p>Ce mandat a été supprimé depuis : il ne reste qu’à retourner la proposition.</p>
  return (
    <Section title="Accepter" hint="La fin est enregistrée aussitôt ; la structure est prévenue.">
      <Form method="post" noValidate>
        <input type="hidden" name="answer" value="accepter_fin" />
        <FormFields>
          <EndingFollows follows={follows} instance={proposal.instance.name} />
          <DateField
            name="lastDay"
            label="Dernier jour du mandat"
            defaultValue={answer?.typed?.lastDay ?? proposal.endsOn ?? ''}
            error={errorsOf(problemOf(answer), 'lastDay')}
            required
          />
          <ButtonRow>
            <SubmitButton variant="danger" pendingLabel="Enregistrement en cours…">
              Mettre fin au mandat
            </SubmitButton>
          </ButtonRow>
        </FormFields>
      </Form>
    </Section>
  )
}

function AcceptPerson({ proposal, answer }: FormProps) {
  const problem = problemOf(answer)
  const typed = answer?.typed
  const errorOf = (name: string) => errorsOf(problem, name)
  return (
    <Section title="Accepter" hint="Le mandat est créé aussitôt ; la personne et la structure sont prévenues.">
      <Form method="post" noValidate>
        <input type="hidden" name="answer" value="accepter" />
        <FormFields>
          <TextField
            name="functionLabel"
            label="Fonction, dans les mots qui conviennent"
            defaultValue={typed?.functionLabel ?? proposal.functionLabel}
            error={errorOf('functionLabel')}
            maxLength={100}
            required
          />
          <DateField
            name="startsOn"
            label="Premier jour du mandat"
            defaultValue={typed?.startsOn ?? proposal.startsOn}
            error={errorOf('startsOn')}
            required
          />
          <DateField
            name="endsOn"
            label="Dernier jour, s’il y en a un"
            defaultValue={typed?.endsOn ?? proposal.endsOn ?? ''}
            error={errorOf('endsOn')}
          />
          {['president', 'copilote', 'membre'].includes(proposal.function) && (
            <CheckboxField
              name="carriesVoice"
              label="Cette personne porte la voix de la structure"
              defaultChecked={typed ? typed.carriesVoice === 'on' : proposal.carriesVoice}
              error={errorOf('carriesVoice')}
            />
          )}
          <ButtonRow>
            <SubmitButton icon="check" pendingLabel="Désignation en cours…">
              Accepter la proposition
            </SubmitButton>
          </ButtonRow>
        </FormFields>
      </Form>
    </Section>
  )
}

function ReturnProposal({ slug, proposal, answer }: FormProps & { slug: string }) {
  return (
    <Section title="Retourner" hint="La structure lira votre motif et pourra proposer de nouveau.">
      <Form method="post" noValidate>
        <input type="hidden" name="answer" value="retourner" />
        <FormFields>
          <TextAreaField
            name="reason"
            label="Motif"
            hint="N’y mettez rien sur la santé ou la vie privée de quelqu’un."
            defaultValue={answer?.typed?.reason}
            error={errorsOf(problemOf(answer), 'reason')}
            maxLength={1000}
            required
          />
          <ButtonRow>
            <SubmitButton variant="secondary" icon="back">
              Retourner la proposition
            </SubmitButton>
            <ButtonLink to={`/${slug}/propositions/${proposal.id}`} variant="quiet">
              Revenir sans répondre
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Section>
  )
}
