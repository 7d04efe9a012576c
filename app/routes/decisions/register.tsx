import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAccessPath } from '#app/access-path.ts'
import { ButtonLink } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Pages } from '#app/components/Pages.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { Table } from '#app/components/Table.tsx'
import { counted, mediumDate } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { RegisterPage } from '#server/domain/decisions/decision-register.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { type DecisionState, decisionNatureLabels, decisionStateLabels } from '#server/vocabulary/decisions.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Registre des décisions')

/** The register, with its filters in the address. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const search = new URL(request.url).searchParams
    const state = stateOf(search.get('etat'))
    const filter = {
      instanceSlug: search.get('instance')?.slice(0, 100) || undefined,
      states: state ? [state] : undefined,
      after: search.get('apres'),
      before: search.get('avant'),
    }
    const register = await services.decisions.decisionRegister(actor, filter)
    return { slug, register, state, instance: filter.instanceSlug ?? '' }
  })
}

export default function Register() {
  const { slug, register, state, instance } = useLoaderData<typeof loader>()
  const filtered = state !== null || instance !== ''
  return (
    <Page
      title="Registre des décisions"
      lead="Ce que les instances ont décidé, et ce qui attend encore leur réponse."
      visibleBy="tous les membres pour les décisions adoptées ou dont il est pris acte ; l’instance qui propose et l’instance compétente pour les autres"
      access={pageAccessPath(slug, 'decisions')}
    >
      <FilterForm all={filtered && '?'}>
        <SelectField
          name="instance"
          label="Instance"
          placeholder="Toutes les instances"
          defaultValue={instance}
          options={register.instances.map(each => ({ value: each.slug, label: each.name }))}
        />
        <SelectField
          name="etat"
          label="État"
          placeholder="Tous les états"
          defaultValue={state ?? ''}
          options={codesOf(decisionStateLabels).map(value => ({ value, label: decisionStateLabels[value] }))}
        />
      </FilterForm>
      {register.lines.length === 0 ? (
        <EmptyState action={filtered ? <ButtonLink to="?">Tout afficher</ButtonLink> : undefined}>
          {filtered
            ? 'Aucune décision ne correspond à ces filtres.'
            : 'Aucune décision n’est encore inscrite au registre.'}
        </EmptyState>
      ) : (
        <Table
          caption={captionOf(register)}
          rows={register.lines}
          rowKey={line => line.id}
          columns={[
            {
              header: 'Décision',
              rowHeader: true,
              cell: line => (
                <>
                  <Link to={`/${slug}/decisions/${line.id}`}>{line.wording}</Link>
                  <br />
                  <small>{decisionNatureLabels[line.nature]}</small>
                </>
              ),
            },
            { header: 'Numéro', cell: line => line.number, nowrap: true },
            {
              header: 'Instances',
              cell: line => (
                <>
                  {line.proposing.slug !== line.competent.slug && (
                    <>
                      Proposée par{' '}
                      <Link to={`/${slug}/instances/${line.proposing.slug}`}>{line.proposing.shortName}</Link> à{' '}
                    </>
                  )}
                  <Link to={`/${slug}/instances/${line.competent.slug}`}>{line.competent.shortName}</Link>
                </>
              ),
            },
            { header: 'État', cell: line => <StateBadge of="decision" state={line.state} />, nowrap: true },
            { header: 'Date', cell: line => mediumDate(line.resultOn ?? line.proposedAt), nowrap: true },
          ]}
        />
      )}
      <Pages label="Pages du registre" at={register} search={{ instance, etat: state ?? '' }} />
    </Page>
  )
}

/** How many there are when they fit in one page; else where in time this page stands. */
function captionOf({ lines, next, previous }: RegisterPage): string {
  const [first, last] = [lines[0], lines.at(-1)]
  if ((!next && !previous) || !first || !last) return counted(lines.length, 'décision')
  const [from, to] = [mediumDate(last.proposedAt), mediumDate(first.proposedAt)]
  return from === to ? `Décisions proposées le ${to}` : `Décisions proposées du ${from} au ${to}`
}

function stateOf(value: string | null): DecisionState | null {
  return codesOf(decisionStateLabels).find(state => state === value) ?? null
}
