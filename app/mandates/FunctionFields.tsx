import { SelectField } from '#app/components/ChoiceField.tsx'
import { FieldRow } from '#app/components/Form.tsx'
import { DateField, TextField } from '#app/components/TextField.tsx'
import { CiviliteFields, type FieldOf } from './PersonFields.tsx'

/** What a function in the consortium says beside whose it is and which. */
export function FunctionFields({
  field,
  organisations,
}: {
  field: FieldOf
  organisations: { id: string; name: string }[]
}) {
  return (
    <>
      <TextField
        {...field('functionLabel')}
        label="Ses mots"
        hint="« Cheffe de projet ». Vide : ceux de la fonction."
        maxLength={100}
      />
      <CiviliteFields field={field} />
      <SelectField
        {...field('organisationId')}
        label="Structure"
        hint="Obligatoire pour un correspondant : celle dont il propose les représentants."
        placeholder="Aucune"
        options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FieldRow>
        <DateField {...field('startsOn')} label="Premier jour" required />
        <DateField {...field('endsOn')} label="Dernier jour" hint="Vide : sans fin prévue." />
      </FieldRow>
    </>
  )
}
