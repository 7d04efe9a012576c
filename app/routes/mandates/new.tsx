import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { MandateFields } from '#app/mandates/MandateFields.tsx'
import { CiviliteFields, PersonFields } from '#app/mandates/PersonFields.tsx'
import { RoleForm } from '#app/mandates/RoleForm.tsx'
import { fieldsOf } from '#app/mandates/typed-fields.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import { newMandateForm } from '#server/vocabulary/mandate-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Désigner une personne', ...(data?.choices ? [data.choices.instance.name] : []))

/**
 * Designates somebody in `?instance=…`, where `?personne=…`, `?structure=…` or `?remplace=…` fill in the form; without, a
 * choice (H34).
 */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const { services, actor, slug } = work
    const { instance, person, organisation, replaces } = askedIn(work)
    if (instance === null) {
      // The choice of an instance is for who designates.
      await services.people.peopleList(actor, { state: 'en_cours' })
      return { slug, choices: null, person, organisation, instances: await services.governance.governanceMap(actor) }
    }
    const choices = await services.mandates.mandateChoices(actor, instance, [replaces])
    services.checkVerification(actor, 'forte')
    const known = person === null ? null : await services.people.personPage(actor, person)
    const replaced = choices.neighbours.find(each => each.id === replaces) ?? null
    const values = {
      email: known?.email ?? '',
      startsOn: actor.today,
      organisationId: choices.organisations.find(each => each.slug === organisation)?.id ?? '',
      replacesMandateId: replaced?.id ?? '',
      function: replaced?.function ?? '',
      civilite: known?.functions[0]?.civilite ?? '',
      qualite: known?.mandates[0]?.qualite ?? '',
    }
    return { slug, choices, values, organisation, known: known && { id: known.id, name: known.name } }
  })
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, newMandateForm, {
    async allowed(work) {
      await work.services.mandates.mandateChoices(work.actor, askedIn(work).instance ?? '')
    },
    async act(work, { email, givenName, familyName, ...form }) {
      const { services, actor, slug } = work
      const { instance } = await services.mandates.mandateChoices(actor, askedIn(work).instance ?? '')
      const { accountId } = await services.mandates.createMandate(actor, {
        ...form,
        person: { email, givenName, familyName },
        instanceId: instance.id,
      })
      return redirect(withFlash(`/${slug}/personnes/${accountId}`, 'designation'))
    },
  })
}

function askedIn({ request }: Work) {
  const { searchParams } = new URL(request.url)
  return {
    instance: searchParams.get('instance'),
    person: searchParams.get('personne'),
    organisation: searchParams.get('structure'),
    replaces: searchParams.get('remplace'),
  }
}

export default function NewMandate() {
  const loaded = useLoaderData<typeof loader>()
  return loaded.choices === null ? <InstanceChoice {...loaded} /> : <Designation {...loaded} />
}

type Loaded = Awaited<ReturnType<typeof loader>>

function InstanceChoice({ slug, person, organisation, instances }: Extract<Loaded, { choices: null }>) {
  const known = { personne: person, structure: organisation }
  const asked = Object.entries(known).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return (
    <Page
      title="Désigner une personne"
      lead="Dans quelle instance ?"
      breadcrumb={[{ label: 'Personnes et mandats', to: `/${slug}/personnes` }]}
      width="narrow"
    >
      <Entries>
        {instances.map(({ slug: instance, name, level }) => (
          <Entry
            key={instance}
            icon={`tier-${level}`}
            title={name}
            to={`/${slug}/mandats/nouveau?${new URLSearchParams([['instance', instance], ...asked])}`}
          />
        ))}
      </Entries>
    </Page>
  )
}

function Designation({ slug, choices, values, organisation, known }: Exclude<Loaded, { choices: null }>) {
  const answer = useActionData<typeof action>()
  const field = fieldsOf(answer, values)
  // From the matrix, back to it.
  const from = organisation === null ? `/${slug}/personnes` : `/${slug}/representation`
  return (
    <Page
      title="Désigner une personne"
      lead={choices.instance.name}
      level={choices.instance.level}
      breadcrumb={[
        { label: 'Personnes et mandats', to: `/${slug}/personnes` },
        ...(known ? [{ label: known.name, to: `/${slug}/personnes/${known.id}` }] : []),
      ]}
      visibleBy="tous les membres du consortium (nom, structure, qualité, dates)"
      whoCanSee={<p>Une fois la personne désignée, la page de son mandat dit qui le voit, et pourquoi.</p>}
      width="narrow"
    >
      <RoleForm
        answer={answer}
        submitLabel="Désigner la personne"
        back={known ? `/${slug}/personnes/${known.id}` : from}
      >
        <PersonFields field={field} />
        <CiviliteFields field={field} />
        <MandateFields field={field} choices={choices} />
      </RoleForm>
    </Page>
  )
}
