import { Form, Link } from '@remix-run/react'
import { useMemo } from 'react'
import { ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { RadioGroupField } from '#app/components/ChoiceField.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextField } from '#app/components/TextField.tsx'
import type { Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { dateTime } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import type { OwnPresence } from '#server/domain/meetings/own-presence.ts'
import { attendanceModeLabels, attendanceWord } from '#server/vocabulary/meetings.ts'

interface PresenceFormProps {
  presence: OwnPresence
  /** Who sees this presence, and why. */
  access: string
  answer: Partial<FormAnswer<Typed>> | undefined
}

/** The answer of one person: there, excused or represented; the last one counts. */
export function PresenceForm({ presence, access, answer }: PresenceFormProps) {
  const { mandateId, own, name, around } = presence
  const values = answer?.typed ?? valuesOf(presence)
  // Several people may be answered for on one page: each field has an identifier of its own.
  const idOf = (field: string) => `${field}-${mandateId}`
  const errors = useMemo(
    () => errorLines(problemOf(answer)).map(line => (line.name ? { ...line, id: `${line.name}-${mandateId}` } : line)),
    [answer, mandateId],
  )
  const errorOf = (field: string) => errorsOf(problemOf(answer), field)
  const suppleants = `suppleants-${mandateId}`
  return (
    <Section
      title={own ? 'Vous' : name}
      hint={roleOf(presence)}
      action={
        <Link to={access}>
          Qui peut voir ceci ?<span className="visually-hidden"> Présence de {name}</span>
        </Link>
      }
    >
      <Known presence={presence} />
      <Form method="post" noValidate>
        <ErrorSummary errors={errors} submission={answer} />
        <input type="hidden" name="mandateId" value={mandateId} />
        <datalist id={suppleants}>
          {around.map(person => (
            <option key={person.name} value={person.name} />
          ))}
        </datalist>
        <div className="attendee" data-expected>
          <RadioGroupField
            name="status"
            id={idOf('status')}
            label={own ? 'Serez-vous à cette réunion ?' : `Présence de ${name} à cette réunion`}
            look="segments"
            options={own ? ownAnswers : othersAnswers}
            defaultValue={values.status}
            error={errorOf('status')}
          />
          <div className="attendee-detail" data-for="represente">
            <TextField
              name="representedBy"
              id={idOf('representedBy')}
              label="Par qui ?"
              hint="Prénom et nom. Prévenez cette personne : l’espace ne lui écrit pas."
              list={suppleants}
              autoComplete="off"
              maxLength={200}
              defaultValue={values.representedBy}
              error={errorOf('representedBy')}
            />
          </div>
          <div className="attendee-detail" data-for="present represente">
            <RadioGroupField
              name="mode"
              id={idOf('mode')}
              label="Comment ?"
              look="inline"
              options={modes}
              defaultValue={values.mode}
              error={errorOf('mode')}
            />
          </div>
          <div className="attendee-detail" data-for="excuse">
            <TextField
              name="reason"
              id={idOf('reason')}
              label="Motif"
              hint="Facultatif, lu par l’instance seulement. Rien sur la santé ni la vie privée."
              autoComplete="off"
              maxLength={300}
              defaultValue={values.reason}
              error={errorOf('reason')}
            />
          </div>
        </div>
        <ButtonRow>
          <SubmitButton icon="check" pendingLabel="Enregistrement…">
            {presence.answer ? 'Changer la réponse' : 'Envoyer la réponse'}
          </SubmitButton>
        </ButtonRow>
      </Form>
    </Section>
  )
}

/** What stands so far: the answer, who gave it, and what the suppléant or the titulaire said. */
function Known({ presence: { name, answer, around } }: { presence: OwnPresence }) {
  return (
    <>
      {answer && (
        <Notice title={`Réponse enregistrée : ${answerSentence(name, answer)}`}>
          Donnée par {answer.by} le {dateTime(answer.at)}. Une nouvelle réponse la remplace.
        </Notice>
      )}
      {around.length > 0 && (
        <PlainList>
          {around.map(person => (
            <li key={person.name} className="soft">
              {person.name} ({person.functionLabel.toLocaleLowerCase('fr')})
              {person.status !== undefined &&
                ` : ${person.status ? attendanceWord(person.status, person.name) : 'n’a pas encore répondu'}`}
            </li>
          ))}
        </PlainList>
      )}
    </>
  )
}

function answerSentence(name: string, { status, mode, representedBy }: NonNullable<OwnPresence['answer']>): string {
  const details = [
    representedBy && `par ${representedBy}`,
    mode && attendanceModeLabels[mode].toLocaleLowerCase('fr'),
  ].filter(Boolean)
  return [attendanceWord(status, name), ...details].join(', ')
}

function roleOf({ own, functionLabel, organisation }: OwnPresence): string {
  return own ? `${functionLabel}, ${organisation}` : `${functionLabel}, ${organisation}. Vous répondez en son nom.`
}

function valuesOf({ answer }: OwnPresence): Typed {
  return {
    status: answer?.status ?? '',
    mode: answer?.mode ?? '',
    representedBy: answer?.representedBy ?? '',
    reason: answer?.reason ?? '',
  }
}

const ownAnswers = [
  { value: 'present', label: 'J’y serai' },
  { value: 'represente', label: 'Je me fais représenter' },
  { value: 'excuse', label: 'Je m’excuse' },
]

const othersAnswers = [
  { value: 'present', label: 'Vient' },
  { value: 'represente', label: 'Se fait représenter' },
  { value: 'excuse', label: 'S’excuse' },
]

const modes = [
  { value: 'sur_place', label: attendanceModeLabels.sur_place },
  { value: 'distance', label: attendanceModeLabels.distance },
]
