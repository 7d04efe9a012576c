import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { DueDate } from '#app/actions/DueDate.tsx'
import { Disclosure } from '#app/components/Disclosure.tsx'
import type { MinutesPanel } from '#app/components/MinutesLayout.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Badge, StateBadge } from '#app/components/StateBadge.tsx'
import { counted, longDate, mediumDate, moment, time } from '#app/formats.ts'
import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'
import { attendanceModeLabels, attendanceWord } from '#server/vocabulary/meetings.ts'
import type { LivePerson } from './use-live-minutes.tsx'

type PanelsProps = { slug: string; page: MinutesPage; now: Date; people: readonly LivePerson[] }

/** What stands at the right of the sheet: who is here, agreements, attendance, decisions, actions, proof. */
export function asidePanels({ slug, page, now, people }: PanelsProps): MinutesPanel[] {
  const { outcomes, live, sealed } = page
  const panels: (MinutesPanel | null)[] = [
    people.length > 0
      ? {
          id: 'personnes',
          label: 'En ce moment',
          icon: 'people',
          count: people.length,
          content: <People people={people} />,
        }
      : null,
    live && page.state === 'en_relecture'
      ? { id: 'accords', label: 'Accords', icon: 'proofread', content: <Agreements live={live} now={now} /> }
      : null,
    page.attendance && {
      id: 'presences',
      label: 'Présences',
      icon: 'people',
      content: <Attendance slug={slug} page={page} attendance={page.attendance} />,
    },
    {
      id: 'decisions',
      label: 'Décisions',
      icon: 'decision',
      count: outcomes.decisions.length,
      content: <Decisions slug={slug} decisions={outcomes.decisions} />,
    },
    {
      id: 'actions',
      label: 'Actions',
      icon: 'action',
      count: outcomes.actions.length,
      content: <Actions actions={outcomes.actions} now={now} />,
    },
    sealed ? { id: 'preuve', label: 'Diffusion et preuve', icon: 'lock', content: <Proof sealed={sealed} /> } : null,
  ]
  return panels.filter(panel => panel !== null)
}

function People({ people }: { people: readonly LivePerson[] }) {
  return (
    <PlainList>
      {people.map(({ name, organisation, color, writing }) => (
        <li key={`${name}${organisation}${color}`} className="presence">
          <span className="presence-mark" style={{ background: color }} aria-hidden="true" /> {name}
          {organisation && ` (${organisation})`}
          {writing ? ' – écrit' : ''}
        </li>
      ))}
    </PlainList>
  )
}

function Agreements({ live, now }: { live: NonNullable<MinutesPage['live']>; now: Date }) {
  return (
    <>
      <PlainList>
        {live.validators.map(({ name, functionLabel, approvedAt, current }) => (
          <li key={name}>
            {name}, {functionLabel.toLocaleLowerCase('fr')}{' '}
            {current && approvedAt ? (
              <>
                <Badge icon="check" tone="success">
                  D’accord
                </Badge>{' '}
                <small>{moment(approvedAt, now)}</small>
              </>
            ) : approvedAt ? (
              <Badge icon="clock" tone="warning">
                Texte changé depuis
              </Badge>
            ) : (
              <Badge icon="clock">Attendu</Badge>
            )}
          </li>
        ))}
      </PlainList>
      {live.missing.length > 0 && live.absenceFrom && (
        <p>
          À partir du {mediumDate(live.absenceFrom)}, un autre copilote ou le chef de projet pourra valider en l’absence
          de ceux qui n’ont pas répondu.
        </p>
      )}
    </>
  )
}

type Sheet = NonNullable<MinutesPage['attendance']>

function Attendance({ slug, page, attendance }: { slug: string; page: MinutesPage; attendance: Sheet }) {
  const known = attendance
    .map(({ organisation, people }) => ({ organisation, people: people.filter(person => person.status !== null) }))
    .filter(({ people }) => people.length > 0)
  return (
    <>
      {known.length === 0 && <p>Les présences ne sont pas encore relevées.</p>}
      {known.map(({ organisation, people }) => (
        <div key={organisation} className="attendance-group">
          <h3>{organisation}</h3>
          <PlainList>
            {people.map(person => (
              <li key={person.mandateId}>
                {person.name} – {attendanceWords(person)}
              </li>
            ))}
          </PlainList>
        </div>
      ))}
      {page.live && page.meeting.opens && page.can.openToMembers.allowed && (
        <p>
          <Link to={`/${slug}/reunions/${page.meeting.id}/presences`}>Relever les présences</Link>
        </p>
      )}
    </>
  )
}

type Attending = Sheet[number]['people'][number]

function attendanceWords({ name, status, mode, representedBy }: Attending): string {
  if (status === null) return ''
  const words = attendanceWord(status, name)
  if (status === 'represente') return `${words} par ${representedBy ?? ''}`
  return mode === 'distance' ? `${words}, ${attendanceModeLabels[mode].toLocaleLowerCase('fr')}` : words
}

function Decisions({ slug, decisions }: { slug: string; decisions: MinutesPage['outcomes']['decisions'] }) {
  if (decisions.length === 0) return <p>Aucune décision dans ce texte.</p>
  return (
    <PlainList>
      {decisions.map(decision => (
        <li key={decision.blockId}>
          {decision.id ? (
            <Link to={`/${slug}/decisions/${decision.id}`}>{decision.wording}</Link>
          ) : (
            decision.wording || 'Décision à écrire'
          )}{' '}
          {decision.state ? (
            <StateBadge of="decision" state={decision.state} />
          ) : (
            <small>{decision.own ? 'Relève de l’instance' : `Proposition à : ${decision.competentInstance}`}</small>
          )}{' '}
          {decision.number && <small>{decision.number}</small>}
        </li>
      ))}
    </PlainList>
  )
}

function Actions({ actions, now }: { actions: MinutesPage['outcomes']['actions']; now: Date }) {
  if (actions.length === 0) return <p>Aucune action dans ce texte.</p>
  return (
    <PlainList>
      {actions.map(action => (
        <li key={action.blockId}>
          {action.wording || 'Action à écrire'}
          {action.owner && ` – ${action.owner}`} <DueDate action={action} now={now} />{' '}
          {action.state && <StateBadge of="action" state={action.state} />}
        </li>
      ))}
    </PlainList>
  )
}

function Proof({ sealed }: { sealed: NonNullable<MinutesPage['sealed']> }) {
  const { check, recipients } = sealed
  const holds = check.sealHolds && check.brokenBlocks.length === 0
  const proof: ReactNode = (
    <>
      <p>
        {holds
          ? `Vérifié à l’instant : le texte (${counted(check.blocks, 'passage')}), les présences, les décisions et les actions sont ceux qui ont été validés.`
          : 'La vérification échoue : ce compte rendu n’est plus celui qui a été validé. Prévenez l’exploitant.'}
      </p>
      <p>
        Version {sealed.version}, scellée le {longDate(sealed.validatedAt)} à {time(sealed.validatedAt)}.
      </p>
      <p>
        Empreinte (SHA-256) : <code className="seal">{sealed.seal}</code>
      </p>
    </>
  )
  return (
    <>
      {recipients.length > 0 && (
        <Disclosure summary={`Diffusé à ${counted(recipients.length, 'personne')}`}>
          <PlainList>
            {recipients.map(({ name, readAt }) => (
              <li key={name}>
                {name}
                {readAt ? ` – lu le ${mediumDate(readAt)}` : ''}
              </li>
            ))}
          </PlainList>
        </Disclosure>
      )}
      <Disclosure summary="Preuve d’intégrité">{proof}</Disclosure>
    </>
  )
}
