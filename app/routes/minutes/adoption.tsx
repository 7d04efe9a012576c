import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { ErrorSummary } from '#app/components/ErrorSummary.tsx'
import { FormFields } from '#app/components/Form.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { capitalised, documentTitle, longDate, mediumDate } from '#app/formats.ts'
import { errorLines, errorsOf } from '#app/forms.ts'
import { acting, type Refused, reading } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Consigner l’approbation') }]

/** The later meeting at which the body approved its minutes (H24). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.minutes.minutesPage(actor, param('id'))
    services.checkAbility(page.can.recordApproval)
    return { slug, page, meetings: page.sealed?.heldMeetings ?? [] }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param, request }) => {
    const meetingId = String((await request.formData()).get('meetingId') ?? '')
    await services.minutes.recordMinutesApproval(actor, { minutesId: param('id'), meetingId })
    return redirect(withFlash(`/${slug}/comptes-rendus/${param('id')}`, 'approbation'))
  })
}

export default function Adoption() {
  const { slug, page, meetings } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() as Refused
  const minutes = `/${slug}/comptes-rendus/${page.id}`
  const back = <ButtonLink to={minutes}>Revenir au compte rendu</ButtonLink>
  return (
    <Page
      title="Consigner l’approbation en réunion"
      lead={`Compte rendu de la réunion du ${mediumDate(page.meeting.startsAt)}, ${page.instance.name}`}
      level={page.instance.level}
      breadcrumb={[{ label: 'Compte rendu', to: minutes }]}
      width="narrow"
      notice={<ErrorSummary errors={errorLines(refused)} />}
    >
      {meetings.length === 0 ? (
        <EmptyState action={back}>
          Aucune réunion de cette instance ne s’est encore tenue depuis : l’approbation se consigne à la suivante.
        </EmptyState>
      ) : (
        <Form method="post">
          <FormFields>
            <SelectField
              name="meetingId"
              label="Réunion qui l’a approuvé"
              placeholder="Choisir une réunion"
              error={errorsOf(refused, 'meetingId')}
              options={meetings.map(meeting => ({ value: meeting.id, label: capitalised(longDate(meeting.startsAt)) }))}
              required
            />
            <ButtonRow>
              <SubmitButton icon="circle-check">Consigner l’approbation</SubmitButton>
              {back}
            </ButtonRow>
          </FormFields>
        </Form>
      )}
    </Page>
  )
}
