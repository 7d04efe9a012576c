import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { accessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { Badge, StateBadge } from '#app/components/StateBadge.tsx'
import { capitalised, dateTime, deadline, list, mediumDate, relativeDay } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { Seats } from '#app/representation/Seats.tsx'
import seatStyles from '#app/representation/seats.css?url'
import { reading } from '#app/request.ts'
import type { OrganisationActivity } from '#server/domain/own-organisation/activity.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: seatStyles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Ma structure', data?.activity.organisation.shortName ?? '')

/** « Ma structure », or that of `?structure=` (H39). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => ({
    slug,
    now: actor.now,
    today: actor.today,
    activity: await services.ownOrganisation.organisationActivity(actor, {
      organisation: new URL(request.url).searchParams.get('structure') || undefined,
    }),
  }))
}

type Props = { slug: string; now: Date; today: string; activity: OrganisationActivity }

export default function OwnOrganisation() {
  const loaded = useLoaderData<typeof loader>()
  const { slug, activity } = loaded
  const { organisation, others, mayPropose } = activity
  return (
    <Page
      title="Ma structure"
      lead={organisation.name}
      visibleBy="les correspondants de la structure, ses représentants aux niveaux institutionnel et stratégique, et le chef de projet ; un texte, une proposition ou une action ne s’ouvre que pour ceux qui peuvent le lire par ailleurs"
      access={accessPath(slug, 'structure', organisation.id)}
      primaryAction={
        mayPropose && (
          <ButtonLink
            to={`/${slug}/propositions/nouvelle?structure=${organisation.slug}`}
            variant="primary"
            icon="plus"
          >
            Proposer un représentant
          </ButtonLink>
        )
      }
      otherActions={
        <>
          {mayPropose && (
            <ButtonLink to={`/${slug}/propositions`} variant="quiet" icon="proposal">
              Voir nos propositions
            </ButtonLink>
          )}
          <ButtonLink to={`/${slug}/annuaire?structure=${organisation.slug}`} variant="quiet" icon="people">
            Voir nos personnes dans l’annuaire
          </ButtonLink>
        </>
      }
    >
      {others.length > 0 && <OrganisationChoice activity={activity} />}
      <ToValidate {...loaded} />
      <Decisions {...loaded} />
      <Relays {...loaded} />
      <Actions {...loaded} />
      <Meetings {...loaded} />
      <Absences {...loaded} />
      <WhoSits {...loaded} />
    </Page>
  )
}

function OrganisationChoice({ activity: { organisation, others } }: Pick<Props, 'activity'>) {
  return (
    <FilterForm submit="Voir cette structure">
      <SelectField
        name="structure"
        label="Structure"
        defaultValue={organisation.slug}
        options={[organisation, ...others].map(({ slug, name }) => ({ value: slug, label: name }))}
      />
    </FilterForm>
  )
}

/** A list with its title, or the sentence that says that there is nothing. */
function Part({ title, empty, items }: { title: string; empty: string; items: ReactNode[] }) {
  return (
    <Section title={title} count={items.length > 0 ? items.length : undefined}>
      {items.length > 0 ? <Entries>{items}</Entries> : <EmptyState>{empty}</EmptyState>}
    </Section>
  )
}

function ToValidate({ slug, activity: { toValidate } }: Props) {
  return (
    <Part
      title="À relire et valider par nos représentants"
      empty="Aucun compte rendu n’attend l’accord d’un de nos représentants."
      items={toValidate.map(({ meetingId, minutesId, instance, meetingAt, people }) => (
        <Entry
          key={meetingId}
          icon="proofread"
          title={`${instance} – réunion du ${mediumDate(meetingAt)}`}
          to={minutesId && `/${slug}/comptes-rendus/${minutesId}`}
          detail={`Attend ${list(people)}`}
        />
      ))}
    />
  )
}

function Decisions({ slug, now, activity: { decisions } }: Props) {
  return (
    <Part
      title="Décisions attendues là où nous portons une voix"
      empty="Aucune décision n’est attendue là où nous portons une voix."
      items={decisions.map(({ readable, competent, proposedAt, carriers }, rank) => (
        <Entry
          key={readable?.id ?? rank}
          icon="decision"
          title={readable?.wording ?? `${competent} : une proposition attend sa réponse`}
          to={readable && `/${slug}/decisions/${readable.id}`}
          detail={[readable && competent, `proposée ${relativeDay(proposedAt, now)}`, `notre voix : ${list(carriers)}`]
            .filter(Boolean)
            .join(' – ')}
          aside={readable && <StateBadge of="decision" state={readable.state} />}
        />
      ))}
    />
  )
}

function Relays({ slug, now, activity: { organisation, relays, mayAnswerRelays } }: Props) {
  return (
    <Part
      title="Décisions à relayer dans notre structure"
      empty="Aucune décision n’est à relayer."
      items={relays.map(({ id, number, wording, dueOn }) => (
        <Entry
          key={id}
          icon="forward"
          title={[number, wording].filter(Boolean).join(' – ')}
          to={`/${slug}/decisions/${id}${mayAnswerRelays ? `/relais/${organisation.slug}` : ''}`}
          detail={capitalised(deadline(dueOn, now))}
        />
      ))}
    />
  )
}

function Actions({ slug, now, today, activity: { actions } }: Props) {
  return (
    <Part
      title="Nos actions à mener"
      empty="Aucune action n’est confiée à notre structure ni à nos représentants."
      items={actions.map(({ wording, owner, dueOn, state, instance, minutesId, mayUpdate }, rank) => (
        <Entry
          // biome-ignore lint/suspicious/noArrayIndexKey: what one may not read has no identifier.
          key={rank}
          icon="action"
          title={wording ?? `Une action confiée à ${owner}`}
          to={minutesId ? `/${slug}/comptes-rendus/${minutesId}` : mayUpdate && `/${slug}/accueil`}
          detail={[owner, instance, dueOn && capitalised(deadline(dueOn, now))].filter(Boolean).join(' – ')}
          aside={
            dueOn !== null && dueOn < today ? (
              <Badge icon="clock" tone="danger">
                En retard
              </Badge>
            ) : (
              <StateBadge of="action" state={state} />
            )
          }
        />
      ))}
    />
  )
}

function Meetings({ slug, now, activity: { meetings } }: Props) {
  return (
    <Part
      title="Nos prochaines réunions"
      empty="Aucune réunion n’est prévue dans les instances où nous siégeons."
      items={meetings.map(({ id, instance, startsAt, opens }) => (
        <Entry
          key={id}
          icon="meeting"
          title={instance.name}
          to={opens ? `/${slug}/reunions/${id}` : `/${slug}/instances/${instance.slug}`}
          detail={capitalised(dateTime(startsAt))}
          aside={relativeDay(startsAt, now)}
        />
      ))}
    />
  )
}

function Absences({ slug, activity: { absences } }: Props) {
  return (
    <Part
      title="Réunions où personne de chez nous n’était présent ni représenté"
      empty="Aucune absence de notre structure depuis un an."
      items={absences.map(({ id, instance, startsAt, opens, minutes }) => (
        <Entry
          key={id}
          icon="vigilance"
          title={`${instance.shortName} – réunion du ${mediumDate(startsAt)}`}
          to={minutes ? `/${slug}/comptes-rendus/${minutes.id}` : opens && `/${slug}/reunions/${id}`}
        />
      ))}
    />
  )
}

function WhoSits({ slug, activity: { organisation, seats, mayPropose } }: Props) {
  return (
    <Section title="Qui siège où" action={<Link to={`/${slug}/representation`}>Tableau de toutes les structures</Link>}>
      <dl className="own-seats">
        {seats.map(({ instance, people }) => (
          <div key={instance.slug}>
            <dt>
              <Link to={`/${slug}/instances/${instance.slug}`}>{instance.shortName}</Link>
            </dt>
            <dd>
              {people.length > 0 ? (
                <Seats slug={slug} seats={people} />
              ) : (
                <span className="soft">aucun représentant</span>
              )}
              {people.length === 0 && mayPropose && (
                <Link
                  className="own-seats-propose"
                  to={`/${slug}/propositions/nouvelle?structure=${organisation.slug}&instance=${instance.slug}`}
                >
                  Proposer quelqu’un<span className="visually-hidden"> dans {instance.name}</span>
                </Link>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
