import { Link } from '@remix-run/react'
import { Section } from '#app/components/Section.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { type Column, Table } from '#app/components/Table.tsx'
import { longDate, mediumDate, plural } from '#app/formats.ts'
import type { Relay, RelayLine } from '#server/domain/decisions/relays.ts'
import { relayOutcomeLabels } from '#server/vocabulary/decisions.ts'

type Props = { slug: string; decisionId: string; relay: Relay; today: string }

/** « À relayer par chaque structure avant le … », and what each has done. */
export function RelaySection({ slug, decisionId, relay, today }: Props) {
  const { dueOn, instructions, askedAt, askedBy, lines } = relay
  const answered = lines.filter(({ answer }) => answer !== null).length
  return (
    <Section
      title="À relayer dans chaque structure"
      hint={`${answered} ${plural(answered, 'structure a répondu', 'structures ont répondu')} sur ${lines.length}.`}
    >
      <p>
        Avant le {longDate(dueOn)} ; demandé le {mediumDate(askedAt)} par {askedBy}.
      </p>
      {instructions !== '' && instructions.split('\n').map(line => <p key={line}>{line}</p>)}
      <Table
        caption="Ce que chaque structure a relayé"
        captionHidden
        rows={lines}
        rowKey={({ slug }) => slug}
        columns={[
          { header: 'Structure', cell: ({ name }) => name },
          { header: 'Relais', cell: line => <Outcome line={line} late={dueOn < today} /> },
          { header: 'Comment', cell: ({ answer }) => answer?.note },
          ...(lines.some(({ mayAnswer }) => mayAnswer)
            ? [answerColumn(`/${slug}/decisions/${decisionId}/relais`)]
            : []),
        ]}
      />
    </Section>
  )
}

function answerColumn(base: string): Column<RelayLine> {
  return {
    header: 'Répondre',
    cell: ({ slug, name, answer, mayAnswer }) =>
      mayAnswer ? (
        <Link to={`${base}/${slug}`}>
          {answer ? 'Corriger' : 'Répondre'}
          <span className="visually-hidden"> pour {name}</span>
        </Link>
      ) : null,
  }
}

function Outcome({ line: { answer }, late }: { line: RelayLine; late: boolean }) {
  if (!answer) {
    return (
      <Badge icon="clock" tone={late ? 'danger' : 'neutral'}>
        {late ? 'En retard' : 'Pas encore'}
      </Badge>
    )
  }
  return (
    <>
      <Badge icon="check" tone="success">
        {relayOutcomeLabels[answer.outcome]}
      </Badge>{' '}
      {answer.relayedOn && `le ${mediumDate(answer.relayedOn)}`}
    </>
  )
}
