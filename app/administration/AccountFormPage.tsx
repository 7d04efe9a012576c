import { Form } from '@remix-run/react'
import { type ReactNode, useMemo } from 'react'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { TextField } from '#app/components/TextField.tsx'
import type { Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { aboveAccount } from './account-acts.tsx'

interface AccountFormPageProps {
  account: { id: string; name: string }
  title: string
  /** The one thing that is typed: an electronic address. */
  field: { name: string; label: string; hint?: string }
  answer: Partial<FormAnswer<Typed>> | undefined
  submit: ReactNode
  /** What will follow. */
  children: ReactNode
}

/** An act on an account for which an address is typed. */
export function AccountFormPage({ account, title, field, answer, submit, children }: AccountFormPageProps) {
  const errors = useMemo(() => errorLines(problemOf(answer)), [answer])
  return (
    <Page title={title} breadcrumb={aboveAccount(account)} width="narrow" notice={<ErrorSummary errors={errors} />}>
      {children}
      <Form method="post" noValidate>
        <FormFields>
          <TextField
            {...field}
            type="email"
            autoComplete="off"
            defaultValue={answer?.typed?.[field.name]}
            error={errorsOf(problemOf(answer), field.name)}
            required
          />
          <ButtonRow>
            {submit}
            <ButtonLink to={`/administration/comptes/${account.id}`} variant="quiet">
              Revenir sans rien changer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}
