import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { SubmitButton } from '#app/components/Button.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { capitalised, counted, mediumDate, plural } from '#app/formats.ts'
import { EndingsList } from '#app/governance/EndingsList.tsx'
import { type SettingsAnswer, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import type { Dissolution } from '#server/domain/instances/dissolve-instance.ts'
import { isDay } from '#server/vocabulary/french.ts'
import { dissolutionForm } from '#server/vocabulary/instance-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Dissolution', data?.instance.name ?? '')

async function load({ services, actor, param, request }: Work) {
  const slug = param('slug')
  const { instance } = await services.instances.instanceSettings(actor, slug)
  const asked = new URL(request.url).searchParams.get('le') ?? ''
  const lastDay = isDay(asked) && instance.endsOn === null ? asked : null
  const dissolution = lastDay === null ? null : await services.instances.dissolutionPreview(actor, { slug, lastDay })
  return { instance, dissolution, today: actor.today }
}

/** What a dissolution does, said before it is confirmed; or takes it back (H32). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const loaded = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, ...loaded }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, dissolutionForm, {
    load,
    async act({ services, actor, slug, param }, form) {
      const here = `/${slug}/instances/${param('slug')}`
      if (form.act === 'annuler') {
        await services.instances.cancelDissolution(actor, param('slug'))
        return redirect(withFlash(here, 'dissolution-annulee'))
      }
      await services.instances.dissolveInstance(actor, { slug: param('slug'), ...form })
      return redirect(withFlash(here, 'dissolution'))
    },
  })
}

export default function DissolutionPage() {
  const { slug, instance, dissolution, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const here = `/${slug}/instances/${instance.slug}`
  const said = saved?.dissolution ?? dissolution
  return (
    <Page
      title={
        instance.endsOn === null ? `Dissoudre « ${instance.name} »` : `Annuler la dissolution de « ${instance.name} »`
      }
      level={instance.level}
      breadcrumb={[
        { label: 'Instances', to: `/${slug}` },
        { label: instance.shortName, to: here },
      ]}
      width="narrow"
    >
      {instance.endsOn === null ? (
        <>
          <FilterForm submit="Voir les conséquences">
            <DateField name="le" label="Dernier jour de l’instance" defaultValue={said?.lastDay ?? today} required />
          </FilterForm>
          {said && <WhatFollows slug={slug} dissolution={said} answer={answer} here={here} />}
        </>
      ) : (
        <SettingsForm
          answer={answer}
          submit={<SubmitButton icon="withdrawn">Annuler la dissolution</SubmitButton>}
          cancelTo={here}
        >
          <input type="hidden" name="act" value="annuler" />
          <p>
            Sa dissolution est enregistrée au {mediumDate(instance.endsOn)}. Si vous l’annulez, les mandats qu’elle a
            fait finir reprennent leurs dates d’avant. Les mandats qui n’avaient pas commencé et les prestataires sont à
            rattacher de nouveau.
          </p>
        </SettingsForm>
      )}
    </Page>
  )
}

type WhatFollowsProps = { slug: string; dissolution: Dissolution; answer: SettingsAnswer; here: string }

function WhatFollows({ slug, dissolution, answer, here }: WhatFollowsProps) {
  const { lastDay, mandates, attachments, children, obstacles } = dissolution
  if (obstacles.length > 0) {
    return (
      <Notice tone="warning" title="Cette instance ne peut pas être dissoute pour l’instant">
        <ul className="list">
          {obstacles.map(({ says, path }) => (
            <li key={says}>
              <Link to={`/${slug}${path}`}>{capitalised(says)}</Link>
            </li>
          ))}
        </ul>
      </Notice>
    )
  }
  return (
    <Section title={`Si elle est dissoute le ${mediumDate(lastDay)}`}>
      <SettingsForm
        answer={answer}
        version={dissolution.version}
        submit={
          <SubmitButton variant="danger" icon="circle-cross" pendingLabel="Dissolution en cours…">
            Dissoudre l’instance
          </SubmitButton>
        }
        cancelTo={here}
      >
        <input type="hidden" name="act" value="dissoudre" />
        <input type="hidden" name="lastDay" value={lastDay} />
        {mandates.length > 0 ? (
          <>
            <p>
              {counted(mandates.length, 'mandat finit', 'mandats finissent')} avec elle, et ce qu’
              {mandates.length > 1 ? 'ils donnent' : 'il donne'} à lire et à faire :
            </p>
            <EndingsList endings={mandates} by="organisation" />
          </>
        ) : (
          <p>Aucun mandat ne finit avec elle.</p>
        )}
        {attachments > 0 && <p>{counted(attachments, 'rattachement')} de prestataire finit aussi.</p>}
        {children.length > 0 && <Children slug={slug} instances={children} />}
        <p>Ses comptes rendus et ses décisions restent lisibles. Vous pourrez annuler cette dissolution.</p>
      </SettingsForm>
    </Section>
  )
}

/** Instances that hang from it go on: whoever dissolves it says from which other they hang. */
function Children({ slug, instances }: { slug: string; instances: Dissolution['children'] }) {
  return (
    <>
      <p>
        {counted(instances.length, 'instance', 'instances')}{' '}
        {plural(instances.length, 'lui est rattachée', 'lui sont rattachées')} et{' '}
        {plural(instances.length, 'continue', 'continuent')}. Changez ce rattachement dans ses réglages s’il ne vaut
        plus :
      </p>
      <ul className="list">
        {instances.map(instance => (
          <li key={instance.slug}>
            <Link to={`/${slug}/instances/${instance.slug}/reglages`}>{instance.name}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}
