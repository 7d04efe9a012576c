import { CheckboxField, type Choice, SelectField } from '#app/components/ChoiceField.tsx'
import { FieldRow } from '#app/components/Form.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField, TextField } from '#app/components/TextField.tsx'
import { mediumDate } from '#app/formats.ts'
import type { MandateChoices, NeighbourMandate } from '#server/domain/governance/mandate-page.ts'
import { ownBodyFunctions, seatFunctionLabels } from '#server/vocabulary/governance.ts'
import type { FieldOf } from './PersonFields.tsx'

/** What a mandate says beside whose it is: structure, function, voice, whom it serves or replaces, its days. */
export function MandateFields({ field, choices, self }: { field: FieldOf; choices: MandateChoices; self?: string }) {
  const others = choices.neighbours.filter(each => each.id !== self)
  const ticked = (name: string) => {
    const { defaultValue, ...rest } = field(name)
    return { ...rest, defaultChecked: defaultValue === 'on' }
  }
  return (
    <>
      <SelectField
        {...field('organisationId')}
        label="Structure représentée"
        placeholder="Choisir une structure"
        options={choices.organisations.map(({ id, name }) => ({ value: id, label: name }))}
        required
      />
      <FieldRow>
        <SelectField
          {...field('function')}
          label="Fonction"
          placeholder="Choisir une fonction"
          options={Object.entries(seatFunctionLabels).map(([value, label]) => ({ value, label }))}
          required
        />
        <TextField
          {...field('functionLabel')}
          label="Ses mots"
          hint="« Présidente », « Vice-président ». Vide : ceux de la fonction."
          maxLength={100}
        />
      </FieldRow>
      <CheckboxField
        {...ticked('carriesVoice')}
        label="Porte la voix de sa structure"
        hint="Une seule personne par structure et par instance, à un jour donné : présidence, copilote ou membre."
      />
      <FieldRow>
        <DateField {...field('startsOn')} label="Premier jour" required />
        <DateField {...field('endsOn')} label="Dernier jour" hint="Vide : sans fin prévue." />
      </FieldRow>
      <Section title="Suppléance ou assistance" hint="Pour un suppléant ou un assistant seulement.">
        <SelectField
          {...field('titulaireMandateId')}
          label="Au service de"
          placeholder="Personne"
          options={others.filter(each => ownBodyFunctions.includes(each.function)).map(mandateChoice)}
        />
        <CheckboxField
          {...ticked('readsDossier')}
          label="L’assistant lit aussi le dossier des réunions"
          hint="Page et ordre du jour des réunions annoncées. Sans cela, il reçoit les invitations et répond des présences."
        />
      </Section>
      <Section
        title="Remplacement"
        hint="Le mandat remplacé prend fin la veille, avec ses suppléants et assistants. La personne reçoit une page de passation."
      >
        <SelectField
          {...field('replacesMandateId')}
          label="Prend la suite de"
          placeholder="Personne"
          options={others.map(mandateChoice)}
        />
      </Section>
    </>
  )
}

function mandateChoice({ id, name, label, organisation, endsOn }: NeighbourMandate): Choice {
  const until = endsOn === null ? '' : `, jusqu’au ${mediumDate(endsOn)}`
  return { value: id, label: `${name} – ${label}, ${organisation}${until}` }
}
