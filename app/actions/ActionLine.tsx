import { Form, Link } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { SubmitButton } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { type ActionState, actionStateLabels } from '#server/vocabulary/actions.ts'
import { DueDate } from './DueDate.tsx'

export interface ActionLineProps {
  slug: string
  action: {
    id: string
    wording: string
    dueOn: string | null
    state: ActionState
    /** Where it comes from, and its minutes when the person may read them. */
    instance?: string
    minutesId?: string | null
    owner?: string
  }
  now: Date
  /** The page to come back to. */
  back: string
}

/** An action to carry out, its due date, and the form that says where it stands. */
export function ActionLine({ slug, action, now, back }: ActionLineProps) {
  const from = [action.owner, action.instance].filter(Boolean).join(' – ')
  return (
    <li className="action-line">
      <div className="action-line-text">
        <p className="action-line-wording">
          {action.minutesId ? (
            <Link to={`/${slug}/comptes-rendus/${action.minutesId}`}>{action.wording}</Link>
          ) : (
            action.wording
          )}
        </p>
        <p className="action-line-facts">
          {from}
          {from && action.dueOn ? ' – ' : ' '}
          <DueDate action={action} now={now} /> <StateBadge of="action" state={action.state} />{' '}
          <Link className="action-line-access" to={accessPath(slug, 'action', action.id)}>
            Qui peut voir ceci ?<span className="visually-hidden"> {action.wording}</span>
          </Link>
        </p>
      </div>
      <Form method="post" action={`/${slug}/actions/${action.id}/avancement`} className="action-line-form">
        <input type="hidden" name="retour" value={back} />
        <SelectField
          id={`avancement-${action.id}`}
          name="state"
          label="Avancement"
          defaultValue={action.state}
          options={Object.entries(actionStateLabels).map(([value, label]) => ({ value, label }))}
        />
        <SubmitButton variant="secondary" size="small" aria-label={`Enregistrer l’avancement : ${action.wording}`}>
          Enregistrer
        </SubmitButton>
      </Form>
    </li>
  )
}
