import type { MailLine } from '#server/domain/mails/outgoing-mails.ts'
import { abandonReasonLabels, mailFailureLabels } from '#server/vocabulary/mail.ts'

/** Why a mail waits or was given up; null when there is nothing to say. */
export function whyOf(mail: Pick<MailLine, 'state' | 'abandonReason' | 'failure'>, sendsMail: boolean): string | null {
  if (mail.abandonReason) return abandonReasonLabels[mail.abandonReason]
  if (mail.state !== 'en_attente') return null
  if (!sendsMail) return 'Cet espace n’envoie aucun courriel : remettez-le vous-même.'
  return mail.failure ? mailFailureLabels[mail.failure] : null
}
