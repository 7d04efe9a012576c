import { Form, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from './Button.tsx'
import type { IconName } from './Icon.tsx'

type FilterFormProps = {
  children: ReactNode
  /** What its button says. */
  submit?: string
  icon?: IconName
  /** Where everything shows again; nothing leads there when nothing is left out. */
  all?: string | false | null
}

/**
 * The fields that choose what a page shows, in a GET form: the choice has an address. Another form for each address, so
 * that its fields follow « Tout afficher » and the browser's own buttons.
 */
export function FilterForm({ children, submit = 'Filtrer', icon, all }: FilterFormProps) {
  const { search } = useLocation()
  return (
    <Form method="get" key={search}>
      <div className="filters">
        {children}
        <Button type="submit" icon={icon}>
          {submit}
        </Button>
        {all && (
          <ButtonLink to={all} variant="quiet">
            Tout afficher
          </ButtonLink>
        )}
      </div>
    </Form>
  )
}
