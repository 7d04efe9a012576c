import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from 'react'
import { controlAttributes, Field, FieldError, FieldHint, type FieldProps, RequiredMark } from './Field.tsx'
import { split } from './TextField.tsx'

export interface Choice {
  value: string
  label: string
  hint?: ReactNode
  disabled?: boolean
}

export interface SelectFieldProps
  extends FieldProps,
    Omit<SelectHTMLAttributes<HTMLSelectElement>, keyof FieldProps | 'className'> {
  /** Choices, or groups of choices under a title. */
  options: readonly (Choice | { label: string; options: readonly Choice[] })[]
  /** The first, empty choice: « Choisir une nature ». */
  placeholder?: string
}

/** One among many. */
export function SelectField({ options, placeholder, ...props }: SelectFieldProps) {
  const [field, native] = split(props)
  return (
    <Field {...field}>
      {control => (
        <select {...native} {...control} className="input">
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map(option =>
            'options' in option ? (
              <optgroup key={option.label} label={option.label}>
                {option.options.map(choice => (
                  <Option key={choice.value} {...choice} />
                ))}
              </optgroup>
            ) : (
              <Option key={option.value} {...option} />
            ),
          )}
        </select>
      )}
    </Field>
  )
}

export interface RadioGroupFieldProps extends FieldProps {
  options: readonly Choice[]
  defaultValue?: string
  /** One under the other (default), side by side, or in large boxes for a thumb. */
  look?: 'list' | 'inline' | 'segments'
  /** The choices say by themselves what is asked; it is still read aloud. */
  labelHidden?: boolean
  onChange?: (value: string) => void
}

/** One among a few, all visible. */
export function RadioGroupField({
  options,
  defaultValue,
  look,
  labelHidden,
  onChange,
  ...props
}: RadioGroupFieldProps) {
  const { id, name, required, ...described } = controlAttributes(props)
  return (
    <fieldset className="field" aria-describedby={described['aria-describedby']}>
      <legend className={labelHidden ? 'visually-hidden' : 'field-label'}>
        {props.label}
        <RequiredMark {...props} />
      </legend>
      <FieldHint {...props} />
      <FieldError {...props} />
      <div className="choices" data-look={look}>
        {options.map((choice, index) => (
          <ChoiceLine
            key={choice.value}
            {...choice}
            // The first one bears the field's id: that is where the summary of errors leads.
            id={index === 0 ? id : `${id}-${choice.value}`}
            type="radio"
            name={name}
            required={required}
            aria-invalid={described['aria-invalid']}
            defaultChecked={choice.value === defaultValue}
            onChange={onChange && (() => onChange(choice.value))}
          />
        ))}
      </div>
    </fieldset>
  )
}

export interface CheckboxFieldProps
  extends Omit<FieldProps, 'width'>,
    Omit<InputHTMLAttributes<HTMLInputElement>, keyof FieldProps | 'className' | 'type'> {}

/** A single box to tick; `label` is the sentence one agrees to. */
export function CheckboxField(props: CheckboxFieldProps) {
  const [field, native] = split(props)
  const control = controlAttributes(field)
  return (
    <div className="field">
      <FieldError {...field} />
      <div className="choice">
        <input {...native} {...control} type="checkbox" />
        <label htmlFor={control.id}>
          {field.label}
          <RequiredMark {...field} />
        </label>
        <FieldHint {...field} />
      </div>
    </div>
  )
}

export interface CheckboxGroupFieldProps extends Omit<FieldProps, 'required'> {
  options: readonly Choice[]
  defaultValues?: readonly string[]
  look?: 'list' | 'inline' | 'segments'
}

/** Several among a few: every ticked value is sent under the same name. */
export function CheckboxGroupField({ options, defaultValues = [], look, ...props }: CheckboxGroupFieldProps) {
  const { id, name, ...described } = controlAttributes(props)
  return (
    <fieldset className="field" aria-describedby={described['aria-describedby']}>
      <legend className="field-label">{props.label}</legend>
      <FieldHint {...props} />
      <FieldError {...props} />
      <div className="choices" data-look={look}>
        {options.map((choice, index) => (
          <ChoiceLine
            key={choice.value}
            {...choice}
            id={index === 0 ? id : `${id}-${choice.value}`}
            type="checkbox"
            name={name}
            aria-invalid={described['aria-invalid']}
            defaultChecked={defaultValues.includes(choice.value)}
          />
        ))}
      </div>
    </fieldset>
  )
}

type ChoiceLineProps = Choice & InputHTMLAttributes<HTMLInputElement> & { id: string }

function ChoiceLine({ label, hint, id, ...native }: ChoiceLineProps) {
  return (
    <div className="choice">
      <input {...native} id={id} aria-describedby={hint ? `${id}-precision` : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="field-hint" id={`${id}-precision`}>
          {hint}
        </p>
      )}
    </div>
  )
}

function Option({ value, label, disabled }: Choice) {
  return (
    <option value={value} disabled={disabled}>
      {label}
    </option>
  )
}
