import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ButtonLink, ButtonRow } from '#app/components/Button.tsx'
import { Entries, Entry } from '#app/components/Entries.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { withFlash } from '#app/flash.ts'
import { submitting } from '#app/form-actions.ts'
import { list } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { ProposalForm } from '#app/proposals/ProposalForm.tsx'
import { aboveProposal } from '#app/proposals/proposal-for.ts'
import { reading, type Work } from '#app/request.ts'
import type { ProposalChoices } from '#server/domain/proposals/proposal-choices.ts'
import { proposalForm } from '#server/vocabulary/proposal-forms.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, 'Proposer un représentant', data?.choices.organisation.name ?? '')

/** A new proposal: for which instance first, then whom; `?reprendre=` begins with a returned one (H40). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async work => ({
    slug: work.slug,
    today: work.actor.today,
    choices: await choicesFor(work),
  }))
}

export function action(args: ActionFunctionArgs) {
  return submitting(args, proposalForm, {
    allowed: async work => {
      await choicesFor(work)
    },
    async act({ services, actor, slug }, form) {
      const { proposalId } = await services.proposals.proposeRepresentative(actor, { form })
      return redirect(withFlash(`/${slug}/propositions/${proposalId}`, 'proposition-faite'))
    },
  })
}

function choicesFor({ services, actor, request }: Work): Promise<ProposalChoices> {
  const { searchParams } = new URL(request.url)
  return services.proposals.proposalChoices(actor, {
    organisation: searchParams.get('structure') || undefined,
    instance: searchParams.get('instance') || undefined,
    again: searchParams.get('reprendre') || undefined,
  })
}

export default function NewProposal() {
  const { slug, today, choices } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { organisation, instance, previous } = choices
  return (
    <Page
      title="Proposer un représentant"
      lead={instance ? `${organisation.name}, ${instance.name}` : `${organisation.name} : dans quelle instance ?`}
      level={instance?.level}
      breadcrumb={aboveProposal(slug)}
      visibleBy="les correspondants de la structure et le chef de projet"
      whoCanSee={<p>Une fois la proposition envoyée, sa page dit qui la lit, et pourquoi.</p>}
      width="narrow"
      notice={
        previous?.reason && (
          <Notice tone="warning" title={`Retournée par ${previous.answeredBy} avec ce motif`}>
            <p className="as-typed">{previous.reason}</p>
          </Notice>
        )
      }
    >
      {instance ? (
        <ProposalForm
          key={instance.id}
          slug={slug}
          today={today}
          choices={choices}
          instance={instance}
          answer={answer}
        />
      ) : (
        <InstanceChoice slug={slug} choices={choices} />
      )}
    </Page>
  )
}

function InstanceChoice({
  slug,
  choices: { organisation, others, instances },
}: {
  slug: string
  choices: ProposalChoices
}) {
  const base = `/${slug}/propositions/nouvelle?structure=`
  return (
    <>
      <Entries>
        {instances.map(({ slug: instance, name, level, seats }) => (
          <Entry
            key={instance}
            icon={`tier-${level}`}
            title={name}
            to={`${base}${organisation.slug}&instance=${instance}`}
            detail={seats.length > 0 ? list(seats.map(seat => seat.name)) : 'aucun représentant'}
          />
        ))}
      </Entries>
      {others.length > 0 && (
        <ButtonRow>
          {others.map(other => (
            <ButtonLink key={other.slug} to={`${base}${other.slug}`} variant="quiet">
              Proposer pour {other.name}
            </ButtonLink>
          ))}
        </ButtonRow>
      )}
    </>
  )
}
