import { and, desc, eq, like } from 'drizzle-orm'
import { accounts, outgoingMails } from '#db/schema/index.ts'
import { NotFound } from '#server/errors.ts'
import { uuidOrNone } from '#server/habilitations/load-facts.ts'
import { letterFor } from '#server/mail/deliver.ts'
import { personName } from '#server/vocabulary/french.ts'
import type { Context } from '../context.ts'
import { lineFrom, type MailLine } from './outgoing-mails.ts'

/** Addresses that can be nobody's (RFC 2606): those of the invented people. */
const INVENTED = '%.test'
const SHOWN = 50

/**
 * The mails of the invented people, which on a demonstration without `SMTP_URL` anyone signed in may read: invitations,
 * new passwords and codes reach nobody otherwise. On any other deployment they do not exist.
 * @throws NotFound
 */
export async function demonstrationMails(context: Context): Promise<MailLine[]> {
  requireDemonstration(context)
  const rows = await context.db
    .select({ mail: outgoingMails, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(outgoingMails)
    .innerJoin(accounts, eq(accounts.id, outgoingMails.accountId))
    .where(and(like(accounts.email, INVENTED), eq(outgoingMails.state, 'en_attente')))
    .orderBy(desc(outgoingMails.createdAt), desc(outgoingMails.id))
    .limit(SHOWN)
  return rows.map(({ mail, ...person }) => lineFrom(mail, personName(person)))
}

/** One of them, with its link; null when it has no reason to be any more. @throws NotFound */
export async function demonstrationMail(
  context: Context,
  mailId: string,
): Promise<{ subject: string; text: string } | null> {
  requireDemonstration(context)
  const [row] = await context.db
    .select({ mail: outgoingMails })
    .from(outgoingMails)
    .innerJoin(accounts, eq(accounts.id, outgoingMails.accountId))
    .where(
      and(
        eq(outgoingMails.id, uuidOrNone(mailId)),
        like(accounts.email, INVENTED),
        eq(outgoingMails.state, 'en_attente'),
      ),
    )
  if (!row) throw new NotFound()
  const letter = await letterFor(context, row.mail)
  return 'gone' in letter ? null : { subject: letter.subject, text: letter.text }
}

function requireDemonstration({ settings }: Context): void {
  if (!settings.demonstration || settings.sendsMail) throw new NotFound()
}
