import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Filters } from '#app/components/Form.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { Table } from '#app/components/Table.tsx'
import { counted, documentTitle, mediumDate } from '#app/formats.ts'
import { reading } from '#app/request.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { type DecisionState, decisionNatureLabels, decisionStateLabels } from '#server/vocabulary/decisions.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: documentTitle('Registre des décisions', data?.consortium) },
]

/** The register, with its filters in the address. */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const search = new URL(request.url).searchParams
    const state = stateOf(search.get('etat'))
    const filter = {
      instanceSlug: search.get('instance')?.slice(0, 100) || undefined,
      states: state ? [state] : undefined,
      page: pageOf(search.get('page')),
    }
    const register = await services.decisions.decisionRegister(actor, filter)
    const consortium = (await services.consortia.consortiumFrame(actor)).name
    return { slug, consortium, register, state, instance: filter.instanceSlug ?? '', page: filter.page }
  })
}

export default function Register() {
  const { slug, register, state, instance, page } = useLoaderData<typeof loader>()
  const filtered = state !== null || instance !== ''
  return (
    <Page
      title="Registre des décisions"
      lead="Ce que les instances ont décidé, et ce qui attend encore leur réponse."
      visibleBy="tous les membres pour les décisions adoptées ou dont il est pris acte ; l’instance qui propose et l’instance compétente pour les autres"
    >
      <Form method="get">
        <Filters>
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
          <Button type="submit">Filtrer</Button>
          {filtered && (
            <ButtonLink to="?" variant="quiet">
              Tout afficher
            </ButtonLink>
          )}
        </Filters>
      </Form>
      {register.total === 0 ? (
        <EmptyState action={filtered ? <ButtonLink to="?">Tout afficher</ButtonLink> : undefined}>
          {filtered
            ? 'Aucune décision ne correspond à ces filtres.'
            : 'Aucune décision n’est encore inscrite au registre.'}
        </EmptyState>
      ) : (
        <Table
          caption={counted(register.total, 'décision')}
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
      <Pages page={page} pages={register.pages} search={{ instance, etat: state ?? '' }} />
    </Page>
  )
}

function Pages({ page, pages, search }: { page: number; pages: number; search: Record<string, string> }) {
  if (pages < 2) return null
  const to = (number: number) => `?${new URLSearchParams({ ...search, page: String(number) })}`
  return (
    <nav aria-label="Pages du registre">
      <ButtonRow>
        {page > 1 && (
          <ButtonLink to={to(page - 1)} icon="back">
            Page précédente
          </ButtonLink>
        )}
        <span>
          Page {page} sur {pages}
        </span>
        {page < pages && (
          <ButtonLink to={to(page + 1)} icon="forward">
            Page suivante
          </ButtonLink>
        )}
      </ButtonRow>
    </nav>
  )
}

function stateOf(value: string | null): DecisionState | null {
  return codesOf(decisionStateLabels).find(state => state === value) ?? null
}

function pageOf(value: string | null): number {
  const number = Number(value)
  return Number.isInteger(number) && number >= 1 && number <= 10_000 ? number : 1
}
