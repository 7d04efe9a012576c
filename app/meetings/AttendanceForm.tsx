import { Form } from '@remix-run/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button, ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { errorLines, errorsOf } from '#app/forms.ts'
import type { AttendanceStatus } from '#server/vocabulary/meetings.ts'
import { InstitutionFields, type NumberedLine } from './AttendanceFields.tsx'
import { byInstitution, countStatuses, countsSentence } from './attendance-counts.ts'
import type { AttendanceValues } from './attendance-values.ts'
import { type FormAnswer, problemOf } from './form-answers.ts'
import { useLeaveWarning } from './use-leave-warning.tsx'

interface AttendanceFormProps {
  lines: readonly NumberedLine[]
  answer: Partial<FormAnswer<AttendanceValues[]>> | undefined
  /** The meeting's page. */
  back: string
}

/** Who is there, marked in the room on a phone: one block for each institution, and what is left in sight. */
export function AttendanceForm({ lines, answer, back }: AttendanceFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const errors = useMemo(() => errorLines(problemOf(answer)), [answer])
  const errorOf = (name: string) => errorsOf(problemOf(answer), name)
  const { watch, question } = useLeaveWarning(answer)
  const [statuses, setStatuses] = useState(() => lines.map(({ values }) => values.status))
  const recount = () => form.current && setStatuses(statusesIn(form.current, lines.length))

  // Boxes may have been ticked before the scripts arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page comes to life.
  useEffect(() => void recount(), [])

  const counts = countStatuses(statuses.map(status => (status === '' ? null : (status as AttendanceStatus))))
  const people = lines.map(numbered => ({ ...numbered, organisation: numbered.line.organisation }))
  return (
    <Form method="post" noValidate ref={form} onChange={recount} {...watch}>
      <div className="attendance-form">
        <ErrorSummary errors={errors} />
        <div className="needs-script">
          <Button
            icon="check"
            aria-disabled={counts.unknown === 0}
            onClick={() => {
              if (form.current) markOthersPresent(form.current)
              watch.onInput()
              recount()
            }}
          >
            {counts.unknown === lines.length ? 'Tous présents' : 'Tous les autres présents'}
          </Button>
        </div>
        {byInstitution(people).map(([organisation, members]) => (
          <InstitutionFields key={organisation} organisation={organisation} people={members} errorOf={errorOf} />
        ))}
      </div>
      <div className="attendance-bar">
        <p>{countsSentence(counts)}</p>
        <div className="attendance-bar-buttons">
          <ButtonLink to={back} variant="quiet">
            Revenir à la réunion
          </ButtonLink>
          <SubmitButton pendingLabel="Enregistrement en cours…">Enregistrer les présences</SubmitButton>
        </div>
      </div>
      {question}
    </Form>
  )
}

function statusesIn(form: HTMLFormElement, count: number): string[] {
  const data = new FormData(form)
  return Array.from({ length: count }, (_none, row) => String(data.get(`lines[${row}].status`) ?? ''))
}

/** Ticks « Présent » for everyone of whom nothing is said yet; what was already marked stays. */
function markOthersPresent(form: HTMLFormElement): void {
  const marked = new Set([...form.querySelectorAll<HTMLInputElement>('[name$=".status"]:checked')].map(box => box.name))
  for (const box of form.querySelectorAll<HTMLInputElement>('[name$=".status"][value="present"]')) {
    if (!marked.has(box.name)) box.checked = true
  }
}
