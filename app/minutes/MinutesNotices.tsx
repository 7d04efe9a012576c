import { Link } from '@remix-run/react'
import { Notice } from '#app/components/Notice.tsx'
import { list, longDate, mediumDate, time } from '#app/formats.ts'
import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'

/** What one must know first about these minutes, in their present state. */
export function MinutesNotices({ page, slug }: { page: MinutesPage; slug: string }) {
  const { live, sealed, dates } = page
  return (
    <>
      {sealed && (
        <Notice>
          Validé par {list(sealed.approvals.map(approval => approval.name)) || sealed.validatedBy} le{' '}
          {longDate(sealed.validatedAt)} à {time(sealed.validatedAt)}
          {sealed.inAbsenceOf.length > 0 && `, en l’absence de ${list(sealed.inAbsenceOf)}`}.
          {dates.distributed && ` Diffusé le ${longDate(dates.distributed.at)}.`}
          {dates.approved && ` Approuvé en réunion du ${mediumDate(dates.approved.meetingAt)}.`} Son texte ne change
          plus.
        </Notice>
      )}
      {live && page.meeting.state === 'annulee' && (
        <Notice tone="warning">Cette réunion a été annulée : son compte rendu ne s’écrit pas.</Notice>
      )}
      {live && page.meeting.state === 'reportee' && (
        <Notice tone="warning">
          Cette réunion a été reportée : le compte rendu s’écrit avec celle qui la remplace.
        </Notice>
      )}
      {live?.mySeenContent && page.state === 'en_relecture' && (
        <Notice tone="warning" title="Le texte a changé depuis votre accord">
          <Link to={`/${slug}/comptes-rendus/${page.id}/accord`}>Voir ce qui a changé, puis maintenir mon accord</Link>
        </Notice>
      )}
    </>
  )
}
