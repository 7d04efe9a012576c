import { Form } from '@remix-run/react'
import { type ReactNode, useMemo } from 'react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { type Description, DescriptionList } from '#app/components/DescriptionList.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import type { Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'

export type SettingsAnswer = Partial<FormAnswer<Typed>> | undefined

interface SettingsFormProps {
  answer: SettingsAnswer
  /** What is saved, shown when somebody else changed it meanwhile. */
  saved?: Description[] | null
  /** What the act would do, to be read before it is confirmed. */
  asked?: ReactNode
  /** State that the form is made from; sent back with it. */
  version?: string
  submit: ReactNode
  cancelTo: string
  children: ReactNode
}

/** A form of settings: errors at its head, what somebody else saved meanwhile, fields, buttons. */
export function SettingsForm({ answer, saved, asked, version, submit, cancelTo, children }: SettingsFormProps) {
  const errors = useMemo(() => errorLines(problemOf(answer)), [answer])
  return (
    <Form method="post" noValidate>
      <FormFields>
        <ErrorSummary errors={errors} submission={answer} title={saved ? 'Changé entre-temps' : undefined} />
        {saved && (
          <div className="stack">
            <p>
              <strong>Ce qui est enregistré aujourd’hui :</strong>
            </p>
            <DescriptionList items={saved} />
          </div>
        )}
        {asked}
        {version !== undefined && <input type="hidden" name="version" value={version} />}
        {children}
        <ButtonRow>
          {submit}
          <ButtonLink to={cancelTo} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </ButtonRow>
      </FormFields>
    </Form>
  )
}

/** The submit button of a form of settings. */
export function SaveButton({ children }: { children: ReactNode }) {
  return (
    <SubmitButton icon="check" pendingLabel="Enregistrement en cours…">
      {children}
    </SubmitButton>
  )
}

/** What a field shows: what was typed, else what is known; and what is wrong with it. */
export function fieldsFrom(answer: SettingsAnswer, known: Readonly<Record<string, string>> = {}) {
  return (name: string) => ({
    name,
    defaultValue: answer?.typed ? (answer.typed[name] ?? '') : (known[name] ?? ''),
    error: errorsOf(problemOf(answer), name),
  })
}
