import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { CheckboxField, RadioGroupField, SelectField } from '#app/components/ChoiceField.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { DateField, TextField } from '#app/components/TextField.tsx'

const place = { name: 'lieu', label: 'Lieu', hint: 'Adresse et salle.', error: 'Indiquez un lieu.', required: true }

describe('a field (RGAA 11)', () => {
  it('ties its label, its hint and its error to the control', () => {
    const html = renderToStaticMarkup(<TextField {...place} defaultValue="Albi" />)
    expect(html).toContain('<label class="field-label" for="champ-lieu">')
    expect(html).toMatch(/<input[^>]* id="champ-lieu"/)
    expect(html).toContain('aria-describedby="champ-lieu-aide champ-lieu-erreur"')
    expect(html).toContain('id="champ-lieu-aide"')
    expect(html).toContain('id="champ-lieu-erreur"')
    expect(html).toContain('aria-invalid="true"')
    expect(html).toContain('value="Albi"')
  })

  it('says in its label that it is required, and in the control', () => {
    const html = renderToStaticMarkup(<DateField name="jour" label="Jour" required />)
    expect(html).toContain('(obligatoire)')
    expect(html).toMatch(/<input[^>]*required=""/)
    expect(renderToStaticMarkup(<DateField name="jour" label="Jour" />)).not.toContain('(obligatoire)')
  })

  it('describes nothing when there is neither hint nor error', () => {
    const html = renderToStaticMarkup(<TextField name="lieu" label="Lieu" error={[]} />)
    expect(html).not.toContain('aria-describedby')
    expect(html).not.toContain('aria-invalid')
  })

  it('keeps ids apart when two forms have the same field', () => {
    const html = renderToStaticMarkup(<TextField name="lieu" id="lieu-2" label="Lieu" hint="Où ?" />)
    expect(html).toContain('for="lieu-2"')
    expect(html).toContain('aria-describedby="lieu-2-aide"')
  })

  it('offers choices and groups of choices', () => {
    const html = renderToStaticMarkup(
      <SelectField
        name="nature"
        label="Nature"
        placeholder="Choisir une nature"
        options={[
          { value: 'autre', label: 'Autre' },
          { label: 'Budget', options: [{ value: 'bilan', label: 'Bilan' }] },
        ]}
        defaultValue="bilan"
      />,
    )
    expect(html).toContain('<option value="">Choisir une nature</option>')
    expect(html).toContain('<optgroup label="Budget">')
    expect(html).toContain('<option value="bilan" selected="">')
  })
})

describe('choices', () => {
  const status = [
    { value: 'present', label: 'Présent' },
    { value: 'excuse', label: 'Excusé' },
  ]

  it('gathers radios under a legend, the first one bearing the id where errors lead', () => {
    const html = renderToStaticMarkup(
      <RadioGroupField name="statut" label="Présence" options={status} defaultValue="excuse" error="Choisissez." />,
    )
    expect(html).toMatch(/<fieldset[^>]*aria-describedby="champ-statut-erreur"/)
    expect(html).toMatch(/<legend[^>]*>Présence/)
    expect(html).toMatch(/<input(?=[^>]*id="champ-statut")(?=[^>]*value="present")/)
    expect(html).toMatch(/<input(?=[^>]*id="champ-statut-excuse")(?=[^>]*checked="")/)
  })

  it('keeps the words of a box as its label', () => {
    const html = renderToStaticMarkup(<CheckboxField name="accord" label="J’approuve ce texte" required />)
    expect(html).toMatch(/<label for="champ-accord">J’approuve ce texte<span/)
  })
})

describe('the summary of errors', () => {
  it('leads from each message to its field', () => {
    const html = renderToStaticMarkup(
      <ErrorSummary
        errors={[
          { name: 'lieu', message: 'Indiquez un lieu.' },
          { id: 'lieu-2', message: 'Indiquez un autre lieu.' },
          { message: 'La réunion est déjà annoncée.' },
        ]}
      />,
    )
    expect(html).toContain('<a href="#champ-lieu">Indiquez un lieu.</a>')
    expect(html).toContain('<a href="#lieu-2">Indiquez un autre lieu.</a>')
    expect(html).toContain('<li>La réunion est déjà annoncée.</li>')
    expect(html).toContain('3\u00A0points sont à corriger')
    expect(html).toContain('tabindex="-1"')
  })

  it('is not there without an error', () => {
    expect(renderToStaticMarkup(<ErrorSummary errors={[]} />)).toBe('')
  })
})
