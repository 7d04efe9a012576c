import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { Flash } from '#app/components/Flash.tsx'
import { Page } from '#app/components/Page.tsx'
import { TextAreaField, TextField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { consortiumForm } from '#server/vocabulary/consortium-forms.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Le consortium')

async function load({ services, actor }: Work) {
  const page = await services.consortia.consortiumPage(actor)
  services.checkAbility(page.can.edit)
  return page
}

/** Name, territory and purpose of the consortium, for who corrects them (H50). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const page = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, page }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, consortiumForm, {
    load,
    async act({ services, actor, slug }, form) {
      await services.consortia.editConsortium(actor, form)
      return redirect(withFlash(`/${slug}/consortium`, 'consortium-corrige'))
    },
  })
}

export default function ConsortiumSettings() {
  const { slug, page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const { name, territory, purpose } = page
  const field = fieldsFrom(answer, { name, territory, purpose })
  return (
    <Page
      title="Le consortium"
      lead="Ce qui se lit en tête de ses pages, de ses courriels et de ses comptes rendus. Les comptes rendus déjà validés gardent le nom de leur jour dans leur fichier PDF."
      breadcrumb={[{ label: 'Gestion', to: `/${slug}/gestion` }]}
      visibleBy="le chef de projet pour ce formulaire ; tous les membres du consortium pour ce qu’il dit"
      access={pageAccessPath(slug, 'consortium')}
      notice={<Flash />}
      width="narrow"
    >
      <SettingsForm
        answer={answer}
        saved={
          saved && [
            { term: 'Nom', value: saved.name },
            { term: 'Territoire', value: saved.territory },
            { term: 'Objet', value: saved.purpose },
          ]
        }
        version={(saved ?? page).version}
        submit={<SaveButton>{saved ? 'Enregistrer ma version' : 'Enregistrer le consortium'}</SaveButton>}
        cancelTo={`/${slug}/gestion`}
      >
        <TextField {...field('name')} label="Nom" hint="En toutes lettres." maxLength={200} required />
        <TextField {...field('territory')} label="Territoire" maxLength={100} width="medium" required />
        <TextAreaField
          {...field('purpose')}
          label="Objet"
          hint="En une ou deux phrases. Les membres le lisent en tête de la page des instances."
          maxLength={2000}
          rows={4}
        />
      </SettingsForm>
    </Page>
  )
}
