import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { MinutesContent } from '#app/editor/MinutesContent.tsx'
import { MinutesDifferences } from '#app/editor/MinutesDifferences.tsx'
import { withFlash } from '#app/flash.ts'
import { documentTitle, mediumDate } from '#app/formats.ts'
import { actingOnLiveMinutes, liveMinutesFor } from '#app/minutes/live-minutes-for.ts'
import { SeenFields } from '#app/minutes/Seen.tsx'
import { seenText } from '#app/minutes/seen-text.ts'
import type { Refused } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Donner mon accord') }]

/** The text to agree to, as it is now; or what changed since one's agreement (H20). */
export function loader(args: LoaderFunctionArgs) {
  return liveMinutesFor(args, 'approve')
}

export function action(args: ActionFunctionArgs) {
  return actingOnLiveMinutes(args, async ({ services, actor, slug, param, request }) => {
    const seen = seenText(await request.formData())
    await services.minutes.approveMinutes(actor, { minutesId: param('id'), seen })
    return redirect(withFlash(`/${slug}/comptes-rendus/${param('id')}`, 'accord'))
  })
}

export default function Approval() {
  const { slug, page, live } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() as Refused
  const minutes = `/${slug}/comptes-rendus/${page.id}`
  const before = live.mySeenContent
  return (
    <Page
      title={before ? 'Maintenir mon accord' : 'Donner mon accord'}
      lead={`Compte rendu de la réunion du ${mediumDate(page.meeting.startsAt)}, ${page.instance.name}`}
      level={page.instance.level}
      breadcrumb={[{ label: 'Compte rendu', to: minutes }]}
      width="narrow"
      notice={
        refused && (
          <Notice tone="warning" title="Votre accord n’est pas enregistré" announce>
            {refused.refusal.message}
          </Notice>
        )
      }
    >
      {before && (
        <Section title="Ce qui a changé depuis votre accord">
          <MinutesDifferences before={before} after={page.content} />
        </Section>
      )}
      <Section title="Le texte, tel qu’il est maintenant">
        <MinutesContent content={page.content} competences={live.writing?.competence} />
      </Section>
      <Form method="post">
        <SeenFields seen={live.seen} />
        <p>Votre accord porte sur ce texte précis. S’il change ensuite, il vous sera redemandé.</p>
        <ButtonRow>
          <SubmitButton icon="check">{before ? 'Maintenir mon accord' : 'Donner mon accord sur ce texte'}</SubmitButton>
          <ButtonLink to={minutes}>Corriger d’abord le texte</ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  )
}
