import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { ConsequencesNotice } from '#app/instances/ConsequencesNotice.tsx'
import { InstanceFields } from '#app/instances/InstanceFields.tsx'
import { settingsInWords, settingValues } from '#app/instances/instance-values.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { instanceForm } from '#server/vocabulary/instance-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Réglages', data?.known.instance.name ?? '')

const load = ({ services, actor, param }: Work) => services.instances.instanceSettings(actor, param('slug'))

/** The settings of an instance; those that change rights are confirmed once what they do was read (H32). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const known = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, known }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, instanceForm, {
    load,
    async ask({ services, actor, param }, form) {
      const consequences = await services.instances.instanceConsequences(actor, { slug: param('slug'), form })
      return consequences?.version === form.confirmed ? null : consequences
    },
    async act({ services, actor, slug, param }, form) {
      await services.instances.editInstance(actor, { slug: param('slug'), form })
      return redirect(withFlash(`/${slug}/instances/${param('slug')}`, 'instance-reglee'))
    },
  })
}

export default function InstanceSettingsPage() {
  const { slug, known } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const asked = answer && 'asked' in answer ? answer.asked : null
  const { instance, choices, codeIsUsed } = saved ?? known
  const here = `/${slug}/instances/${instance.slug}`
  return (
    <Page
      title={`Réglages de « ${known.instance.name} »`}
      level={known.instance.level}
      breadcrumb={[
        { label: 'Instances', to: `/${slug}` },
        { label: known.instance.shortName, to: here },
      ]}
      width="narrow"
    >
      <SettingsForm
        answer={answer}
        saved={saved && settingsInWords(saved)}
        asked={asked && <ConsequencesNotice consequences={asked} />}
        version={(saved ?? known).version}
        submit={<SaveButton>{asked ? 'Confirmer les réglages' : 'Enregistrer les réglages'}</SaveButton>}
        cancelTo={here}
      >
        {asked && <input type="hidden" name="confirmed" value={asked.version} />}
        <InstanceFields field={fieldsFrom(answer, settingValues(known))} choices={choices} codeIsUsed={codeIsUsed} />
      </SettingsForm>
    </Page>
  )
}
