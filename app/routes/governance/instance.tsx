import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink } from '#app/components/Button.tsx'
import { type Description, DescriptionList } from '#app/components/DescriptionList.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Columns, Section } from '#app/components/Section.tsx'
import { Badge, StateBadge } from '#app/components/StateBadge.tsx'
import { mediumDate } from '#app/formats.ts'
import { CompositionSection, Leads } from '#app/governance/Composition.tsx'
import styles from '#app/governance/instance.css?url'
import { votingInWords } from '#app/instances/instance-values.ts'
import { MeetingTable } from '#app/meetings/MeetingTable.tsx'
import meetingStyles from '#app/meetings/meeting.css?url'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { InstancePage } from '#server/domain/governance/instance-page.ts'
import {
  draftReadersLabels,
  instanceKindLabels,
  validatorRuleLabels,
  visibilityLabels,
} from '#server/vocabulary/governance.ts'

export const links: LinksFunction = () => [styles, meetingStyles].map(href => ({ rel: 'stylesheet', href }))

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.page.name ?? '')

/** An instance: what it is for, who sits there, when it meets, what it decided (H3). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    now: actor.now,
    today: actor.today,
    page: await services.governance.instancePage(actor, param('slug')),
  }))
}

export default function Instance() {
  const { slug, now, today, page } = useLoaderData<typeof loader>()
  const meetings = `/${slug}/reunions?instance=${page.slug}`
  const create = `/${slug}/reunions/nouvelle?instance=${page.slug}`
  return (
    <Page
      title={page.name}
      level={page.level}
      breadcrumb={[{ label: 'Instances', to: `/${slug}` }]}
      lead={page.purpose}
      badges={
        <>
          {page.yours && (
            <Badge icon="person" tone="accent">
              Vous y siégez
            </Badge>
          )}
          {page.endsOn !== null && (
            <Badge icon="circle-cross" tone="warning">
              {`${page.endsOn < today ? 'Dissoute depuis le' : 'Dissoute le'} ${mediumDate(page.endsOn)}`}
            </Badge>
          )}
        </>
      }
      visibleBy="tous les membres du consortium"
      access={accessPath(slug, 'instance', page.id)}
      primaryAction={
        page.can.createMeeting.allowed && (
          <ButtonLink to={create} variant="primary" icon="plus">
            Créer une réunion
          </ButtonLink>
        )
      }
      otherActions={page.can.editInstances.allowed && <Administering slug={slug} page={page} />}
      notice={<Flash />}
    >
      <Columns aside={<Facts slug={slug} page={page} />}>
        <Leads slug={slug} composition={page.composition} />
        <Section
          title="Prochaines réunions"
          action={page.upcoming.more && <Link to={meetings}>Toutes les réunions à venir</Link>}
        >
          {page.upcoming.shown.length > 0 ? (
            <MeetingTable
              slug={slug}
              caption="Dates des prochaines réunions"
              meetings={page.upcoming.shown}
              now={now}
            />
          ) : (
            <EmptyState>Aucune réunion n’est prévue.</EmptyState>
          )}
          <AbilityNote title="Qui peut créer une réunion ?" ability={page.can.createMeeting} />
        </Section>
        <Decisions slug={slug} page={page} />
        {page.past.shown.length > 0 && (
          <Section
            title="Réunions passées"
            count={page.past.more ? undefined : page.past.shown.length}
            action={page.past.more && <Link to={`${meetings}&quand=passees`}>Toutes les réunions passées</Link>}
          >
            <MeetingTable slug={slug} caption="Dates des réunions passées" meetings={page.past.shown} />
          </Section>
        )}
      </Columns>
      <CompositionSection slug={slug} page={page} />
    </Page>
  )
}

function Administering({ slug, page }: { slug: string; page: InstancePage }) {
  const here = `/${slug}/instances/${page.slug}`
  return (
    <>
      <ButtonLink to={`${here}/reglages`} variant="quiet" icon="manage">
        Régler l’instance
      </ButtonLink>
      <ButtonLink to={`${here}/dissolution`} variant="quiet" icon={page.endsOn ? 'withdrawn' : 'circle-cross'}>
        {page.endsOn ? 'Annuler la dissolution' : 'Dissoudre l’instance'}
      </ButtonLink>
      <ButtonLink to={`${here}/suppression`} variant="quiet" icon="trash">
        Supprimer l’instance
      </ButtonLink>
    </>
  )
}

function Facts({ slug, page }: { slug: string; page: InstancePage }) {
  const facts: Description[] = [
    { term: 'Nature', value: page.name.startsWith(instanceKindLabels[page.kind]) ? '' : instanceKindLabels[page.kind] },
    { term: 'Fréquence des réunions', value: page.cadence },
    { term: 'Réunions attendues par an', value: page.meetingsPerYear },
    {
      term: 'Rattachée à',
      value: page.parent && <Link to={`/${slug}/instances/${page.parent.slug}`}>{page.parent.name}</Link>,
    },
    { term: 'Territoire', value: page.territory },
    { term: 'Comptes rendus validés par', value: validatorRuleLabels[page.validatorRule] },
    { term: 'Brouillons lus par', value: draftReadersLabels[page.draftReaders] },
    { term: 'Comptes rendus diffusés visibles par', value: visibilityLabels[page.minutesVisibility] },
    {
      term: 'Rédaction des comptes rendus',
      value: page.opensWritingToMembers
        ? 'ouverte aux membres dès la création d’une réunion'
        : 'par les rédacteurs, qui peuvent l’ouvrir aux membres',
    },
    { term: 'Vote', value: votingInWords(page.votingRules) },
  ]
  return (
    <>
      {page.roles.length > 0 && (
        <Section title="Ce qu’elle fait">
          <ul className="list">
            {page.roles.map(role => (
              <li key={role}>{role}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Comment elle travaille">
        <div className="facts">
          <DescriptionList items={facts} />
        </div>
      </Section>
    </>
  )
}

function Decisions({ slug, page: { decisions, slug: instance } }: { slug: string; page: InstancePage }) {
  if (decisions.shown.length === 0) return null
  return (
    <Section
      title="Décisions et propositions"
      count={decisions.more ? undefined : decisions.shown.length}
      action={<Link to={`/${slug}/decisions?instance=${instance}`}>Registre de l’instance</Link>}
    >
      <Entries>
        {decisions.shown.map(({ id, wording, state, number, competent }) => (
          <Entry
            key={id}
            icon="decision"
            title={wording}
            to={`/${slug}/decisions/${id}`}
            detail={[number, competent ? 'relève de cette instance' : 'proposée par cette instance']
              .filter(Boolean)
              .join(' – ')}
            aside={<StateBadge of="decision" state={state} />}
          />
        ))}
      </Entries>
    </Section>
  )
}
