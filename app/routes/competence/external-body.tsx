import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ExternalBodyFields } from '#app/competence/ExternalBodyFields.tsx'
import { ButtonLink } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { mediumDate } from '#app/formats.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { externalBodyForm } from '#server/vocabulary/competence-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.known.body.name ?? '')

const load = ({ services, actor, param }: Work) => services.competence.externalBody(actor, param('id'))

/** A deliberative body: what is known of it, its end (H33). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const known = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, known }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, externalBodyForm, {
    load,
    async act({ services, actor, slug, param }, form) {
      await services.competence.changeExternalBody(actor, { id: param('id'), form })
      return redirect(withFlash(`/${slug}/organes-externes`, 'organe-modifie'))
    },
  })
}

export default function ExternalBodyPage() {
  const { slug, known } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const { body, organisations } = known
  const field = fieldsFrom(answer, {
    name: body.name,
    organisationId: body.organisation?.id ?? '',
    purpose: body.purpose,
    endsOn: body.endsOn ?? '',
  })
  const back = `/${slug}/organes-externes`
  return (
    <Page
      title={body.name}
      breadcrumb={[
        { label: 'Gestion', to: `/${slug}/gestion` },
        { label: 'Organes externes', to: back },
      ]}
      width="narrow"
    >
      <SettingsForm
        answer={answer}
        saved={
          saved && [
            { term: 'Nom', value: saved.body.name },
            { term: 'Organe de', value: saved.body.organisation?.name },
            { term: 'Délibère sur', value: saved.body.purpose },
            { term: 'Jusqu’au', value: saved.body.endsOn && mediumDate(saved.body.endsOn) },
          ]
        }
        version={(saved ?? known).body.version}
        submit={<SaveButton>Enregistrer l’organe</SaveButton>}
        cancelTo={back}
      >
        <ExternalBodyFields field={field} organisations={organisations} />
        <DateField {...field('endsOn')} label="Dernier jour" hint="S’il n’existe plus ; vide, il continue." />
      </SettingsForm>
      <Section title="Entré par erreur ?">
        <ButtonLink to={`${back}/${body.id}/suppression`} icon="trash">
          Supprimer l’organe
        </ButtonLink>
      </Section>
    </Page>
  )
}
