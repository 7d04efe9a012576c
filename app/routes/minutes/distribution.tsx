import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { counted, documentTitle, mediumDate } from '#app/formats.ts'
import { acting, type Refused, reading } from '#app/request.ts'

export const meta: MetaFunction = () => [{ title: documentTitle('Diffuser le compte rendu') }]

/** The list that distributing will reach (H23). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const page = await services.minutes.minutesPage(actor, param('id'))
    services.checkAbility(page.can.distribute)
    return { slug, page, audience: page.sealed?.audience ?? [] }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async ({ services, actor, slug, param }) => {
    await services.minutes.distributeMinutes(actor, param('id'))
    return redirect(withFlash(`/${slug}/comptes-rendus/${param('id')}`, 'diffusion'))
  })
}

export default function Distribution() {
  const { slug, page, audience } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() as Refused
  const minutes = `/${slug}/comptes-rendus/${page.id}`
  return (
    <Page
      title="Diffuser le compte rendu"
      lead={`Réunion du ${mediumDate(page.meeting.startsAt)}, ${page.instance.name}`}
      level={page.instance.level}
      breadcrumb={[{ label: 'Compte rendu', to: minutes }]}
      width="narrow"
      notice={
        refused && (
          <Notice tone="warning" announce>
            {refused.refusal.message}
          </Notice>
        )
      }
    >
      <p>
        Il sera publié, et apparaîtra « à lire » dans l’espace de {counted(audience.length, 'personne')} (aucun courriel
        n’est encore envoyé) :
      </p>
      <ul>
        {audience.map(name => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <p>
        <Link to={`${accessPath(slug, 'compte-rendu', page.id)}#apercu`}>Voir ce que chacun en verra</Link>
      </p>
      <Form method="post">
        <ButtonRow>
          <SubmitButton icon="sent">Diffuser le compte rendu</SubmitButton>
          <ButtonLink to={minutes}>Revenir au compte rendu</ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  )
}
