import { Form } from '@remix-run/react'
import { type ReactNode, useMemo } from 'react'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FieldRow, FormFields } from '#app/components/Form.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { DateField, TextAreaField, TimeField } from '#app/components/TextField.tsx'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import { belowMeeting } from './meeting-names.ts'

type Typed = { reason: string; day?: string; startTime?: string }

interface EndingFormProps {
  slug: string
  page: Pick<MeetingPage, 'id' | 'state' | 'startsAt' | 'instance'>
  title: string
  /** What will follow. */
  explanation: string
  answer: Partial<FormAnswer<Typed>> | undefined
  /** The fields of a new date, when there is one. */
  date?: { day: string; startTime: string }
  submit: ReactNode
}

/** Why a meeting will not be held when it was to be, and when it will be instead. */
export function EndingForm({ slug, page, title, explanation, answer, date, submit }: EndingFormProps) {
  const errors = useMemo(() => errorLines(problemOf(answer)), [answer])
  const typed = answer?.typed
  const errorOf = (name: keyof Typed) => errorsOf(problemOf(answer), name)
  return (
    <Page
      title={title}
      level={page.instance.level}
      lead={page.instance.name}
      badges={<StateBadge of="meeting" state={page.state} />}
      breadcrumb={belowMeeting(slug, page)}
      width="narrow"
      notice={<ErrorSummary errors={errors} />}
    >
      <Form method="post" noValidate>
        <FormFields>
          <p>{explanation}</p>
          {date && (
            <FieldRow>
              <DateField
                name="day"
                label="Nouvelle date"
                defaultValue={typed?.day ?? date.day}
                error={errorOf('day')}
                required
              />
              <TimeField
                name="startTime"
                label="Heure de début"
                defaultValue={typed?.startTime ?? date.startTime}
                error={errorOf('startTime')}
                required
              />
            </FieldRow>
          )}
          <TextAreaField
            name="reason"
            label="Motif"
            hint="Les personnes concernées le liront. N’y mettez rien sur la santé ou la vie privée de quelqu’un."
            defaultValue={typed?.reason}
            error={errorOf('reason')}
            maxLength={500}
            required
          />
          <ButtonRow>
            {submit}
            <ButtonLink to={`/${slug}/reunions/${page.id}`} variant="quiet">
              Revenir sans rien changer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </Page>
  )
}
