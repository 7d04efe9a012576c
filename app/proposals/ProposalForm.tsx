import { Form } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { CheckboxField, RadioGroupField, SelectField } from '#app/components/ChoiceField.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FieldRow, FormFields } from '#app/components/Form.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField, TextAreaField, TextField } from '#app/components/TextField.tsx'
import type { Typed } from '#app/form-actions.ts'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import type { ProposalChoices, ProposalInstance } from '#server/domain/proposals/proposal-choices.ts'
import type { ProposalView } from '#server/domain/proposals/select-proposals.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { civiliteLabels } from '#server/vocabulary/governance.ts'
import { proposableFunctionLabels } from '#server/vocabulary/proposals.ts'

type Props = {
  slug: string
  today: string
  choices: ProposalChoices
  instance: ProposalInstance
  answer: Partial<FormAnswer<Typed>> | undefined
}

/** Whom the institution proposes for an instance, and for what. */
export function ProposalForm({ slug, today, choices, instance, answer }: Props) {
  const problem = problemOf(answer)
  const values: Typed = answer?.typed ?? valuesOf(choices.previous, today)
  const field = (name: string) => ({ name, defaultValue: values[name] ?? '', error: errorsOf(problem, name) })
  const titulaires = instance.seats.filter(seat => seat.function !== 'suppleant')
  const sitting = instance.seats.flatMap(seat => [seat, ...seat.suppleants])
  return (
    <>
      <ErrorSummary errors={errorLines(problem)} submission={answer} />
      <Form method="post" noValidate>
        <input type="hidden" name="organisationId" value={choices.organisation.id} />
        <input type="hidden" name="instanceId" value={instance.id} />
        <FormFields>
          <Section title="Qui">
            <SelectField
              {...field('accountId')}
              label="Une personne déjà connue pour votre structure"
              placeholder="Aucune : je la nomme ci-dessous"
              options={choices.people.map(({ accountId, name, qualite }) => ({
                value: accountId,
                label: qualite ? `${name}, ${qualite}` : name,
              }))}
            />
            <FieldRow>
              <TextField {...field('givenName')} label="Ou son prénom" maxLength={100} autoComplete="off" />
              <TextField {...field('familyName')} label="Son nom" maxLength={100} autoComplete="off" />
            </FieldRow>
            <TextField
              {...field('email')}
              type="email"
              label="Son adresse professionnelle"
              hint="Elle y recevra son invitation, une fois la proposition acceptée."
              maxLength={200}
              autoComplete="off"
            />
            <RadioGroupField
              {...field('civilite')}
              label="Civilité"
              look="inline"
              options={codesOf(civiliteLabels).map(value => ({ value, label: civiliteLabels[value] }))}
              required
            />
            <TextField
              {...field('qualite')}
              label="Qualité"
              hint="Ce qu’elle fait dans votre structure : « directrice adjointe », par exemple."
              maxLength={200}
              required
            />
          </Section>
          <Section title="Pour quoi">
            <SelectField
              {...field('function')}
              label="Fonction"
              options={codesOf(proposableFunctionLabels).map(value => ({
                value,
                label: proposableFunctionLabels[value],
              }))}
              required
            />
            <TextField
              {...field('functionLabel')}
              label="Dans ses mots, si vous y tenez"
              hint="« Présidente », « Membre titulaire ». Laissez vide pour les mots habituels."
              maxLength={100}
            />
            {titulaires.length > 0 && (
              <SelectField
                {...field('titulaireMandateId')}
                label="Pour une suppléance ou une assistance : de qui"
                placeholder="Personne"
                options={titulaires.map(seat => ({
                  value: seat.mandateId,
                  label: `${seat.name}, ${seat.functionLabel}`,
                }))}
              />
            )}
            <CheckboxField
              name="carriesVoice"
              label="Cette personne porte la voix de la structure"
              defaultChecked={values.carriesVoice === 'on'}
              error={errorsOf(problem, 'carriesVoice')}
            />
            {sitting.length > 0 && (
              <SelectField
                {...field('replacesMandateId')}
                label="Elle remplace"
                hint="Le mandat de la personne remplacée finira la veille."
                placeholder="Personne"
                options={sitting.map(seat => ({ value: seat.mandateId, label: `${seat.name}, ${seat.functionLabel}` }))}
              />
            )}
            <FieldRow>
              <DateField {...field('startsOn')} label="À partir du" required />
              <DateField {...field('endsOn')} label="Jusqu’au" hint="Vide : sans fin prévue." />
            </FieldRow>
            <TextAreaField
              {...field('message')}
              label="Message au chef de projet"
              hint="N’y mettez rien sur la santé ou la vie privée de quelqu’un."
              maxLength={1000}
            />
          </Section>
          <ButtonRow>
            <SubmitButton icon="sent" pendingLabel="Envoi en cours…">
              Envoyer la proposition
            </SubmitButton>
            <ButtonLink to={`/${slug}/propositions`} variant="quiet">
              Revenir sans rien proposer
            </ButtonLink>
          </ButtonRow>
        </FormFields>
      </Form>
    </>
  )
}

/** What the form begins with: nothing, or what a returned proposal said. */
function valuesOf(previous: ProposalView | null, today: string): Typed {
  if (!previous) return { function: 'membre', startsOn: today }
  const named = previous.accountId === null
  return {
    accountId: previous.accountId ?? '',
    givenName: named ? previous.givenName : '',
    familyName: named ? previous.familyName : '',
    email: previous.accountId === null ? (previous.email ?? '') : '',
    civilite: previous.civilite,
    qualite: previous.qualite,
    function: previous.function,
    functionLabel: previous.functionLabel,
    carriesVoice: previous.carriesVoice ? 'on' : '',
    titulaireMandateId: previous.titulaireMandateId ?? '',
    replacesMandateId: previous.replacesMandateId ?? '',
    startsOn: previous.startsOn,
    endsOn: previous.endsOn ?? '',
    message: previous.message,
  }
}
