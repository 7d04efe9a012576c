import { SelectField } from '#app/components/ChoiceField.tsx'
import { TextField } from '#app/components/TextField.tsx'

type FieldOf = (name: string) => { name: string; defaultValue: string; error: string[] | undefined }

/** What is known of a deliberative body. */
export function ExternalBodyFields({
  field,
  organisations,
}: {
  field: FieldOf
  organisations: { id: string; name: string }[]
}) {
  return (
    <>
      <TextField
        {...field('name')}
        label="Nom"
        hint="« Commission permanente du Département »."
        maxLength={200}
        required
      />
      <SelectField
        {...field('organisationId')}
        label="Organe de"
        placeholder="Aucune structure du consortium"
        options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField
        {...field('purpose')}
        label="Délibère sur"
        hint="Les conventions, le budget, les marchés…"
        maxLength={500}
      />
    </>
  )
}
