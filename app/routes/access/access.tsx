import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import styles from '#app/access/access.css?url'
import { PreviewLinks } from '#app/access/PreviewLinks.tsx'
import { Readings } from '#app/access/Readings.tsx'
import { Throughs } from '#app/access/Throughs.tsx'
import { Icon } from '#app/components/Icon.tsx'
import { Page } from '#app/components/Page.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Section } from '#app/components/Section.tsx'
import { capitalised, list, quoted } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { AccessPage, Publication } from '#server/domain/access/access-page.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Qui peut voir ceci ?', data?.page.title ?? '')

/** Who reads a thing and why, why I do, and what I may do with it: from the rules themselves. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    page: await services.access.accessPage(actor, { kind: param('kind'), id: param('id') }),
  }))
}

export default function Access() {
  const { slug, page } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const whole = search.get('groupe')
  const path = page.path === null ? null : `/${slug}${page.path && `/${page.path}`}`
  return (
    <Page
      title="Qui peut voir ceci ?"
      lead={page.title}
      width="narrow"
      breadcrumb={path === null ? [{ label: 'Accueil', to: `/${slug}/accueil` }] : [{ label: page.title, to: path }]}
    >
      <Section title="Pourquoi est-ce que je vois ceci ?">
        <Mine mine={page.mine} />
      </Section>
      <Section title="Qui le voit aujourd’hui">
        {!page.showsPeople && <p>Les noms ne sont montrés qu’aux membres du consortium.</p>}
        <Readings readings={page.readings} showsPeople={page.showsPeople} whole={whole} prefix="" />
      </Section>
      {page.later && (
        <Section
          title={laterTitles[page.later.when]}
          hint="Ce que les règles donneront alors, aux personnes d’aujourd’hui."
        >
          <Readings readings={page.later.readings} showsPeople={page.showsPeople} whole={whole} prefix="alors-" />
        </Section>
      )}
      {page.previews.length > 0 && path !== null && (
        <Section
          title="Voir comme une autre personne"
          id="apercu"
          hint="Une personne inventée, d’après les mêmes règles."
        >
          <PreviewLinks path={path} choices={page.previews} later={page.previewsLater} />
        </Section>
      )}
      {page.acts.length > 0 && (
        <Section title="Ce que je peux faire">
          <Acts acts={page.acts} />
        </Section>
      )}
      <p className="soft small">
        Les numéros sont ceux des règles d’habilitation.{' '}
        {page.showsPeople && <Link to={`/${slug}/annuaire`}>Annuaire du consortium</Link>}
      </p>
    </Page>
  )
}

const laterTitles: Record<Publication, string> = { diffusion: 'Une fois diffusé', annonce: 'Une fois annoncée' }

function Mine({ mine }: { mine: AccessPage['mine'] }) {
  return (
    <ul className="list">
      {mine.map(({ rule, verb, who, when, through }) => (
        <li key={`${rule}${who}${when}`}>
          <strong>{capitalised(verb)}</strong> ({rule}) : le peuvent {quoted(who)}
          {when && ` (${when})`}. Vous en êtes
          <Throughs through={through} />
        </li>
      ))}
    </ul>
  )
}

function Acts({ acts }: { acts: AccessPage['acts'] }) {
  return (
    <PlainList className="access-acts">
      {acts.map(({ rule, verb, reason, people }) => (
        <li key={rule}>
          <Icon name={reason === null ? 'check' : 'lock'} />
          <span>
            {reason === null ? (
              <>{capitalised(verb)} : vous le pouvez</>
            ) : (
              <>
                {reason}
                {people.length > 0 && ` Aujourd’hui : ${shortList(people)}.`}
              </>
            )}{' '}
            <span className="soft">({rule})</span>
          </span>
        </li>
      ))}
    </PlainList>
  )
}

/** A dozen names at most. */
function shortList(names: readonly string[]): string {
  const most = 12
  if (names.length <= most) return list(names)
  return `${names.slice(0, most).join(', ')} et ${names.length - most} autres`
}
