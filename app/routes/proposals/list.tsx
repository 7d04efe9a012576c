import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ButtonLink } from '#app/components/Button.tsx'
import { SelectField } from '#app/components/ChoiceField.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { FilterForm } from '#app/components/FilterForm.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { EmptyState } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Pages } from '#app/components/Pages.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { mediumDate } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { titleOf } from '#app/proposals/proposal-for.ts'
import { reading } from '#app/request.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import { type ProposalState, proposalStateLabels } from '#server/vocabulary/governance.ts'

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Propositions de représentants')

/** The proposals of one's institution, or of all for the chef de projet (H41). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, request }) => {
    const { searchParams } = new URL(request.url)
    const asked = searchParams.get('etat') ?? ''
    const state = Object.hasOwn(proposalStateLabels, asked) ? (asked as ProposalState) : undefined
    const proposals = await services.proposals.proposalList(actor, {
      state,
      after: searchParams.get('apres'),
      before: searchParams.get('avant'),
    })
    return { slug, state: state ?? null, proposals }
  })
}

export default function Proposals() {
  const { slug, state, proposals } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Propositions de représentants"
      lead="Ce que les structures proposent, et ce que le chef de projet en a fait."
      visibleBy="les correspondants de la structure et le chef de projet"
      whoCanSee={
        <p>Chacun n’y trouve que les propositions qu’il peut lire. La page de chacune dit qui la lit, et pourquoi.</p>
      }
      notice={<Flash />}
      primaryAction={
        proposals.mayPropose && (
          <ButtonLink to={`/${slug}/propositions/nouvelle`} variant="primary" icon="plus">
            Proposer un représentant
          </ButtonLink>
        )
      }
    >
      <FilterForm submit="Filtrer les propositions" all={state && '?'}>
        <SelectField
          name="etat"
          label="État"
          placeholder="Tous les états"
          defaultValue={state ?? ''}
          options={codesOf(proposalStateLabels).map(value => ({ value, label: proposalStateLabels[value] }))}
        />
      </FilterForm>
      {proposals.rows.length > 0 ? (
        <Entries>
          {proposals.rows.map(proposal => (
            <Entry
              key={proposal.id}
              icon="person"
              title={`${titleOf(proposal)} – ${proposal.instance.shortName}`}
              to={`/${slug}/propositions/${proposal.id}`}
              detail={`${proposal.functionLabel}, pour ${proposal.organisation.shortName}, proposée le ${mediumDate(proposal.proposedAt)} par ${proposal.proposedBy}`}
              aside={<StateBadge of="proposal" state={proposal.state} />}
            />
          ))}
        </Entries>
      ) : (
        <EmptyState>
          {state
            ? 'Aucune proposition dans cet état.'
            : 'Aucune proposition. Le correspondant d’une structure propose ses représentants, le chef de projet répond.'}
        </EmptyState>
      )}
      <Pages label="Pages des propositions" at={proposals} search={state ? { etat: state } : {}} />
    </Page>
  )
}
