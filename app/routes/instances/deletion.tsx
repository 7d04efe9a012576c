import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { list } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { posting, reading } from '#app/request.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Supprimer', data?.instance.name ?? '')

/** Whether an instance created by mistake may be deleted, and what else to do (H32). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => {
    const { instance, uses } = await services.instances.instanceSettings(actor, param('slug'))
    services.checkVerification(actor, 'forte')
    return { slug, instance, uses }
  })
}

export function action(args: ActionFunctionArgs) {
  return posting(args, async ({ services, actor, slug, param }) => {
    await services.instances.deleteInstance(actor, param('slug'))
    return redirect(withFlash(`/${slug}`, 'instance-supprimee'))
  })
}

export default function InstanceDeletion() {
  const { slug, instance, uses } = useLoaderData<typeof loader>()
  const here = `/${slug}/instances/${instance.slug}`
  const back = (
    <ButtonLink to={here} variant="quiet">
      Revenir sans rien changer
    </ButtonLink>
  )
  return (
    <Page
      title={`Supprimer « ${instance.name} »`}
      level={instance.level}
      breadcrumb={[
        { label: 'Instances', to: `/${slug}` },
        { label: instance.shortName, to: here },
      ]}
      width="narrow"
    >
      {uses.length > 0 ? (
        <>
          <p>
            Cette instance a déjà servi ({list(uses)}) : elle ne se supprime pas. Si elle ne se réunit plus,
            dissolvez-la ; ce qui fut restera lisible.
          </p>
          <ButtonRow>
            <ButtonLink to={`${here}/dissolution`} icon="circle-cross">
              Dissoudre l’instance
            </ButtonLink>
            {back}
          </ButtonRow>
        </>
      ) : (
        <Form method="post" className="stack">
          <p>Rien ne se rapporte à cette instance : elle disparaîtra, sans retour possible.</p>
          <ButtonRow>
            <SubmitButton variant="danger" icon="trash" pendingLabel="Suppression en cours…">
              Supprimer l’instance
            </SubmitButton>
            {back}
          </ButtonRow>
        </Form>
      )}
    </Page>
  )
}
