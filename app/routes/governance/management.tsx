import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Flash } from '#app/components/Flash.tsx'
import type { IconName } from '#app/components/Icon.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { counted, plural } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { ManagementPage } from '#server/domain/governance/management-page.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Gestion du consortium')

/** Where the chef de projet finds all that they administer. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug }) => ({
    slug,
    page: await services.governance.managementPage(actor),
  }))
}

export default function Management() {
  const { slug, page } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Gestion du consortium"
      lead="Ce que le chef de projet tient à jour : qui compose le consortium, qui siège où, qui décide de quoi."
      visibleBy="le chef de projet"
      access={pageAccessPath(slug, 'gestion')}
      notice={
        <>
          <Flash />
          <WithoutValidator slug={slug} bodies={page.withoutValidator} />
        </>
      }
      width="narrow"
    >
      {sectionsFor(page).map(({ title, places }) => (
        <Section key={title} title={title}>
          <Entries>
            {places.map(({ path, detail, aside, ...place }) => (
              <Entry key={path} {...place} to={`/${slug}${path}`} detail={detail} aside={aside} />
            ))}
          </Entries>
        </Section>
      ))}
    </Page>
  )
}

type Place = { icon: IconName; title: string; path: string; detail: string; aside?: string }

/** What one administers, by subject; a count stands at the right where something waits. */
function sectionsFor(page: ManagementPage): { title: string; places: Place[] }[] {
  return [
    {
      title: 'La forme du consortium',
      places: [
        {
          icon: 'pencil',
          title: 'Le consortium',
          path: '/consortium',
          detail: 'Son nom, son territoire et son objet',
        },
        {
          icon: 'place',
          title: 'Structures',
          path: '/structures',
          detail: `${counted(page.organisations, 'structure')} : noms datés, phase d’entrée, territoire, départ`,
        },
        {
          icon: 'instances',
          title: 'Instances',
          path: '',
          detail: `${counted(page.instances, 'instance')} en activité : création, réglages, dissolution`,
        },
        {
          icon: 'decision',
          title: 'Règles de compétence',
          path: '/competences',
          detail: 'Quelle instance décide de quoi, et à partir de quel jour',
          aside: page.competenceToCome > 0 ? `${counted(page.competenceToCome, 'changement')} à venir` : undefined,
        },
        {
          icon: 'eye',
          title: 'Visibilités par défaut',
          path: '/visibilites',
          detail: 'Qui lit les comptes rendus d’une nouvelle instance',
        },
        {
          icon: 'external',
          title: 'Organes externes',
          path: '/organes-externes',
          detail: `${counted(page.externalBodies, 'organe')} : commission permanente, assemblée, commission d’appel d’offres…`,
        },
      ],
    },
    {
      title: 'Les personnes',
      places: [
        {
          icon: 'people',
          title: 'Personnes et mandats',
          path: '/personnes',
          detail: `${counted(page.people, 'personne')} en mandat aujourd’hui`,
        },
        ...endingSoon(page.mandatesEndingSoon),
        {
          icon: 'agenda',
          title: 'Représentation',
          path: '/representation',
          detail: 'Qui siège où, structure par structure, et qui porte la voix',
        },
        {
          icon: 'proposal',
          title: 'Propositions des correspondants',
          path: '/propositions',
          detail: 'Représentants que les structures proposent',
          aside: page.proposals > 0 ? `${page.proposals} à examiner` : undefined,
        },
        {
          icon: 'eye',
          title: 'Voir comme une autre personne',
          path: '/apercu',
          detail: 'L’espace, tel que le verrait un membre, un prestataire, un correspondant…',
        },
        { icon: 'person', title: 'Annuaire', path: '/annuaire', detail: 'Les membres, par structure et par instance' },
      ],
    },
    {
      title: 'Le suivi',
      places: [
        {
          icon: 'sent',
          title: 'Courriels sortants',
          path: '/courriels',
          detail:
            page.mailsInTrouble > 0
              ? `${counted(page.mailsInTrouble, 'courriel n’est pas parti', 'courriels ne sont pas partis')} au premier essai`
              : 'Ce que l’espace envoie aux membres',
          aside: page.mailsWaiting > 0 ? `${page.mailsWaiting} en attente` : undefined,
        },
        { icon: 'clock', title: 'Journal', path: '/journal', detail: 'Qui a fait quoi, et quand' },
      ],
    },
  ]
}

/** Who is to be appointed again, or replaced: the people of these mandates. */
function endingSoon(count: number): Place[] {
  if (count === 0) return []
  const title = `${counted(count, 'mandat')} ${plural(count, 'finit', 'finissent')} dans le mois`
  return [
    { icon: 'clock', title, path: '/personnes?etat=finit', detail: 'À prolonger, à remplacer, ou à laisser finir' },
  ]
}

/** Nobody could validate what these bodies write: said first, because work stops there. */
function WithoutValidator({ slug, bodies }: { slug: string; bodies: ManagementPage['withoutValidator'] }) {
  if (bodies.length === 0) return null
  return (
    <Notice
      tone="warning"
      title={`Personne ne peut valider les comptes rendus de ${counted(bodies.length, 'instance')}`}
    >
      <p>Désignez la présidence ou un copilote, ou changez la règle de validation de l’instance :</p>
      <PlainList>
        {bodies.map(({ slug: body, name }) => (
          <li key={body}>
            <Link to={`/${slug}/instances/${body}`}>{name}</Link>
          </li>
        ))}
      </PlainList>
    </Notice>
  )
}
