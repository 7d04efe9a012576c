import type { MailKind } from '#server/vocabulary/mail.ts'
import type { MailWriter } from './content.ts'
import { accountWriters } from './writers/account.ts'
import { mandateWriter } from './writers/mandates.ts'
import { proposalAcceptedWriter, proposalReceivedWriter, proposalReturnedWriter } from './writers/proposals.ts'

/** Who writes the words of each kind of mail. */
export const mailWriters: Readonly<Record<MailKind, MailWriter>> = {
  ...accountWriters,
  mandat: mandateWriter,
  proposition_recue: proposalReceivedWriter,
  proposition_acceptee: proposalAcceptedWriter,
  proposition_retournee: proposalReturnedWriter,
}
