import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { capitalised } from '#app/formats.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { visibilitiesForm } from '#server/vocabulary/competence-forms.ts'
import { instanceKindLabels, technicalGroupKinds, visibilityLabels } from '#server/vocabulary/governance.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Visibilités par défaut')

const load = ({ services, actor }: Work) => services.competence.defaultVisibilities(actor)

/** Who reads the minutes of a new instance, by kind (H33). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const page = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, visibilitiesForm, {
    load,
    async act({ services, actor, slug }, form) {
      await services.competence.setDefaultVisibilities(actor, form)
      return redirect(withFlash(`/${slug}/visibilites`, 'visibilites'))
    },
  })
}

export default function Visibilities() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const { visibilities, version }: Awaited<ReturnType<typeof load>> = saved ?? page
  const field = fieldsFrom(answer, page.visibilities)
  return (
    <Page
      title="Visibilités par défaut"
      lead="Ce que « Créer une instance » propose, selon la nature choisie, pour qui lit les comptes rendus diffusés. Elles ne règlent rien d’autre : les instances qui existent gardent leur réglage, les décisions et l’ordre du jour suivent leurs propres règles."
      breadcrumb={[{ label: 'Gestion', to: `/${slug}/gestion` }]}
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'visibilites')}
      notice={<Flash />}
      width="narrow"
    >
      <SettingsForm
        answer={answer}
        saved={
          saved &&
          codesOf(instanceKindLabels).map(kind => ({
            term: instanceKindLabels[kind],
            value: visibilityLabels[visibilities[kind]],
          }))
        }
        version={version}
        submit={<SaveButton>Enregistrer les visibilités</SaveButton>}
        cancelTo={`/${slug}/gestion`}
      >
        {codesOf(instanceKindLabels).map(kind => (
          <SelectField
            key={kind}
            {...field(kind)}
            label={instanceKindLabels[kind]}
            options={codesOf(visibilityLabels)
              .filter(code => code !== 'instance' || !technicalGroupKinds.includes(kind))
              .map(value => ({ value, label: capitalised(visibilityLabels[value]) }))}
          />
        ))}
      </SettingsForm>
    </Page>
  )
}
