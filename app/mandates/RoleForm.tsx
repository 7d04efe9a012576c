import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import type { Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines } from '#app/forms.ts'

interface RoleFormProps {
  answer: Partial<FormAnswer<Typed>> | undefined
  /** « Désigner la personne » */
  submitLabel: string
  back: string
  children: ReactNode
}

/** The form of a mandate or a function; shown again as it was typed when it is refused. */
export function RoleForm({ answer, submitLabel, back, children }: RoleFormProps) {
  return (
    <Form method="post" noValidate>
      <ErrorSummary errors={errorLines(problemOf(answer))} />
      <FormFields>
        {children}
        <ButtonRow>
          <SubmitButton pendingLabel="Enregistrement en cours…">{submitLabel}</SubmitButton>
          <ButtonLink to={back} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </ButtonRow>
      </FormFields>
    </Form>
  )
}
