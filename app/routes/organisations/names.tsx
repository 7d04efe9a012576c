import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { Button } from '#app/components/Button.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Table } from '#app/components/Table.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { withFlash } from '#app/flash.ts'
import { capitalised } from '#app/formats.ts'
import { fieldsFrom, SaveButton, SettingsForm } from '#app/governance/SettingsForm.tsx'
import { savingSettings } from '#app/governance/saving.ts'
import { NameFields } from '#app/organisations/OrganisationFields.tsx'
import { daysOf } from '#app/organisations/organisation-facts.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading, type Work } from '#app/request.ts'
import type { OrganisationName } from '#server/domain/organisations/organisation-page.ts'
import { organisationNameForm } from '#server/vocabulary/organisation-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Noms', data?.edited.page.name ?? '')

const load = ({ services, actor, param }: Work) => services.organisations.organisationToEdit(actor, param('slug'))

/** The dated names of an institution; `?nom=…` corrects one (H31). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => {
    const edited = await load(work)
    work.services.checkVerification(work.actor, 'forte')
    return { slug: work.slug, corrected: new URL(work.request.url).searchParams.get('nom'), edited }
  })
}

export function action(args: ActionFunctionArgs) {
  return savingSettings(args, organisationNameForm, {
    load,
    async act({ services, actor, slug, param }, form) {
      await services.organisations.changeOrganisationNames(actor, { slug: param('slug'), form })
      const done = form.act === 'ajouter' ? 'nom-ajoute' : form.act === 'corriger' ? 'nom-corrige' : 'nom-retire'
      return redirect(withFlash(`/${slug}/structures/${param('slug')}`, done))
    },
  })
}

export default function OrganisationNames() {
  const { slug, corrected, edited } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const saved = answer && 'saved' in answer ? answer.saved : null
  const { page, namesVersion }: Awaited<ReturnType<typeof load>> = saved ?? edited
  const here = `/${slug}/structures/${page.slug}`
  const correcting = page.names.find(name => name.id === corrected)
  const field = fieldsFrom(answer, correcting && { name: correcting.name, shortName: correcting.shortName })
  return (
    <Page
      title={`Noms de « ${page.name} »`}
      lead="Une structure change de nom à partir d’un jour ; les comptes rendus d’avant gardent l’ancien."
      breadcrumb={[
        { label: 'Structures', to: `/${slug}/structures` },
        { label: page.shortName, to: here },
      ]}
    >
      <NamesTable here={here} names={page.names} version={namesVersion} />
      <Section title={correcting ? 'Corriger un nom' : 'Donner un nouveau nom'}>
        <SettingsForm
          key={correcting?.id}
          answer={answer}
          version={namesVersion}
          submit={<SaveButton>{correcting ? 'Corriger le nom' : 'Enregistrer le nouveau nom'}</SaveButton>}
          cancelTo={correcting ? `${here}/noms` : here}
        >
          <input type="hidden" name="act" value={correcting ? 'corriger' : 'ajouter'} />
          {correcting && <input type="hidden" name="nameId" value={correcting.id} />}
          <NameFields field={field} />
          {correcting ? (
            <p>Pour une faute de frappe. Les comptes rendus déjà validés gardent ce qui y est écrit.</p>
          ) : (
            <DateField {...field('startsOn')} label="À partir du" hint="L’ancien nom finit la veille." required />
          )}
        </SettingsForm>
      </Section>
    </Page>
  )
}

function NamesTable({ here, names, version }: { here: string; names: OrganisationName[]; version: string }) {
  const [first] = names
  return (
    <Table
      caption="Noms, du plus récent au plus ancien"
      columns={[
        { header: 'Nom', cell: name => name.name },
        { header: 'Sigle', cell: name => name.shortName },
        { header: 'Jours', cell: name => capitalised(daysOf(name)) },
        {
          header: 'Actions',
          cell: name => (
            <>
              <Link to={`${here}/noms?nom=${name.id}`}>
                Corriger<span className="visually-hidden"> « {name.name} »</span>
              </Link>
              {name !== first && <Remove name={name} version={version} />}
            </>
          ),
        },
      ]}
      rows={names.toReversed()}
      rowKey={name => name.id}
    />
  )
}

/** Takes back a name given by mistake: the one before goes on. */
function Remove({ name, version }: { name: OrganisationName; version: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="act" value="retirer" />
      <input type="hidden" name="nameId" value={name.id} />
      <input type="hidden" name="version" value={version} />
      <Button type="submit" variant="quiet" size="small" icon="withdrawn">
        Retirer<span className="visually-hidden"> « {name.name} »</span>
      </Button>
    </Form>
  )
}
