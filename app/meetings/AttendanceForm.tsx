import { Form } from '@remix-run/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button, ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { ErrorSummary, type FieldMessage } from '#app/components/ErrorSummary.tsx'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import type { AttendanceStatus } from '#server/vocabulary/meetings.ts'
import { InstitutionFields, type NumberedLine } from './AttendanceFields.tsx'
import { byInstitution, countStatuses, countsSentence } from './attendance-counts.ts'
import { type AttendanceValues, usualModeOf, valuesOfLine } from './attendance-values.ts'
import { useLeaveWarning } from './use-leave-warning.tsx'

interface AttendanceFormProps {
  page: Pick<MeetingPage, 'attendance' | 'place' | 'link'>
  answer: Partial<FormAnswer<AttendanceValues[]>> | undefined
  /** The meeting's page. */
  back: string
}

/** Who is there, marked in the room on a phone: one block for each institution, and what is left in sight. */
export function AttendanceForm({ page, answer, back }: AttendanceFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const errorOf = (name: string) => errorsOf(problemOf(answer), name)
  const { watch, question } = useLeaveWarning(answer)
  const institutions = useMemo(() => numbered(page, answer?.typed ?? []), [page, answer])
  const everyone = useMemo(() => institutions.flatMap(({ people }) => people), [institutions])
  const errors = useMemo(() => errorLines(problemOf(answer)).map(line => withName(line, everyone)), [answer, everyone])
  const [statuses, setStatuses] = useState(() => everyone.map(person => person.values.status))
  const recount = () => form.current && setStatuses(statusesIn(form.current, everyone.length))

  // Boxes may have been ticked before the scripts arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page comes to life.
  useEffect(() => void recount(), [])

  const expected = everyone.filter(person => person.line.titulaire || statuses[person.row])
  const counts = countStatuses(expected.map(({ row }) => (statuses[row] || null) as AttendanceStatus | null))
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
            {counts.unknown === expected.length ? 'Tous présents' : 'Tous les autres présents'}
          </Button>
        </div>
        {institutions.map(({ organisation, people }) => (
          <InstitutionFields key={organisation} organisation={organisation} people={people} errorOf={errorOf} />
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

/** Institutions in order, each person with their row in the form and what their fields hold: as typed, else as recorded. */
function numbered(page: AttendanceFormProps['page'], typed: readonly AttendanceValues[]) {
  const typedBy = new Map(typed.map(values => [values.mandateId, values]))
  const usualMode = usualModeOf(page)
  let row = 0
  return byInstitution(page.attendance ?? []).map(([organisation, people]) => ({
    organisation,
    people: people.map(line => ({
      line,
      values: typedBy.get(line.mandateId) ?? valuesOfLine(line, usualMode),
      row: row++,
    })),
  }))
}

/** In the summary, whom it is about. */
function withName(line: FieldMessage, everyone: readonly NumberedLine[]): FieldMessage {
  const row = Number(/^lines\[(\d+)\]/.exec(line.name ?? '')?.[1])
  const person = everyone.find(numbered => numbered.row === row)
  return person ? { ...line, message: `${person.line.name} – ${line.message}` } : line
}

function statusesIn(form: HTMLFormElement, count: number): string[] {
  const data = new FormData(form)
  return Array.from({ length: count }, (_none, row) => String(data.get(`lines[${row}].status`) ?? ''))
}

/** Ticks « Présent » for everyone expected of whom nothing is said yet; what was already marked stays. */
function markOthersPresent(form: HTMLFormElement): void {
  for (const attendee of form.querySelectorAll('[data-expected]')) {
    const marked = attendee.querySelector('[name$=".status"]:checked')
    const present = attendee.querySelector<HTMLInputElement>('[name$=".status"][value="present"]')
    if (!marked && present) present.checked = true
  }
}
