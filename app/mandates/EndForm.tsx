import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { RadioGroupField } from '#app/components/ChoiceField.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { DateField } from '#app/components/TextField.tsx'
import type { Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'

interface EndFormProps {
  answer: Partial<FormAnswer<Typed>> | undefined
  /** « Mettre fin au mandat » */
  label: string
  back: string
  /** What follows from it. */
  children: ReactNode
}

/** When something ends: at once, or at the end of a day; what follows is said above. */
export function EndForm({ answer, label, back, children }: EndFormProps) {
  const problem = problemOf(answer)
  return (
    <Form method="post" noValidate>
      <ErrorSummary errors={errorLines(problem)} />
      <FormFields>
        {children}
        <RadioGroupField
          name="when"
          label="Quand"
          defaultValue={answer?.typed?.when ?? 'maintenant'}
          error={errorsOf(problem, 'when')}
          options={[
            {
              value: 'maintenant',
              label: 'Dès maintenant',
              hint: 'Ses accès s’arrêtent aussitôt ; le dernier jour est hier.',
            },
            { value: 'jour', label: 'À la fin du jour que voici' },
          ]}
        />
        <DateField
          name="lastDay"
          label="Dernier jour"
          defaultValue={answer?.typed?.lastDay}
          error={errorsOf(problem, 'lastDay')}
        />
        <ButtonRow>
          <SubmitButton variant="danger" pendingLabel="Enregistrement en cours…">
            {label}
          </SubmitButton>
          <ButtonLink to={back} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </ButtonRow>
      </FormFields>
    </Form>
  )
}
