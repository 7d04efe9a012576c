import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { TextAreaField, TextField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { belowMeeting, meetingTitleParts } from '#app/meetings/meeting-names.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import { itemProposalForm } from '#server/vocabulary/meeting-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Proposer un point', ...meetingTitleParts(data?.page))

/** A member of the body proposes an item for the agenda (H49). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.meetings.meetingPage(actor, param('id'))
    services.checkAbility(page.can.proposeItem)
    return { slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, itemProposalForm, {
    async allowed({ services, actor, param }) {
      services.checkAbility((await services.meetings.meetingPage(actor, param('id'))).can.proposeItem)
    },
    async act({ services, actor, slug, param }, form) {
      await services.meetings.proposeItem(actor, { meetingId: param('id'), ...form })
      return redirect(withFlash(`/${slug}/reunions/${param('id')}`, 'point-propose'))
    },
  })
}

export default function ItemProposal() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  return (
    <Page
      title="Proposer un point à l’ordre du jour"
      level={page.instance.level}
      lead={page.instance.name}
      badges={<StateBadge of="meeting" state={page.state} />}
      breadcrumb={belowMeeting(slug, page)}
      width="narrow"
      notice={<ErrorSummary errors={errorLines(problem)} />}
    >
      <Form method="post" noValidate>
        <FormFields>
          <p>
            Les copilotes, la présidence, le secrétariat ou le chef de projet l’inscriront, ou vous diront pourquoi ils
            l’écartent. Vous pourrez le retirer tant qu’ils n’ont pas répondu.
          </p>
          <TextField
            name="title"
            label="Intitulé du point"
            defaultValue={answer?.typed.title}
            error={errorsOf(problem, 'title')}
            maxLength={300}
            width="full"
            required
          />
          <TextAreaField
            name="reason"
            label="Pourquoi en parler"
            hint="Facultatif. L’instance le lira."
            defaultValue={answer?.typed.reason}
            error={errorsOf(problem, 'reason')}
            maxLength={1000}
          />
          <ButtonRow>
            <SubmitButton variant="primary" icon="proposal">
              Proposer ce point
            </SubmitButton>
            <ButtonLink to={`/${slug}/reunions/${page.id}`} variant="quiet">
              Revenir sans rien proposer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}
