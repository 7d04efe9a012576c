import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { ErrorSummary, type FieldMessage } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import type { DecisionPage } from '#server/domain/decisions/decision-page.ts'

type DecisionFormProps = {
  slug: string
  page: DecisionPage
  title: string
  errors: readonly FieldMessage[]
  /** What the action answered: the summary takes the focus again at each refusal. */
  submission: unknown
  /** The button that does it. */
  submit: ReactNode
  children: ReactNode
}

/** A page that asks one thing about a decision, and recalls which. */
export function DecisionForm({ slug, page, title, errors, submission, submit, children }: DecisionFormProps) {
  const back = `/${slug}/decisions/${page.id}`
  return (
    <Page
      title={title}
      level={page.competent.level}
      breadcrumb={[
        { label: 'Décisions', to: `/${slug}/decisions` },
        { label: page.number ? `Décision ${page.number}` : 'Proposition', to: back },
      ]}
      width="narrow"
      notice={<ErrorSummary errors={errors} submission={submission} />}
    >
      <blockquote className="decision-wording">{page.wording}</blockquote>
      <p>
        Proposée par {page.proposing.name} ; relève de : {page.competent.name}.
      </p>
      <Form method="post" noValidate>
        <FormFields>
          {children}
          <ButtonRow>
            {submit}
            <ButtonLink to={back}>Revenir à la décision</ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}
