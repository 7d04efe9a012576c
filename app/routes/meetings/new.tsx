import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { keepingTyped, refusedForm } from '#app/form-actions.ts'
import { longDate, mediumDate } from '#app/formats.ts'
import { readForm } from '#app/forms.ts'
import { MeetingForm, MORE_ROWS } from '#app/meetings/MeetingForm.tsx'
import styles from '#app/meetings/meeting-form.css?url'
import { emptyMeeting, typedMeeting, valuesToResume, withoutBlanks } from '#app/meetings/meeting-values.ts'
import { pageTitle } from '#app/page-title.ts'
import { acting, reading, type Work } from '#app/request.ts'
import { meetingForm } from '#server/vocabulary/meeting-forms.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Nouvelle réunion', ...(data?.instance ? [data.instance.name] : []))

/** The form of a new meeting of `?instance=…`, empty or resumed; without an instance, a choice (H5). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const { services, actor, slug } = work
    const asked = askedIn(work)
    if (asked.instance === null) return { slug, instance: null, choices: await choices(work) }
    const { instance, previous } = await services.meetings.meetingToResume(actor, asked.instance)
    const resumed = asked.resume && previous !== null
    return {
      slug,
      instance,
      previousAt: previous?.startsAt ?? null,
      resumed,
      values: resumed ? valuesToResume(previous) : emptyMeeting,
    }
  })
}

export function action(args: ActionFunctionArgs) {
  return acting(args, async work => {
    const { services, actor, slug } = work
    const asked = askedIn(work)
    const { instance, previous } = await services.meetings.meetingToResume(actor, asked.instance ?? '')
    const form = await work.request.formData()
    const typed = typedMeeting(form)
    if (form.has(MORE_ROWS)) return data({ typed: withoutBlanks(typed) })
    const read = readForm(form, meetingForm)
    if ('refused' in read) return refusedForm(read.refused, typed)
    return keepingTyped(services, typed, async () => {
      const { meetingId } = await services.meetings.createMeeting(actor, {
        instanceId: instance.id,
        form: read.value,
        previousMeetingId: asked.resume ? previous?.previousMeetingId : null,
      })
      return redirect(withFlash(`/${slug}/reunions/${meetingId}`, 'reunion-creee'))
    })
  })
}

export default function NewMeeting() {
  const loaded = useLoaderData<typeof loader>()
  return loaded.instance === null ? <InstanceChoice {...loaded} /> : <NewMeetingForm {...loaded} />
}

type Loaded = Awaited<ReturnType<typeof loader>>

function InstanceChoice({ slug, choices }: Extract<Loaded, { instance: null }>) {
  return (
    <Page
      title="Créer une réunion"
      lead="De quelle instance ?"
      breadcrumb={[{ label: 'Réunions', to: `/${slug}/reunions` }]}
      width="narrow"
    >
      <Entries>
        {choices.map(({ slug: instance, name, level, nextMeetingAt }) => (
          <Entry
            key={instance}
            icon={`tier-${level}`}
            title={name}
            to={`/${slug}/reunions/nouvelle?instance=${instance}`}
            detail={nextMeetingAt ? `Prochaine réunion : ${longDate(nextMeetingAt)}` : 'Pas de réunion prévue'}
          />
        ))}
      </Entries>
    </Page>
  )
}

function NewMeetingForm({ slug, instance, previousAt, resumed, values }: Exclude<Loaded, { instance: null }>) {
  const answer = useActionData<typeof action>()
  const here = `/${slug}/reunions/nouvelle?instance=${instance.slug}`
  return (
    <Page
      title="Créer une réunion"
      lead={instance.name}
      breadcrumb={[
        { label: 'Réunions', to: `/${slug}/reunions` },
        { label: instance.name, to: `/${slug}/instances/${instance.slug}` },
      ]}
      visibleBy="les membres de l’instance, le prestataire rattaché et le chef de projet, jusqu’à son annonce"
      whoCanSee={<p>Une fois la réunion créée, sa page dit qui la voit, et pourquoi.</p>}
      notice={previousAt && <Resume here={here} previousAt={previousAt} resumed={resumed} />}
    >
      <MeetingForm
        key={String(resumed)}
        values={values}
        answer={answer}
        submitLabel="Créer la réunion"
        cancel={
          <ButtonLink to={`/${slug}/instances/${instance.slug}`} variant="quiet">
            Revenir sans rien créer
          </ButtonLink>
        }
      >
        {instance.cadence && <p className="soft">Fréquence des réunions : {instance.cadence}</p>}
      </MeetingForm>
    </Page>
  )
}

function Resume({ here, previousAt, resumed }: { here: string; previousAt: Date; resumed: boolean }) {
  if (resumed) {
    return (
      <Notice>
        Horaires, lieu, lien et points de la réunion du {mediumDate(previousAt)} sont repris : indiquez la date, puis
        ajustez.
      </Notice>
    )
  }
  return (
    <ButtonRow>
      <ButtonLink to={`${here}&reprendre=1`} icon="copy">
        Reprendre la précédente ({mediumDate(previousAt)})
      </ButtonLink>
    </ButtonRow>
  )
}

function askedIn({ request }: Work): { instance: string | null; resume: boolean } {
  const { searchParams } = new URL(request.url)
  return { instance: searchParams.get('instance'), resume: searchParams.get('reprendre') === '1' }
}

/** The instances that may be chosen; alone, it is chosen already. @throws the page that says who may create a meeting */
async function choices({ services, actor, slug }: Work) {
  const instances = await services.governance.governanceMap(actor)
  const possible = instances.filter(instance => instance.can.createMeeting.allowed)
  const [only, other] = possible
  if (only && !other) throw redirect(`/${slug}/reunions/nouvelle?instance=${only.slug}`)
  if (!only && instances[0]) services.checkAbility(instances[0].can.createMeeting)
  return possible
}
