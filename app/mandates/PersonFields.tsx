import { RadioGroupField } from '#app/components/ChoiceField.tsx'
import { FieldRow } from '#app/components/Form.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { civiliteLabels } from '#server/vocabulary/governance.ts'

/** What a field shows: what was typed before it was refused, else what there is. */
export type FieldOf = (name: string) => { name: string; defaultValue: string | undefined; error: string[] | undefined }

/** Who is designated: an address, and names for whoever is not of the consortium yet. */
export function PersonFields({ field }: { field: FieldOf }) {
  return (
    <>
      <TextField
        {...field('email')}
        type="email"
        label="Courriel"
        hint="L’adresse professionnelle de la personne : elle recevra une invitation, ou l’annonce de sa désignation."
        autoComplete="off"
        maxLength={254}
        required
      />
      <FieldRow>
        <TextField {...field('givenName')} label="Prénom" autoComplete="off" maxLength={100} />
        <TextField {...field('familyName')} label="Nom" autoComplete="off" maxLength={100} />
      </FieldRow>
      <p className="soft">
        Prénom et nom ne servent qu’à une personne nouvelle dans le consortium : quelqu’un qui en est déjà garde les
        siens.
      </p>
    </>
  )
}

/** How the person is called in this role. */
export function CiviliteFields({ field }: { field: FieldOf }) {
  return (
    <>
      <RadioGroupField
        {...field('civilite')}
        label="Civilité"
        look="inline"
        options={Object.entries(civiliteLabels).map(([value, label]) => ({ value, label }))}
        required
      />
      <TextField
        {...field('qualite')}
        label="Qualité"
        hint="Dans sa structure : « directrice adjointe », « conseiller départemental »."
        maxLength={200}
        required
      />
    </>
  )
}
