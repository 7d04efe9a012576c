import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { DateField } from '#app/components/TextField.tsx'
import { longDate, mediumDate } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { FileLinks } from '#app/representation/FileLinks.tsx'
import { MatrixTable } from '#app/representation/MatrixTable.tsx'
import styles from '#app/representation/matrix.css?url'
import { PrintButton } from '#app/representation/PrintButton.tsx'
import seatStyles from '#app/representation/seats.css?url'
import { dayIn } from '#app/representation/wanted-day.ts'
import { reading } from '#app/request.ts'
import type { RepresentationMatrix } from '#server/domain/representation/matrix.ts'

export const links: LinksFunction = () => [seatStyles, styles].map(href => ({ rel: 'stylesheet', href }))

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, data ? `Représentation au ${mediumDate(data.matrix.day)}` : 'Représentation')

/** Who represents whom on the day of `?jour=`, today without it (H2, H38, H44). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => ({
    slug,
    today: actor.today,
    matrix: await services.representation.representationMatrix(actor, { day: dayIn(request, actor.today) }),
  }))
}

export default function Representation() {
  const { slug, today, matrix } = useLoaderData<typeof loader>()
  const isToday = matrix.day === today
  return (
    <Page
      title="Représentation"
      lead={isToday ? 'Qui siège où aujourd’hui, et qui porte la voix de sa structure.' : `Le ${longDate(matrix.day)}.`}
      visibleBy="tous les membres du consortium"
      access={pageAccessPath(slug, 'representation')}
      width="full"
      primaryAction={
        <ButtonLink to={`/${slug}/annuaire`} icon="people">
          Ouvrir l’annuaire
        </ButtonLink>
      }
      otherActions={
        <>
          <PrintButton>Imprimer le tableau (A3)</PrintButton>
          <FileLinks to={`/${slug}/representation/fichier`} search={{ jour: matrix.day }} />
          <ButtonLink to={`/${slug}/organigramme`} variant="quiet" icon="instances">
            Voir l’organigramme
          </ButtonLink>
        </>
      }
    >
      <DayChoice slug={slug} today={today} matrix={matrix} />
      {matrix.lines.length === 0 || matrix.instances.length === 0 ? (
        <EmptyState>Il n’y a encore ni structure ni instance à cette date.</EmptyState>
      ) : (
        <MatrixTable slug={slug} matrix={matrix} />
      )}
      <p className="soft small">
        Une case vide est permise : personne n’a à siéger partout. Le secrétariat et l’assistance ne représentent pas
        une structure : ils sont dans l’annuaire.
      </p>
    </Page>
  )
}

/** Another day, typed or reached from change to change. */
function DayChoice({
  slug,
  today,
  matrix: { day, changes },
}: {
  slug: string
  today: string
  matrix: RepresentationMatrix
}) {
  const to = (other: string) => `/${slug}/representation?jour=${other}`
  return (
    <div className="stack no-print">
      <FilterForm submit="Voir ce jour">
        <DateField name="jour" label="Voir la représentation du" defaultValue={day} />
      </FilterForm>
      <p className="matrix-changes">
        {changes.latest && (
          <Link to={to(dayBefore(changes.latest))} preventScrollReset>
            Avant le changement du {mediumDate(changes.latest)}
          </Link>
        )}
        {changes.next && (
          <Link to={to(changes.next)} preventScrollReset>
            À partir du changement du {mediumDate(changes.next)}
          </Link>
        )}
        {day !== today && (
          <Link to={`/${slug}/representation`} preventScrollReset>
            Revenir à aujourd’hui
          </Link>
        )}
      </p>
    </div>
  )
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 24 * 3600 * 1000).toISOString().slice(0, 10)
}
