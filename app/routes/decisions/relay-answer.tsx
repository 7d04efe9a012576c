import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { RadioGroupField } from '#app/components/ChoiceField.tsx'
import { DateField, TextField } from '#app/components/TextField.tsx'
import { DecisionForm } from '#app/decisions/DecisionForm.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { problemOf } from '#app/form-answers.ts'
import { documentTitle, longDate } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { reading, type Work } from '#app/request.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { relayAnswerForm } from '#server/vocabulary/decision-forms.ts'
import { relayAnswerLabels } from '#server/vocabulary/decisions.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Dire ce que la structure a relayé') }]

/** What an institution did of a decision to relay (H52). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const { services, actor, slug, param } = work
    const relay = await toAnswer(work)
    return { slug, today: actor.today, relay, page: await services.decisions.decisionPage(actor, param('id')) }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, relayAnswerForm, {
    async allowed(work) {
      await toAnswer(work)
    },
    async act({ services, actor, slug, param }, form) {
      await services.decisions.answerRelay(actor, {
        decisionId: param('id'),
        organisation: param('structure'),
        form,
      })
      return redirect(withFlash(`/${slug}/decisions/${param('id')}`, 'relais-repondu'))
    },
  })
}

/** @throws the refusal that says who may answer for the institution */
async function toAnswer({ services, actor, param }: Work) {
  const relay = await services.decisions.relayToAnswer(actor, {
    decisionId: param('id'),
    organisation: param('structure'),
  })
  services.checkAbility(relay.can.answerRelay)
  return relay
}

export default function AnswerRelay() {
  const { slug, today, page, relay } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = problemOf(answer)
  const { organisation, answer: given } = relay
  return (
    <DecisionForm
      slug={slug}
      page={page}
      title="Dire ce que la structure a relayé"
      errors={errorLines(problem)}
      submission={answer}
      submit={<SubmitButton icon="check">Enregistrer la réponse</SubmitButton>}
    >
      <p>
        <strong>{organisation.name}</strong> : à relayer avant le {longDate(relay.dueOn)}.
      </p>
      {relay.instructions !== '' && relay.instructions.split('\n').map(line => <p key={line}>{line}</p>)}
      <RadioGroupField
        name="outcome"
        label="Où en est la structure"
        defaultValue={answer?.typed.outcome ?? given?.outcome ?? 'relayee'}
        error={errorsOf(problem, 'outcome')}
        options={codesOf(relayAnswerLabels).map(value => ({ value, label: relayAnswerLabels[value] }))}
        required
      />
      <DateField
        name="relayedOn"
        label="Relayée le"
        defaultValue={answer?.typed.relayedOn ?? given?.relayedOn ?? today}
        error={errorsOf(problem, 'relayedOn')}
      />
      <TextField
        name="note"
        label="Comment, ou pourquoi elle ne la concerne pas"
        hint="Par exemple : note de service, réunion d’équipe. Tous les membres le lisent."
        defaultValue={answer?.typed.note ?? given?.note}
        error={errorsOf(problem, 'note')}
        width="full"
      />
    </DecisionForm>
  )
}
