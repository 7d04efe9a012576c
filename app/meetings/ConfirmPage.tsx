import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'
import { belowMeeting } from './meeting-names.ts'

interface ConfirmPageProps {
  slug: string
  page: Pick<MeetingPage, 'id' | 'state' | 'startsAt' | 'instance'>
  title: string
  /** The button that does it; none when it cannot be done yet. */
  submit: ReactNode
  /** What will follow. */
  children: ReactNode
}

/** Says what an act on a meeting will do, and does it. */
export function ConfirmPage({ slug, page, title, submit, children }: ConfirmPageProps) {
  return (
    <Page
      title={title}
      level={page.instance.level}
      lead={page.instance.name}
      badges={<StateBadge of="meeting" state={page.state} />}
      breadcrumb={belowMeeting(slug, page)}
      width="narrow"
    >
      {children}
      <Form method="post">
        <ButtonRow>
          {submit}
          <ButtonLink to={`/${slug}/reunions/${page.id}`} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  )
}
