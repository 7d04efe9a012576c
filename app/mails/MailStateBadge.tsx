import type { IconName } from '#app/components/Icon.tsx'
import { Badge, type Tone } from '#app/components/StateBadge.tsx'
import type { MailLine } from '#server/domain/mails/outgoing-mails.ts'
import { type MailState, mailStateLabels } from '#server/vocabulary/mail.ts'

const looks: Record<MailState, { icon: IconName; tone: Tone }> = {
  en_attente: { icon: 'pause', tone: 'warning' },
  envoye: { icon: 'sent', tone: 'success' },
  abandonne: { icon: 'circle-cross', tone: 'danger' },
}

/** Where a mail stands. */
export function MailStateBadge({ mail }: { mail: Pick<MailLine, 'state' | 'byHand'> }) {
  return <Badge {...looks[mail.state]}>{mail.byHand ? 'Remis à la main' : mailStateLabels[mail.state]}</Badge>
}
