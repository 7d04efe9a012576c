import { SelectField } from '#app/components/ChoiceField.tsx'
import { FieldRow } from '#app/components/Form.tsx'
import { DateField, TextField } from '#app/components/TextField.tsx'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { organisationPhaseLabels } from '#server/vocabulary/governance.ts'

type FieldOf = (name: string) => { name: string; defaultValue: string; error: string[] | undefined }

/** The two names of an institution. */
export function NameFields({ field }: { field: FieldOf }) {
  return (
    <>
      <TextField
        {...field('name')}
        label="Nom"
        hint="En toutes lettres : « Caisse d’allocations familiales du Tarn »."
        maxLength={200}
        required
      />
      <TextField
        {...field('shortName')}
        label="Sigle ou nom court"
        hint="Celui des tableaux : « CAF »."
        maxLength={40}
        width="medium"
        required
      />
    </>
  )
}

/** What is known of an institution beside its names. */
export function FactFields({ field, decisions }: { field: FieldOf; decisions: { number: string; wording: string }[] }) {
  return (
    <>
      <SelectField
        {...field('phase')}
        label="Phase d’entrée"
        placeholder="Choisir une phase"
        options={codesOf(organisationPhaseLabels).map(value => ({ value, label: organisationPhaseLabels[value] }))}
        width="medium"
        required
      />
      <TextField
        {...field('territory')}
        label="Territoire"
        hint="S’il n’est pas celui du consortium."
        maxLength={200}
      />
      <DateField {...field('enteredOn')} label="Entrée dans le consortium le" />
      <FieldRow>
        <TextField
          {...field('enteredByNumber')}
          label="Entrée par la décision n°"
          hint="Le numéro du registre, par exemple 2027-INST-002."
          list="decisions-elargissement"
          maxLength={40}
        />
        <TextField
          {...field('enteredByAct')}
          label="Ou par un autre acte"
          hint="Convention, avenant, lettre…"
          maxLength={300}
        />
      </FieldRow>
      <datalist id="decisions-elargissement">
        {decisions.map(({ number, wording }) => (
          <option key={number} value={number} label={wording.slice(0, 100)} />
        ))}
      </datalist>
    </>
  )
}
