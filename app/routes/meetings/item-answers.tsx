import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { type Flash, withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { belowMeeting, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { ProposalFacts } from '#app/meetings/ProposedItems.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { ItemProposal } from '#server/domain/meetings/item-proposals.ts'
import { type ItemAnswerForm, itemAnswerForm } from '#server/vocabulary/meeting-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Points proposés', ...meetingTitleParts(data?.page))

/** Who holds the agenda answers what members propose (H8); a member withdraws an own proposal (H49). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    services.checkAbility(page.can.edit, page.can.proposeItem)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, itemAnswerForm, {
    async allowed({ services, actor, param }) {
      const { can } = await services.meetings.meetingPage(actor, param('id'))
      services.checkAbility(can.edit, can.proposeItem)
    },
    async act({ services, actor, slug, param }, form) {
      await services.meetings.answerItem(actor, { meetingId: param('id'), form })
      return redirect(withFlash(`/${slug}/reunions/${param('id')}`, done[form.answer]))
    },
  })
}

const done: Record<ItemAnswerForm['answer'], Flash> = {
  inscrite: 'point-inscrit',
  ecartee: 'point-ecarte',
  retiree: 'point-retire',
}

export default function ItemAnswers() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const waiting = (page.proposals ?? []).filter(
    ({ state, yours }) => state === 'proposee' && (page.can.edit.allowed || yours),
  )
  return (
    <Page
      title="Points proposés"
      level={page.instance.level}
      lead={page.instance.name}
      badges={<StateBadge of="meeting" state={page.state} />}
      breadcrumb={belowMeeting(slug, page)}
      width="narrow"
      notice={<ErrorSummary errors={errorLines(problemOf(answer))} />}
    >
      {waiting.map(proposal => (
        <Answer
          key={proposal.id}
          proposal={proposal}
          answers={page.can.edit.allowed}
          answer={answer?.typed.proposal === proposal.id ? answer : undefined}
        />
      ))}
      {waiting.length === 0 && <EmptyState>Aucun point n’attend de réponse.</EmptyState>}
      <ButtonLink to={`/${slug}/reunions/${page.id}`} variant="quiet">
        Revenir à la réunion
      </ButtonLink>
    </Page>
  )
}

type AnswerProps = { proposal: ItemProposal; answers: boolean; answer: ReturnType<typeof useActionData<typeof action>> }

function Answer({ proposal, answers, answer }: AnswerProps) {
  const problem = problemOf(answer)
  const setAside = answer?.typed.answer === 'ecartee'
  return (
    <Section title={proposal.title}>
      <div className="agenda">
        <ProposalFacts proposal={proposal} />
      </div>
      {answers && (
        <AnswerForm proposal={proposal} as="inscrite">
          <TextField
            id={`title-${proposal.id}`}
            name="title"
            label="Intitulé à l’ordre du jour"
            defaultValue={answer?.typed.title ?? proposal.title}
            error={errorsOf(problem, 'title')}
            maxLength={300}
            width="full"
          />
          <SubmitButton variant="primary" icon="agenda">
            Inscrire à l’ordre du jour
          </SubmitButton>
        </AnswerForm>
      )}
      {answers && (
        <Disclosure summary="Écarter ce point" open={setAside}>
          <AnswerForm proposal={proposal} as="ecartee">
            <TextField
              id={`reason-${proposal.id}`}
              name="reason"
              label="Pourquoi l’écarter"
              hint="La personne qui l’a proposé le lira."
              defaultValue={answer?.typed.reason}
              error={errorsOf(problem, 'reason')}
              maxLength={500}
              width="full"
              required
            />
            <SubmitButton icon="circle-cross">Écarter le point</SubmitButton>
          </AnswerForm>
        </Disclosure>
      )}
      {proposal.yours && (
        <AnswerForm proposal={proposal} as="retiree">
          <SubmitButton variant="quiet" icon="withdrawn">
            Retirer mon point
          </SubmitButton>
        </AnswerForm>
      )}
    </Section>
  )
}

function AnswerForm(props: { proposal: ItemProposal; as: ItemAnswerForm['answer']; children: ReactNode }) {
  return (
    <Form method="post" noValidate>
      <input type="hidden" name="proposal" value={props.proposal.id} />
      <input type="hidden" name="answer" value={props.as} />
      <FormFields>{props.children}</FormFields>
    </Form>
  )
}
