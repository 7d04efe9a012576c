import { Link } from '@remix-run/react'
import { CheckboxField, RadioGroupField, SelectField } from '#app/components/ChoiceField.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { FieldRow } from '#app/components/Form.tsx'
import { Section } from '#app/components/Section.tsx'
import { TextAreaField, TextField } from '#app/components/TextField.tsx'
import type { InstanceChoices } from '#server/domain/instances/instance-settings.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import {
  draftReadersLabels,
  type InstanceKind,
  instanceKindLabels,
  levelLabels,
  validatorRuleLabels,
  visibilityLabels,
} from '#server/vocabulary/governance.ts'

type FieldOf = (name: string) => { name: string; defaultValue: string; error: string[] | undefined }

interface InstanceFieldsProps {
  field: FieldOf
  choices: InstanceChoices
  /** A kind that was chosen before the form, and where to choose another. */
  chosenKind?: { kind: InstanceKind; to: string } | null
  /** The code stands in numbers of the register already. */
  codeIsUsed?: boolean
}

/** Every setting of an instance, by subject. */
export function InstanceFields({ field, choices, chosenKind = null, codeIsUsed = false }: InstanceFieldsProps) {
  return (
    <>
      <IdentityFields field={field} choices={choices} chosenKind={chosenKind} codeIsUsed={codeIsUsed} />
      <WorkFields field={field} />
      <MinutesFields field={field} />
      <VotingFields field={field} organisations={choices.organisations} />
    </>
  )
}

function IdentityFields({ field, choices, chosenKind, codeIsUsed }: Required<InstanceFieldsProps>) {
  return (
    <Section title="Ce qu’elle est">
      {chosenKind && (
        <p>
          <input type="hidden" name="kind" value={chosenKind.kind} />
          <strong>{instanceKindLabels[chosenKind.kind]}</strong>.{' '}
          <Link to={chosenKind.to}>Choisir une autre nature</Link>
        </p>
      )}
      <TextField {...field('name')} label="Nom" maxLength={200} required />
      <FieldRow>
        <TextField {...field('shortName')} label="Nom court" hint="Celui du schéma." maxLength={60} required />
        <TextField
          {...field('code')}
          label="Code"
          hint={
            codeIsUsed
              ? 'Des décisions le portent dans leur numéro : il ne change plus.'
              : 'Dans le numéro de ses décisions : 2027-STRAT-001.'
          }
          maxLength={10}
          readOnly={codeIsUsed}
          required
        />
      </FieldRow>
      <FieldRow>
        <SelectField
          {...field('level')}
          label="Niveau"
          placeholder="Choisir un niveau"
          options={optionsOf(levelLabels)}
          required
        />
        {!chosenKind && (
          <SelectField
            {...field('kind')}
            label="Nature"
            placeholder="Choisir une nature"
            options={optionsOf(instanceKindLabels)}
            required
          />
        )}
      </FieldRow>
      <FieldRow>
        <SelectField
          {...field('parentId')}
          label="Rattachée à"
          hint="Dessine le schéma ; ne donne aucun droit."
          placeholder="Aucune instance"
          options={choices.parents.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          {...field('territory')}
          label="Territoire"
          hint="S’il n’est pas celui du consortium."
          maxLength={200}
        />
      </FieldRow>
    </Section>
  )
}

function WorkFields({ field }: { field: FieldOf }) {
  return (
    <Section title="Ce qu’elle fait">
      <TextAreaField {...field('purpose')} label="Objet" hint="En une ou deux phrases." maxLength={2000} rows={3} />
      <TextAreaField {...field('roles')} label="Rôles" hint="Un par ligne." maxLength={8000} rows={6} />
      <TextAreaField
        {...field('composition')}
        label="Composition"
        hint="Qui y siège, en une phrase."
        maxLength={2000}
        rows={3}
      />
      <FieldRow>
        <TextField {...field('cadence')} label="Fréquence des réunions" hint="« Trois fois par an »." maxLength={200} />
        <TextField
          {...field('meetingsPerYear')}
          label="Réunions par an"
          hint="Vide si l’instance en décide."
          inputMode="numeric"
          maxLength={3}
        />
      </FieldRow>
    </Section>
  )
}

function MinutesFields({ field }: { field: FieldOf }) {
  return (
    <Section title="Ses comptes rendus">
      <SelectField
        {...field('validatorRule')}
        label="Validés par"
        options={optionsOf(validatorRuleLabels)}
        placeholder="Choisir qui valide"
        required
      />
      <RadioGroupField
        {...field('draftReaders')}
        label="Brouillons lus par"
        options={optionsOf(draftReadersLabels)}
        required
      />
      <RadioGroupField
        {...field('minutesVisibility')}
        label="Une fois diffusés, visibles par"
        hint="Vaut pour les prochains comptes rendus. Ceux d’un groupe technique vont au moins à son niveau."
        options={optionsOf(visibilityLabels)}
        required
      />
      <Ticked
        field={field}
        name="opensWritingToMembers"
        label="Ouvrir la rédaction aux membres dès la création d’une réunion"
      />
    </Section>
  )
}

function VotingFields({ field, organisations }: { field: FieldOf; organisations: InstanceChoices['organisations'] }) {
  return (
    <Section title="Ses votes" hint="Sans vote, l’instance décide par consensus et sans quorum.">
      <Ticked field={field} name="votes" label="L’instance vote" />
      <FieldRow>
        <TextField
          {...field('quorumPercent')}
          label="Quorum, en pourcentage des voix"
          hint="Présentes ou représentées. 0 : pas de quorum."
          inputMode="numeric"
          maxLength={3}
        />
        <TextField
          {...field('mostProxies')}
          label="Pouvoirs par personne, au plus"
          hint="0 : pas de pouvoir."
          inputMode="numeric"
          maxLength={1}
        />
      </FieldRow>
      <Ticked field={field} name="castingVote" label="En cas d’égalité, la voix de la présidence décide" />
      <Disclosure summary="Voix de chaque structure">
        <div className="stack">
          <p>Une voix par structure, sauf autre nombre ici.</p>
          {organisations.map(({ id, name }, rank) => (
            <div key={id}>
              <input type="hidden" name={`weights[${rank}].organisationId`} value={id} />
              <TextField
                {...field(`weights[${rank}].voices`)}
                label={name}
                inputMode="numeric"
                maxLength={2}
                width="short"
              />
            </div>
          ))}
        </div>
      </Disclosure>
    </Section>
  )
}

function Ticked({ field, name, label }: { field: FieldOf; name: string; label: string }) {
  const { defaultValue, ...rest } = field(name)
  return <CheckboxField {...rest} label={label} value="oui" defaultChecked={defaultValue === 'oui'} />
}

function optionsOf<Code extends string>(labels: Readonly<Record<Code, string>>) {
  return codesOf(labels).map(value => ({ value, label: capital(labels[value]) }))
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)
