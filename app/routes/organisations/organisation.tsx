import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Columns, Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { mediumDate } from '#app/formats.ts'
import styles from '#app/governance/instance.css?url'
import { daysOf, entryFacts } from '#app/organisations/organisation-facts.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { OrganisationPage, OrganisationSeats } from '#server/domain/organisations/organisation-page.ts'

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
  const { editOrganisations } = page.can
  return (
    <Page
      title={page.name}
      lead={page.shortName === page.name ? undefined : page.shortName}
      breadcrumb={[{ label: 'Structures', to: `/${slug}/structures` }]}
      badges={<LeavingBadge leftOn={page.leftOn} today={today} />}
      visibleBy="tous les membres du consortium"
      primaryAction={
        editOrganisations.allowed && (
          <ButtonLink to={`${here}/modification`} variant="primary" icon="pencil">
            Modifier la structure
          </ButtonLink>
        )
      }
      otherActions={editOrganisations.allowed && <OtherActions here={here} left={page.leftOn !== null} />}
      notice={<Flash />}
    >
      <Columns aside={<Facts slug={slug} page={page} />}>
        <Section title="Représentants">
          {page.seats.length > 0 ? (
            <Seats slug={slug} seats={page.seats} />
          ) : (
            <EmptyState>Personne ne représente cette structure aujourd’hui.</EmptyState>
          )}
          <AbilityNote title="Qui peut modifier cette structure ?" ability={editOrganisations} />
        </Section>
        <Functions functions={page.functions} />
      </Columns>
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

function Facts({ slug, page }: { slug: string; page: OrganisationPage }) {
  return (
    <>
      <Section title="Entrée dans le consortium">
        <div className="facts">
          <DescriptionList items={entryFacts(slug, page)} />
        </div>
      </Section>
      {page.names.length > 1 && (
        <Section title="Noms" hint="Chaque compte rendu garde le nom de son jour.">
          <ul className="list">
            {page.names.toReversed().map(name => (
              <li key={name.id}>
                {name.name}, {daysOf(name)}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {page.externalBodies.length > 0 && (
        <Section title="Ses organes délibérants">
          <ul className="list">
            {page.externalBodies.map(body => (
              <li key={body.id}>{[body.name, body.purpose].filter(Boolean).join(' : ')}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Seats({ slug, seats }: { slug: string; seats: OrganisationSeats[] }) {
  return (
    <DescriptionList
      items={seats.map(({ instance, people }) => ({
        term: instance.name,
        value: (
          <>
            <Link to={`/${slug}/instances/${instance.slug}`}>Voir l’instance</Link>
            <PlainList className="people">
              {people.map(person => (
                <li key={person.mandateId}>
                  <span className="person-line">
                    <strong>{person.name}</strong> <span className="soft">{person.functionLabel}</span>
                    {person.carriesVoice && (
                      <Badge icon="circle-check" tone="accent">
                        Porte la voix
                      </Badge>
                    )}
                  </span>
                  <span className="soft">
                    {[
                      person.qualite,
                      `depuis le ${mediumDate(person.startsOn)}`,
                      person.endsOn && `jusqu’au ${mediumDate(person.endsOn)}`,
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                </li>
              ))}
            </PlainList>
          </>
        ),
      }))}
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
