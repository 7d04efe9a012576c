import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Page } from '#app/components/Page.tsx'
import { daysOf, RoleState } from '#app/mandates/role-days.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { MandatePage } from '#server/domain/governance/mandate-page.ts'
import { seatFunctionLabels } from '#server/vocabulary/governance.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, ...(data ? [data.page.person.name, data.page.instance.name] : []))

/** A mandate, as every member of the consortium sees it (H44). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    page: await services.mandates.mandatePage(actor, param('id')),
  }))
}

export default function Mandate() {
  const { slug, page } = useLoaderData<typeof loader>()
  const here = `/${slug}/mandats/${page.id}`
  const { allowed } = page.can.edit
  const mayProposeEnd = page.can.proposeEnd && page.state !== 'termine'
  return (
    <Page
      title={page.person.name}
      lead={`${page.values.functionLabel}, ${page.instance.name}`}
      level={page.instance.level}
      badges={<RoleState state={page.state} />}
      breadcrumb={[
        allowed
          ? { label: 'Personnes et mandats', to: `/${slug}/personnes` }
          : { label: page.instance.name, to: `/${slug}/instances/${page.instance.slug}` },
        ...(allowed ? [{ label: page.person.name, to: `/${slug}/personnes/${page.person.id}` }] : []),
      ]}
      visibleBy="tous les membres du consortium"
      access={accessPath(slug, 'mandat', page.id)}
      primaryAction={
        page.can.readHandover && (
          <ButtonLink to={`${here}/passation`} variant="primary" icon="forward">
            Lire la passation
          </ButtonLink>
        )
      }
      otherActions={
        (allowed || mayProposeEnd) && (
          <>
            {allowed && <Actions slug={slug} page={page} here={here} />}
            {mayProposeEnd && (
              <ButtonLink to={`/${slug}/propositions/fin?mandat=${page.id}`} variant="quiet">
                Proposer la fin de ce mandat
              </ButtonLink>
            )}
          </>
        )
      }
      notice={<Flash />}
      width="narrow"
    >
      <Facts slug={slug} page={page} />
      <AbilityNote title="Qui peut modifier ce mandat ?" ability={page.can.edit} />
    </Page>
  )
}

function Actions({ slug, page, here }: { slug: string; page: MandatePage; here: string }) {
  const { slug: instance } = page.instance
  return (
    <>
      <ButtonLink to={`${here}/modification`} variant="quiet">
        Corriger le mandat
      </ButtonLink>
      {page.state !== 'termine' && (
        <ButtonLink to={`${here}/fin`} variant="quiet">
          Mettre fin au mandat
        </ButtonLink>
      )}
      {page.replacedBy === null && (
        <ButtonLink to={`/${slug}/mandats/nouveau?instance=${instance}&remplace=${page.id}`} variant="quiet">
          Désigner qui prend la suite
        </ButtonLink>
      )}
    </>
  )
}

function Facts({ slug, page }: { slug: string; page: MandatePage }) {
  const { values } = page
  const ofMandate = (other: { id: string; name: string } | null) =>
    other && <Link to={`/${slug}/mandats/${other.id}`}>{other.name}</Link>
  return (
    <div className="facts">
      <DescriptionList
        items={[
          {
            term: 'Personne',
            value: page.can.edit.allowed && (
              <Link to={`/${slug}/personnes/${page.person.id}`}>
                {page.person.name} : tous ses mandats et ses accès
              </Link>
            ),
          },
          {
            term: 'Instance',
            value: <Link to={`/${slug}/instances/${page.instance.slug}`}>{page.instance.name}</Link>,
          },
          { term: 'Pour', value: page.organisation },
          { term: 'Qualité', value: values.qualite },
          { term: 'Fonction', value: seatFunctionLabels[values.function] },
          { term: 'Voix', value: values.carriesVoice && 'Porte la voix de sa structure' },
          { term: 'Au service de', value: page.serves },
          { term: 'Dossier des réunions', value: values.readsDossier && 'Ouvert à l’assistant' },
          { term: 'Dates', value: daysOf(values, page.state) },
          { term: 'A pris la suite de', value: ofMandate(page.replaces) },
          { term: 'A laissé la place à', value: ofMandate(page.replacedBy) },
        ]}
      />
    </div>
  )
}
