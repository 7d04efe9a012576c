import type { MailKind } from '#server/vocabulary/mail.ts'
import type { MailWriter } from './content.ts'
import { accountWriters } from './writers/account.ts'
import { mandateWriter } from './writers/mandates.ts'

/** Who writes the words of each kind of mail. A kind without a writer waits. */
export const mailWriters: Partial<Record<MailKind, MailWriter>> = {
  ...accountWriters,
  mandat: mandateWriter,
}
