import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { accessPath } from '#app/access-path.ts'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink, SubmitButton } from '#app/components/Button.tsx'
import { DescriptionList } from '#app/components/DescriptionList.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Page } from '#app/components/Page.tsx'
import { Section } from '#app/components/Section.tsx'
import { StateBadge } from '#app/components/StateBadge.tsx'
import { History } from '#app/decisions/History.tsx'
import { RelaySection } from '#app/decisions/RelaySection.tsx'
import { longDate, mediumDate } from '#app/formats.ts'
import { pageTitle } from '#app/page-title.ts'
import { reading } from '#app/request.ts'
import type { DecisionPage } from '#server/domain/decisions/decision-page.ts'
import { decisionNatureLabels, decisionStateLabels } from '#server/vocabulary/decisions.ts'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, data?.page.number ? `Décision ${data.page.number}` : 'Décision')

/** A decision: what is proposed, by whom, to whom, and what was answered (H27). */
export function loader(args: LoaderFunctionArgs) {
  return reading(args, async ({ services, actor, slug, param }) => ({
    slug,
    today: actor.today,
    page: await services.decisions.decisionPage(actor, param('id')),
  }))
}

export default function Decision() {
  const { slug, today, page } = useLoaderData<typeof loader>()
  const base = `/${slug}/decisions/${page.id}`
  return (
    <Page
      title={page.number ? `Décision ${page.number}` : 'Proposition de décision'}
      level={page.competent.level}
      breadcrumb={[{ label: 'Décisions', to: `/${slug}/decisions` }]}
      badges={<StateBadge of="decision" state={page.state} />}
      visibleBy={
        page.state === 'adoptee' || page.state === 'prise_d_acte'
          ? 'tous les membres du consortium'
          : 'l’instance qui propose, l’instance compétente et le chef de projet'
      }
      access={accessPath(slug, 'decision', page.id)}
      primaryAction={<Primary base={base} page={page} />}
      otherActions={<Others base={base} page={page} />}
      notice={
        <>
          <Flash />
          <AnswerNotice page={page} />
        </>
      }
      width="narrow"
    >
      <p className="decision-wording">{page.wording}</p>
      {page.reasons && (
        <Section title="Motifs">
          {page.reasons.split('\n').map(reason => (
            <p key={reason}>{reason}</p>
          ))}
        </Section>
      )}
      <Section title="D’où elle vient, qui en décide">
        <DescriptionList
          items={[
            { term: 'Nature', value: decisionNatureLabels[page.nature] },
            {
              term: page.own ? 'Prise par' : 'Proposée par',
              value: <Link to={`/${slug}/instances/${page.proposing.slug}`}>{page.proposing.name}</Link>,
            },
            { term: 'Réunion', value: page.origin && <MeetingLink slug={slug} meeting={page.origin} /> },
            {
              term: 'Compte rendu',
              value: page.minutesId ? (
                <Link to={`/${slug}/comptes-rendus/${page.minutesId}`}>Lire le compte rendu</Link>
              ) : (
                'Réservé à ceux qui peuvent le lire'
              ),
            },
            {
              term: 'Instance compétente',
              value: page.own ? null : (
                <Link to={`/${slug}/instances/${page.competent.slug}`}>{page.competent.name}</Link>
              ),
            },
            {
              term: 'À l’ordre du jour',
              value:
                page.state === 'inscrite' && page.agendaMeeting ? (
                  <MeetingLink slug={slug} meeting={page.agendaMeeting} />
                ) : null,
            },
          ]}
        />
      </Section>
      {page.result && (
        <Section title="Résultat">
          <DescriptionList
            items={[
              { term: 'Résultat', value: <StateBadge of="decision" state={page.state} /> },
              { term: 'Date', value: longDate(page.result.on) },
              {
                term: 'En réunion',
                value: page.result.meeting && <MeetingLink slug={slug} meeting={page.result.meeting} />,
              },
              { term: 'Motif', value: page.result.reason },
              { term: 'Consignée par', value: `${page.result.recordedBy}, le ${mediumDate(page.result.recordedAt)}` },
            ]}
          />
        </Section>
      )}
      {page.withdrawal && (
        <Section title="Retrait">
          <p>
            Retirée le {longDate(page.withdrawal.at)} par {page.withdrawal.by} : {page.withdrawal.reason}
          </p>
        </Section>
      )}
      {page.relay && <RelaySection slug={slug} decisionId={page.id} relay={page.relay} today={today} />}
      <History history={page.history} />
    </Page>
  )
}

function Primary({ base, page }: { base: string; page: DecisionPage }) {
  if (page.answerUnseen) {
    return (
      <Form method="post" action={`${base}/lecture`}>
        <SubmitButton icon="check">J’ai pris connaissance de la réponse</SubmitButton>
      </Form>
    )
  }
  const ours = page.relay?.lines.filter(line => line.mayAnswer) ?? []
  const [own] = ours
  if (own && ours.length === 1 && own.answer === null) {
    return (
      <ButtonLink to={`${base}/relais/${own.slug}`} variant="primary" icon="forward">
        Dire ce que nous avons relayé
      </ButtonLink>
    )
  }
  if (page.can.recordResult.allowed && page.heldMeetings.length > 0) {
    return (
      <ButtonLink to={`${base}/resultat`} variant="primary" icon="decision">
        Consigner le résultat
      </ButtonLink>
    )
  }
  if (page.can.placeOnAgenda.allowed) {
    return (
      <ButtonLink to={`${base}/inscription`} variant="primary" icon="agenda">
        Inscrire à l’ordre du jour
      </ButtonLink>
    )
  }
  return null
}

function Others({ base, page }: { base: string; page: DecisionPage }) {
  return (
    <>
      {page.can.placeOnAgenda.allowed && (
        <ButtonLink to={`${base}/inscription`} variant="quiet" icon="agenda">
          {page.state === 'inscrite' ? 'Inscrire à une autre réunion' : 'Inscrire à l’ordre du jour'}
        </ButtonLink>
      )}
      {page.can.recordResult.allowed && (
        <ButtonLink to={`${base}/resultat`} variant="quiet" icon="decision">
          Consigner le résultat
        </ButtonLink>
      )}
      {page.can.askRelay.allowed && (
        <ButtonLink to={`${base}/relais`} variant="quiet" icon="forward">
          {page.relay ? 'Changer la demande de relais' : 'Demander de relayer la décision'}
        </ButtonLink>
      )}
      {page.can.withdraw.allowed && (
        <ButtonLink to={`${base}/retrait`} variant="quiet" icon="withdrawn">
          Retirer la proposition
        </ButtonLink>
      )}
      <AbilityNote
        title="Pourquoi ne puis-je pas consigner le résultat ?"
        ability={page.can.recordResult}
        people={page.deciders}
      />
    </>
  )
}

function AnswerNotice({ page }: { page: DecisionPage }) {
  if (!page.answerUnseen) return null
  return (
    <Notice tone={page.state === 'adoptee' ? 'success' : 'info'} title="Réponse à votre proposition">
      {page.competent.name} : {decisionStateLabels[page.state].toLocaleLowerCase('fr')}
      {page.result?.reason ? ` – ${page.result.reason}` : ''}
    </Notice>
  )
}

function MeetingLink({ slug, meeting }: { slug: string; meeting: NonNullable<DecisionPage['origin']> }) {
  const words = `Réunion du ${longDate(meeting.startsAt)}`
  return meeting.opens ? <Link to={`/${slug}/reunions/${meeting.id}`}>{words}</Link> : words
}
