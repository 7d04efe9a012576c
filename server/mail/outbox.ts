import type { Transaction } from '#db/client.ts'
import { outgoingMails } from '#db/schema/index.ts'
import type { Context } from '#server/domain/context.ts'
import type { MailKind } from '#server/vocabulary/mail.ts'

export type NewMail = {
  kind: MailKind
  /** Whom it is for. */
  accountId: string
  /** Null for mail about an account itself. */
  consortiumId: string | null
  /** What it is about: identifiers only. Its words are made when it leaves. */
  about?: Record<string, string>
}

/** Writes mail in the transaction of its cause: both are kept, or neither. @returns its id */
export async function writeMail(context: Context, tx: Transaction, mail: NewMail): Promise<string> {
  const [row] = await tx
    .insert(outgoingMails)
    .values({ ...mail, createdAt: context.clock.now() })
    .returning({ id: outgoingMails.id })
  if (!row) throw new Error('an inserted mail has an id')
  await context.jobs.mailWritten(tx, row.id)
  return row.id
}
