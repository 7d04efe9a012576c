import { Form } from '@remix-run/react'
import { AbilityNote } from '#app/components/AbilityNote.tsx'
import { ButtonLink, ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { daysUntil } from '#app/formats.ts'
import type { MeetingPage } from '#server/domain/meetings/meeting-page.ts'

interface ActionsProps {
  base: string
  slug: string
  page: MeetingPage
}

/** The one thing to do now, by state; nothing for who may not do it. */
export function PrimaryAction({ base, slug, page, now }: ActionsProps & { now: Date }) {
  switch (page.state) {
    case 'preparation':
      return page.can.announce.allowed ? <Announce base={base} page={page} /> : null
    case 'invitations_envoyees':
      if (page.can.start.allowed) return <Open base={base} page={page} now={now} />
      return page.answersPresence ? <Answer base={base} variant="primary" /> : null
    case 'en_cours':
      return <DuringMeeting base={base} slug={slug} page={page} />
    case 'tenue':
      return <ReadMinutes slug={slug} page={page} />
    default:
      return null
  }
}

function Answer({ base, variant }: { base: string; variant: 'primary' | 'quiet' }) {
  return (
    <ButtonLink to={`${base}/ma-presence`} variant={variant} icon="people">
      Dire si je viens
    </ButtonLink>
  )
}

function Announce({ base, page }: Pick<ActionsProps, 'base' | 'page'>) {
  return page.agenda.length === 0 ? (
    <ButtonLink to={`${base}/modification`} variant="primary" icon="agenda">
      Compléter l’ordre du jour
    </ButtonLink>
  ) : (
    <ButtonLink to={`${base}/annonce`} variant="primary" icon="sent">
      Annoncer la réunion
    </ButtonLink>
  )
}

/** On its day a meeting opens at once; on another day one is asked first. */
function Open({ base, page, now }: Pick<ActionsProps, 'base' | 'page'> & { now: Date }) {
  if (daysUntil(page.startsAt, now) !== 0) {
    return (
      <ButtonLink to={`${base}/ouverture`} variant="primary" icon="live">
        Ouvrir la réunion
      </ButtonLink>
    )
  }
  return (
    <Form method="post" action={`${base}/ouverture`}>
      <SubmitButton icon="live" pendingLabel="Ouverture en cours…">
        Ouvrir la réunion
      </SubmitButton>
    </Form>
  )
}

/** In the room: who is there first, then the text; closing is always at hand. */
function DuringMeeting({ base, slug, page }: ActionsProps) {
  const marking = page.can.recordAttendance.allowed && page.attendance?.some(line => line.titulaire && !line.status)
  if (!page.can.close.allowed) return <ReadMinutes slug={slug} page={page} />
  return (
    <ButtonRow>
      {marking || !page.minutes ? (
        <ButtonLink to={`${base}/presences`} variant="primary" icon="people">
          Relever les présences
        </ButtonLink>
      ) : (
        <ButtonLink to={`/${slug}/comptes-rendus/${page.minutes.id}`} variant="primary" icon="pencil">
          Rédiger le compte rendu
        </ButtonLink>
      )}
      <ButtonLink to={`${base}/cloture`} icon="check">
        Clore la réunion
      </ButtonLink>
    </ButtonRow>
  )
}

function ReadMinutes({ slug, page }: Pick<ActionsProps, 'slug' | 'page'>) {
  if (!page.minutes) return null
  return (
    <ButtonLink to={`/${slug}/comptes-rendus/${page.minutes.id}`} variant="primary" icon="minutes">
      Voir le compte rendu
    </ButtonLink>
  )
}

/** The rest, behind « Autres actions ». */
export function OtherActions({ base, page }: Pick<ActionsProps, 'base' | 'page'>) {
  const { can, state } = page
  return (
    <>
      {page.answersPresence && <Answer base={base} variant="quiet" />}
      {can.edit.allowed && (
        <ButtonLink to={`${base}/modification`} variant="quiet" icon="pencil">
          Modifier la réunion
        </ButtonLink>
      )}
      {can.recordAttendance.allowed && page.attendanceOpen && (
        <ButtonLink to={`${base}/presences`} variant="quiet" icon="people">
          Relever les présences
        </ButtonLink>
      )}
      {can.cancel.allowed && state === 'invitations_envoyees' && (
        <ButtonLink to={`${base}/report`} variant="quiet" icon="postponed">
          Reporter la réunion
        </ButtonLink>
      )}
      {can.cancel.allowed && (
        <ButtonLink to={`${base}/annulation`} variant="quiet" icon="circle-cross">
          Annuler la réunion
        </ButtonLink>
      )}
      <ButtonLink to="?affichage=projection" variant="quiet" icon="projection">
        Projeter la réunion
      </ButtonLink>
    </>
  )
}

/** For who reads the meeting and may not lead it. */
export function WhoLeads({ page: { state, can } }: Pick<ActionsProps, 'page'>) {
  switch (state) {
    case 'preparation':
      return <AbilityNote title="Qui peut annoncer la réunion ?" ability={can.announce} />
    case 'invitations_envoyees':
      return <AbilityNote title="Qui peut ouvrir la réunion ?" ability={can.start} />
    case 'en_cours':
      return <AbilityNote title="Qui peut clore la réunion ?" ability={can.close} />
    default:
      return null
  }
}
