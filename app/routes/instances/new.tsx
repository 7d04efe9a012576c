import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { InstanceFields } from '#app/instances/InstanceFields.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { NewInstance as NewInstanceView } from '#server/domain/instances/instance-settings.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { instanceKindLabels, visibilityLabels } from '#server/vocabulary/governance.ts'
import { newInstanceForm } from '#server/vocabulary/instance-forms.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Créer une instance')

/** An instance to create: first its kind, then, with `?nature=…`, the form with the usual settings of that kind (H32). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const { choices, beginnings } = await services.instances.newInstance(actor)
    services.checkVerification(actor, 'forte')
    return { slug, choices, beginnings, asked: kindIn(new URL(request.url).searchParams.get('nature')) }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, newInstanceForm, {
    async allowed({ services, actor }) {
      await services.instances.newInstance(actor)
    },
    async act({ services, actor, slug }, form) {
      const created = await services.instances.createInstance(actor, form)
      return redirect(withFlash(`/${slug}/instances/${created.slug}`, 'instance-creee'))
    },
  })
}

const kindIn = (word: string | null | undefined) => codesOf(instanceKindLabels).find(code => code === word) ?? null

export default function NewInstance() {
  const { slug, choices, beginnings, asked } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const kind = asked ?? kindIn(answer?.typed?.kind)
  if (kind === null) return <KindChoice slug={slug} beginnings={beginnings} />
  const { level, ...usual } = beginnings[kind]
  const field = fieldsFrom(answer, { kind, level: level ?? '', ...usual })
  return (
    <Page title="Créer une instance" breadcrumb={[{ label: 'Instances', to: `/${slug}` }]} width="narrow">
      <SettingsForm key={kind} answer={answer} submit={<SaveButton>Créer l’instance</SaveButton>} cancelTo={`/${slug}`}>
        <p>
          Niveau, validation et visibilité sont ceux d’usage pour cette nature ; la visibilité vient des{' '}
          <Link to={`/${slug}/visibilites`}>visibilités par défaut</Link>. Tout se change ici, puis dans ses réglages.
        </p>
        <InstanceFields field={field} choices={choices} chosenKind={{ kind, to: `/${slug}/instances/nouvelle` }} />
      </SettingsForm>
    </Page>
  )
}

/** The kind comes first: the server knows what each one begins with. */
function KindChoice({ slug, beginnings }: { slug: string; beginnings: NewInstanceView['beginnings'] }) {
  return (
    <Page
      title="Créer une instance"
      lead="De quelle nature ? Ses réglages d’usage en dépendent ; vous pourrez les changer."
      breadcrumb={[{ label: 'Instances', to: `/${slug}` }]}
      width="narrow"
    >
      <Entries>
        {codesOf(instanceKindLabels).map(kind => {
          const { level, minutesVisibility } = beginnings[kind]
          return (
            <Entry
              key={kind}
              icon={level === null ? 'instances' : `tier-${level}`}
              title={instanceKindLabels[kind]}
              to={`/${slug}/instances/nouvelle?nature=${kind}`}
              detail={`Comptes rendus diffusés visibles par : ${visibilityLabels[minutesVisibility]}`}
            />
          )
        })}
      </Entries>
    </Page>
  )
}
