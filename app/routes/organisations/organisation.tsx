import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Columns, Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { Table } from '#app/components/Table.tsx'
import { mediumDate } from '#app/formats.ts'
import styles from '#app/governance/instance.css?url'
import { daysOf, entryFacts } from '#app/organisations/organisation-facts.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { OrganisationPage, OrganisationSeat } from '#server/domain/organisations/organisation-page.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.page.name ?? '')

/** An institution: its names, how it entered, who represents it (H38). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    today: actor.today,
    page: await services.organisations.organisationPage(actor, param('slug')),
  }))
}

export default function Organisation() {
  const { slug, today, page } = useLoaderData<typeof loader>()
  const here = `/${slug}/structures/${page.slug}`
  const { editOrganisations, readActivity } = page.can
  return (
    <Page
      title={page.name}
      lead={page.shortName === page.name ? undefined : page.shortName}
      breadcrumb={[{ label: 'Structures', to: `/${slug}/structures` }]}
      badges={<LeavingBadge leftOn={page.leftOn} today={today} />}
      visibleBy="tous les membres du consortium"
      access={accessPath(slug, 'structure', page.id)}
      primaryAction={
        editOrganisations.allowed && (
          <ButtonLink to={`${here}/modification`} variant="primary" icon="pencil">
            Modifier la structure
          </ButtonLink>
        )
      }
      otherActions={
        (editOrganisations.allowed || readActivity) && (
          <>
            {readActivity && (
              <ButtonLink to={`/${slug}/ma-structure?structure=${page.slug}`} variant="quiet" icon="place">
                Voir ce que la structure doit faire
              </ButtonLink>
            )}
            {editOrganisations.allowed && <OtherActions here={here} left={page.leftOn !== null} />}
          </>
        )
      }
      notice={<Flash />}
    >
      <Columns aside={<Names names={page.names} />}>
        <Section title="Entrée dans le consortium">
          <DescriptionList items={entryFacts(slug, page)} />
        </Section>
        <Functions functions={page.functions} />
        <ExternalBodies bodies={page.externalBodies} />
      </Columns>
      <Section title="Représentants" count={page.seats.length > 0 ? page.seats.length : undefined}>
        {page.seats.length > 0 ? (
          <Seats slug={slug} seats={page.seats} />
        ) : (
          <EmptyState>Personne ne représente cette structure aujourd’hui.</EmptyState>
        )}
        <AbilityNote title="Qui peut modifier cette structure ?" ability={editOrganisations} />
      </Section>
    </Page>
  )
}

function LeavingBadge({ leftOn, today }: { leftOn: string | null; today: string }) {
  if (leftOn === null) return null
  return (
    <Badge icon="postponed" tone="warning">
      {leftOn < today
        ? `A quitté le consortium le ${mediumDate(leftOn)}`
        : `Quitte le consortium le ${mediumDate(leftOn)}`}
    </Badge>
  )
}

function OtherActions({ here, left }: { here: string; left: boolean }) {
  return (
    <>
      <ButtonLink to={`${here}/noms`} variant="quiet" icon="pencil">
        Changer le nom
      </ButtonLink>
      <ButtonLink to={`${here}/depart`} variant="quiet" icon={left ? 'withdrawn' : 'postponed'}>
        {left ? 'Annuler le départ' : 'Enregistrer le départ'}
      </ButtonLink>
      <ButtonLink to={`${here}/suppression`} variant="quiet" icon="trash">
        Supprimer la structure
      </ButtonLink>
    </>
  )
}

function Names({ names }: Pick<OrganisationPage, 'names'>) {
  if (names.length < 2) return null
  return (
    <Section title="Noms" hint="Chaque compte rendu garde le nom de son jour.">
      <ul className="list">
        {names.toReversed().map(name => (
          <li key={name.id}>
            {name.name}, {daysOf(name)}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function ExternalBodies({ bodies }: { bodies: OrganisationPage['externalBodies'] }) {
  if (bodies.length === 0) return null
  return (
    <Section title="Ses organes délibérants">
      <ul className="list">
        {bodies.map(body => (
          <li key={body.id}>{[body.name, body.purpose].filter(Boolean).join(' : ')}</li>
        ))}
      </ul>
    </Section>
  )
}

function Seats({ slug, seats }: { slug: string; seats: OrganisationSeat[] }) {
  return (
    <Table
      caption="Représentants de la structure, par instance"
      captionHidden
      columns={[
        {
          header: 'Instance',
          cell: seat => <Link to={`/${slug}/instances/${seat.instance.slug}`}>{seat.instance.name}</Link>,
        },
        {
          header: 'Représentée par',
          rowHeader: true,
          cell: seat => (
            <>
              <Link to={`/${slug}/mandats/${seat.mandateId}`}>{seat.name}</Link>
              {seat.qualite && <span className="soft">, {seat.qualite}</span>}
            </>
          ),
        },
        { header: 'Fonction', cell: seat => seat.functionLabel },
        {
          header: 'Voix',
          cell: seat =>
            seat.carriesVoice ? (
              <Badge icon="circle-check" tone="accent">
                Porte la voix
              </Badge>
            ) : null,
        },
        {
          header: 'Mandat',
          cell: seat =>
            seat.endsOn === null
              ? `depuis le ${mediumDate(seat.startsOn)}`
              : `du ${mediumDate(seat.startsOn)} au ${mediumDate(seat.endsOn)}`,
        },
      ]}
      rows={seats}
      rowKey={seat => seat.mandateId}
    />
  )
}

function Functions({ functions }: Pick<OrganisationPage, 'functions'>) {
  if (functions.length === 0) return null
  return (
    <Section title="Fonctions dans le consortium">
      <PlainList className="leads">
        {functions.map(person => (
          <li key={`${person.name}${person.function}`}>
            <strong>{person.name}</strong>
            <span className="soft">{[person.functionLabel, person.qualite].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </PlainList>
    </Section>
  )
}
