import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { accessPath } from '#app/access-path.ts'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { Table } from '#app/components/Table.tsx'
import { capitalised, dateTime, mediumDate } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { HandoverPage } from '#server/domain/governance/handover.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Passation', ...(data ? [data.page.instance.name] : []))

/** What whoever takes over a mandate finds (H45). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    page: await services.mandates.handoverPage(actor, param('id')),
  }))
}

export default function Handover() {
  const { slug, page } = useLoaderData<typeof loader>()
  const { predecessor } = page
  const until = predecessor.until === null ? '' : `, jusqu’au ${mediumDate(predecessor.until)}`
  return (
    <Page
      title="Passation"
      level={page.instance.level}
      lead={`${page.person}, ${page.label} pour ${page.organisation} à compter du ${mediumDate(page.startsOn)}, prend la suite de ${predecessor.name}${until}.`}
      breadcrumb={[{ label: page.instance.name, to: `/${slug}/instances/${page.instance.slug}` }]}
      visibleBy="la personne qui a le mandat et le chef de projet"
      access={accessPath(slug, 'passation', page.mandateId)}
      width="narrow"
    >
      <Body slug={slug} page={page} />
      <Actions slug={slug} actions={page.actions} />
      <List
        title="Décisions attendues"
        none="Aucune décision n’est attendue."
        count={page.decisions.shown.length}
        more={page.decisions.more}
      >
        {page.decisions.shown.map(({ id, wording, state, competent }) => (
          <Entry
            key={id}
            icon="decision"
            title={wording}
            to={`/${slug}/decisions/${id}`}
            detail={competent ? 'L’instance doit décider' : 'Proposée par l’instance'}
            aside={<StateBadge of="decision" state={state} />}
          />
        ))}
      </List>
      <List title="Derniers comptes rendus" none="Aucun compte rendu diffusé." count={page.minutes.length}>
        {page.minutes.map(({ id, meetingAt, title }) => (
          <Entry
            key={id}
            icon="minutes"
            title={`Réunion du ${mediumDate(meetingAt)}`}
            to={`/${slug}/comptes-rendus/${id}`}
            detail={title}
          />
        ))}
      </List>
      <List title="Prochaines réunions" none="Aucune réunion n’est prévue." count={page.meetings.length}>
        {page.meetings.map(({ id, startsAt, place, title }) => (
          <Entry
            key={id}
            icon="meeting"
            title={capitalised(dateTime(startsAt))}
            to={`/${slug}/reunions/${id}`}
            detail={[title, place].filter(Boolean).join(' – ')}
          />
        ))}
      </List>
      <Contacts page={page} />
    </Page>
  )
}

function Body({ slug, page }: { slug: string; page: HandoverPage }) {
  const { purpose, cadence } = page.instance
  return (
    <Section title="L’instance">
      <p>{purpose}</p>
      {cadence && <p>Fréquence des réunions : {cadence}.</p>}
      <p>
        <Link to={`/${slug}/instances/${page.instance.slug}`}>Composition, réunions et décisions de l’instance</Link>
      </p>
    </Section>
  )
}

function Actions({ slug, actions: { shown, more } }: { slug: string; actions: HandoverPage['actions'] }) {
  return (
    <Section
      title="Actions en cours"
      count={more ? undefined : shown.length}
      hint="De la personne à qui vous succédez, de votre structure dans cette instance, de l’instance. Celles au nom de votre prédécesseur sont suivies par la présidence, un copilote ou le secrétariat."
    >
      {shown.length === 0 ? (
        <EmptyState>Aucune action en cours.</EmptyState>
      ) : (
        <Table
          caption="Actions en cours"
          captionHidden
          rows={shown}
          rowKey={row => row.id}
          columns={[
            {
              header: 'Quoi',
              cell: row =>
                row.mayUpdate ? <Link to={`/${slug}/actions/${row.id}/avancement`}>{row.wording}</Link> : row.wording,
            },
            { header: 'Qui', cell: row => row.owner },
            { header: 'Échéance', cell: row => row.dueOn && mediumDate(row.dueOn) },
            { header: 'État', cell: row => <StateBadge of="action" state={row.state} /> },
          ]}
        />
      )}
      {more && (
        <p>Et d’autres : voici les {shown.length} premières par échéance. La suite est sur la page de l’instance.</p>
      )}
    </Section>
  )
}

type ListProps = { title: string; count: number; more?: boolean; none: string; children: ReactNode }

function List({ title, count, more = false, none, children }: ListProps) {
  return (
    <Section title={title} count={more ? undefined : count}>
      {count === 0 ? <EmptyState>{none}</EmptyState> : <Entries>{children}</Entries>}
      {more && <p>Et d’autres : voici les {count} premières. Toutes sont au registre des décisions.</p>}
    </Section>
  )
}

function Contacts({ page }: { page: HandoverPage }) {
  return (
    <Section title="À qui s’adresser">
      <PlainList className="stack">
        {page.contacts.map(({ name, role, email, phone }) => (
          <li key={`${name}${role}`}>
            <strong>{name}</strong>, {role}
            {email && (
              <>
                {' '}
                – <a href={`mailto:${email}`}>{email}</a>
              </>
            )}
            {phone && <> – {phone}</>}
          </li>
        ))}
      </PlainList>
    </Section>
  )
}
