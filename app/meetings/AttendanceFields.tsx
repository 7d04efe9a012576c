import { RadioGroupField } from '#app/components/ChoiceField.tsx'
import { Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { TextField } from '#app/components/TextField.tsx'
import type { AttendanceLine } from '#server/domain/meetings/attendance-sheet.ts'
import { attendanceModeLabels } from '#server/vocabulary/meetings.ts'
import type { AttendanceValues } from './attendance-values.ts'

/** A person's line and its place in the form. */
export type NumberedLine = { line: AttendanceLine; values: AttendanceValues; row: number }

interface InstitutionProps {
  organisation: string
  people: readonly NumberedLine[]
  errorOf: (name: string) => string[] | undefined
}

/** One institution: each of its people with large choices for a thumb. */
export function InstitutionFields({ organisation, people, errorOf }: InstitutionProps) {
  const names = `noms-${people[0]?.row}`
  return (
    <Section title={organisation}>
      <datalist id={names}>
        {people.map(({ line }) => (
          <option key={line.mandateId} value={line.name} />
        ))}
      </datalist>
      {people.map(person => (
        <PersonFields key={person.line.mandateId} {...person} names={names} errorOf={errorOf} />
      ))}
    </Section>
  )
}

type PersonProps = NumberedLine & { names: string } & Pick<InstitutionProps, 'errorOf'>

function PersonFields({ line, values, row, names, errorOf }: PersonProps) {
  const field = (name: keyof AttendanceValues) => `lines[${row}].${name}`
  return (
    <div className="attendee" data-expected={line.titulaire || undefined}>
      <input type="hidden" name={field('mandateId')} value={values.mandateId} />
      <input type="hidden" name={field('seen')} value={values.seen} />
      <RadioGroupField
        name={field('status')}
        label={<Who line={line} />}
        look="segments"
        options={statuses}
        defaultValue={values.status}
        error={errorOf(field('status'))}
      />
      <div className="attendee-detail" data-for="represente">
        <TextField
          name={field('representedBy')}
          label={<Labelled name={line.name}>Représenté par</Labelled>}
          list={names}
          autoComplete="off"
          maxLength={200}
          defaultValue={values.representedBy}
          error={errorOf(field('representedBy'))}
        />
      </div>
      <div className="attendee-detail" data-for="present represente">
        <RadioGroupField
          name={field('mode')}
          label={`Comment participe ${line.name} ?`}
          labelHidden
          look="inline"
          options={modes}
          defaultValue={values.mode}
          error={errorOf(field('mode'))}
        />
      </div>
      <div className="attendee-detail" data-for="excuse">
        <TextField
          name={field('reason')}
          label={<Labelled name={line.name}>Motif</Labelled>}
          hint="Facultatif, lu par l’instance seulement. Rien sur la santé ni la vie privée."
          autoComplete="off"
          maxLength={300}
          defaultValue={values.reason}
          error={errorOf(field('reason'))}
        />
      </div>
    </div>
  )
}

function Who({ line: { name, functionLabel, qualite, titulaire } }: { line: AttendanceLine }) {
  return (
    <span className="attendee-who">
      <span className="attendee-name">{name}</span>
      <span className="attendee-unmarked">
        <Badge icon="circle" tone={titulaire ? 'warning' : 'neutral'}>
          Non renseigné
        </Badge>
      </span>
      <span className="attendee-role">{[functionLabel, qualite].filter(Boolean).join(' – ')}</span>
    </span>
  )
}

/** A label that says of whom when it is heard alone. */
function Labelled({ name, children }: { name: string; children: string }) {
  return (
    <>
      {children}
      <span className="visually-hidden"> ({name})</span>
    </>
  )
}

const statuses = [
  { value: 'present', label: 'Présent' },
  { value: 'represente', label: 'Représenté' },
  { value: 'excuse', label: 'Excusé' },
  { value: 'absent', label: 'Absent' },
]

const modes = [
  { value: 'sur_place', label: attendanceModeLabels.sur_place },
  { value: 'distance', label: attendanceModeLabels.distance },
]
