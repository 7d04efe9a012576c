import { Form } from '@remix-run/react'
import { type ReactNode, useMemo } from 'react'
import { Button, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary, type FieldMessage } from '#app/components/ErrorSummary.tsx'
import { FieldRow, FormFields } from '#app/components/Form.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField, TextField, TimeField } from '#app/components/TextField.tsx'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { AgendaEditor } from './AgendaEditor.tsx'
import type { MeetingValues } from './meeting-values.ts'
import { useLeaveWarning } from './use-leave-warning.tsx'

/** Name of the button that only adds rows, for browsers without scripts. */
export const MORE_ROWS = 'lignes'

interface MeetingFormProps {
  values: MeetingValues
  answer: Partial<FormAnswer<MeetingValues>> | undefined
  proposals?: readonly string[]
  submitLabel: string
  /** Where giving up leads. */
  cancel: ReactNode
  children?: ReactNode
}

/** Date, place and agenda of a meeting; shown again as it was typed when it is refused. */
export function MeetingForm({ values, answer, proposals = [], submitLabel, cancel, children }: MeetingFormProps) {
  const shown = answer?.typed ?? values
  const errors = useMemo(() => errorLines(problemOf(answer)).map(withPoint), [answer])
  const errorOf = (name: string) => errorsOf(problemOf(answer), name)
  const { watch, question } = useLeaveWarning(answer)
  const field = (name: Exclude<keyof MeetingValues, 'items'>) => ({
    name,
    defaultValue: shown[name],
    error: errorOf(name),
  })
  return (
    <Form method="post" noValidate {...watch}>
      <div className="meeting-form">
        <ErrorSummary errors={errors} />
        {children}
        <FormFields>
          <FieldRow>
            <DateField {...field('day')} label="Date" required />
            <TimeField {...field('startTime')} label="Début" required />
            <TimeField {...field('endTime')} label="Fin" />
          </FieldRow>
          <TextField {...field('place')} label="Lieu" hint="Un lieu, un lien, ou les deux." maxLength={300} />
          <TextField
            {...field('link')}
            type="url"
            label="Lien de visioconférence"
            hint="L’adresse complète, qui commence par https://"
            maxLength={500}
          />
          <TextField
            {...field('title')}
            label="Intitulé"
            hint="S’il en faut un, par exemple « Séance de lancement ». Seuls ceux qui lisent la réunion le voient."
            maxLength={200}
          />
        </FormFields>
        <Section
          title="Ordre du jour"
          hint="Un rapporteur et une durée se précisent si besoin. Une ligne entièrement vide est ignorée."
        >
          <AgendaEditor key={JSON.stringify(answer?.typed?.items)} items={shown.items} {...{ proposals, errorOf }} />
        </Section>
        <ButtonRow>
          <SubmitButton pendingLabel="Enregistrement en cours…">{submitLabel}</SubmitButton>
          <span className="without-script">
            <Button type="submit" name={MORE_ROWS} value="plus">
              Ajouter des lignes à l’ordre du jour
            </Button>
          </span>
          {cancel}
        </ButtonRow>
      </div>
      {question}
    </Form>
  )
}

/** In the summary, which point of the agenda it is about. */
function withPoint(line: FieldMessage): FieldMessage {
  const row = /^items\[(\d+)\]/.exec(line.name ?? '')?.[1]
  return row === undefined ? line : { ...line, message: `Point ${Number(row) + 1} – ${line.message}` }
}
