import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState, Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Columns, Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { Table } from '#app/components/Table.tsx'
import { mediumDate } from '#app/formats.ts'
import { daysOf, RoleState } from '#app/mandates/role-days.tsx'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { PersonFunction, PersonMandate, PersonPage } from '#server/domain/governance/person-page.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.page.name ?? '')

/** A person of the consortium: what they do in it, did and will do, and how they enter (H34). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    page: await services.people.personPage(actor, param('id')),
  }))
}

export default function Person() {
  const { slug, page } = useLoaderData<typeof loader>()
  const here = `/${slug}/personnes/${page.id}`
  const ending = [...page.mandates, ...page.functions].every(role => role.endsOn !== null)
  return (
    <Page
      title={page.name}
      badges={
        <>
          <RoleState state={page.state} />
          {page.suspended && (
            <Badge icon="lock" tone="danger">
              Compte suspendu
            </Badge>
          )}
        </>
      }
      breadcrumb={[{ label: 'Personnes et mandats', to: `/${slug}/personnes` }]}
      visibleBy="le chef de projet ; les autres membres voient dans la composition des instances son nom, sa structure, sa qualité et ses dates, ceux de ses instances aussi ses coordonnées"
      access={pageAccessPath(slug, 'personnes')}
      primaryAction={
        <ButtonLink to={`/${slug}/mandats/nouveau?personne=${page.id}`} variant="primary" icon="plus">
          Désigner dans une instance
        </ButtonLink>
      }
      otherActions={<OtherActions slug={slug} page={page} here={here} />}
      notice={<Flash />}
    >
      <Columns aside={<Access page={page} here={here} />}>
        <Mandates slug={slug} mandates={page.mandates} />
        <Functions slug={slug} functions={page.functions} />
        {ending && <TakenBack />}
      </Columns>
    </Page>
  )
}

/** A removal is not undone as a whole: how each of its endings is. */
function TakenBack() {
  return (
    <Disclosure summary="Retirée par erreur ?">
      <p>
        Ouvrez chaque mandat ou fonction ci-dessus, corrigez-le, et videz son dernier jour ou rendez-lui celui d’avant.
        Faites de même pour les mandats de ses suppléants et assistants, qui ont fini avec le sien, et rattachez de
        nouveau un prestataire à ses instances. Ce qui n’avait pas commencé est effacé : désignez de nouveau la
        personne.
      </p>
    </Disclosure>
  )
}

function OtherActions({ slug, page, here }: { slug: string; page: PersonPage; here: string }) {
  return (
    <>
      <ButtonLink to={`/${slug}/fonctions/nouvelle?personne=${page.id}`} variant="quiet">
        Donner une fonction dans le consortium
      </ButtonLink>
      {page.state !== 'termine' && (
        <ButtonLink to={`${here}/retrait`} variant="quiet">
          Retirer du consortium
        </ButtonLink>
      )}
    </>
  )
}

function Access({ page, here }: { page: PersonPage; here: string }) {
  return (
    <Section title="Coordonnées et accès">
      <DescriptionList
        items={[
          { term: 'Courriel', value: <a href={`mailto:${page.email}`}>{page.email}</a> },
          { term: 'Téléphone', value: page.phone },
          { term: 'Accès', value: accessOf(page) },
        ]}
      />
      {page.mayBeCorrected ? (
        <ButtonLink to={`${here}/modification`} icon="pencil">
          Corriger les coordonnées
        </ButtonLink>
      ) : (
        <p className="soft">Cette personne corrige elle-même son nom, son adresse et son téléphone, dans son profil.</p>
      )}
      {!page.hasPassword && page.state !== 'termine' && (
        <Form method="post" action={`${here}/invitation`}>
          <SubmitButton variant="secondary" icon="sent">
            Renvoyer l’invitation
          </SubmitButton>
        </Form>
      )}
    </Section>
  )
}

function accessOf({ suspended, hasPassword, invitation }: PersonPage): string {
  if (suspended) return 'Compte suspendu : cette personne ne peut pas se connecter.'
  if (hasPassword) return 'Mot de passe choisi.'
  if (!invitation) return 'Aucune connexion, aucune invitation.'
  const words = {
    en_attente: 'invitation en attente d’envoi depuis le',
    envoye: 'invitation envoyée le',
    abandonne: 'invitation non remise le',
  }
  return `Aucune connexion ; ${words[invitation.state]} ${mediumDate(invitation.at)}.`
}

function Mandates({ slug, mandates }: { slug: string; mandates: PersonMandate[] }) {
  return (
    <Section title="Mandats" count={mandates.length}>
      {mandates.length === 0 ? (
        <EmptyState>Aucun mandat dans une instance.</EmptyState>
      ) : (
        <Table
          caption="Mandats, du plus récent au plus ancien"
          captionHidden
          rows={mandates}
          rowKey={row => row.id}
          columns={[
            {
              header: 'Instance',
              cell: row => <Link to={`/${slug}/instances/${row.instance.slug}`}>{row.instance.name}</Link>,
            },
            {
              header: 'Fonction',
              cell: row =>
                row.function === 'invite' ? (
                  'Invitation à une réunion'
                ) : (
                  <Link to={`/${slug}/mandats/${row.id}`}>
                    {row.label}
                    <span className="visually-hidden">, mandat dans {row.instance.name}</span>
                  </Link>
                ),
            },
            {
              header: 'Pour',
              cell: row => `${row.organisation}${row.carriesVoice ? ', porte la voix' : ''}`,
            },
            { header: 'Dates', cell: row => daysOf(row, row.state) },
            { header: 'État', cell: row => <RoleState state={row.state} /> },
          ]}
        />
      )}
    </Section>
  )
}

function Functions({ slug, functions }: { slug: string; functions: PersonFunction[] }) {
  if (functions.length === 0) return null
  return (
    <Section title="Fonctions dans le consortium" count={functions.length}>
      <Table
        caption="Fonctions, de la plus récente à la plus ancienne"
        captionHidden
        rows={functions}
        rowKey={row => row.id}
        columns={[
          { header: 'Fonction', cell: row => <Link to={`/${slug}/fonctions/${row.id}`}>{row.functionLabel}</Link> },
          { header: 'Pour', cell: row => row.organisation },
          {
            header: 'Rattachements',
            cell: row =>
              row.attachments
                .filter(each => each.state !== 'termine')
                .map(each => each.instance.name)
                .join(', '),
          },
          { header: 'Dates', cell: row => daysOf(row, row.state) },
          { header: 'État', cell: row => <RoleState state={row.state} /> },
        ]}
      />
      {functions.some(row => row.function === 'prestataire' && row.attachments.length === 0) && (
        <Notice>
          Ce prestataire n’est rattaché à aucune instance : il n’en lit que ce que lit tout le consortium.
        </Notice>
      )}
    </Section>
  )
}
