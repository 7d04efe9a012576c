import { and, desc, eq, sql } from 'drizzle-orm'
import { accounts, outgoingMails } from '#db/schema/index.ts'
import type { MailContent } from '#server/mail/content.ts'
import { writeMail } from '#server/mail/outbox.ts'
import { mailWriters } from '#server/mail/writers.ts'
import type { SessionAccount } from '#server/sessions/lucia.ts'
import type { MailKind } from '#server/vocabulary/mail.ts'
import type { CastDatabase } from '../../cast.ts'

/** Signs somebody in and returns what their requests would carry. @throws when the session does not hold */
export async function personOf(demo: CastDatabase, email: string): Promise<SessionAccount & { cookie: string }> {
  const [cookie = ''] = (await demo.services.sessions.open(await demo.accountIdOf(email))).split(';')
  const person = await readPerson(demo, cookie)
  return { ...person, cookie }
}

/** What the next request of a session carries. */
export async function readPerson(demo: CastDatabase, cookie: string): Promise<SessionAccount> {
  const person = await demo.services.sessions.accountOf(cookie)
  if (!person) throw new Error('signed out')
  return person
}

/** The words of the mail of one kind that waits for somebody, made as when it leaves. @throws when none waits */
export async function leaving(demo: CastDatabase, accountId: string, kind: MailKind): Promise<MailContent | null> {
  const [mail] = await demo.handle.db
    .select()
    .from(outgoingMails)
    .where(and(eq(outgoingMails.accountId, accountId), eq(outgoingMails.kind, kind)))
    .orderBy(desc(outgoingMails.createdAt), desc(sql`ctid`))
    .limit(1)
  const write = mailWriters[kind]
  if (!mail || !write) throw new Error(`no mail ${kind} for ${accountId}`)
  return write(demo.context, mail)
}

/** The secret of the link of a mail. */
export function secretOf(mail: MailContent | null): string {
  const secret = mail?.link?.path.split('/').at(-1)
  if (!secret) throw new Error('this mail has no link')
  return secret
}

/** How many mails of a kind were written for somebody. */
export async function mailsFor(demo: CastDatabase, accountId: string, kind: MailKind): Promise<number> {
  const rows = await demo.handle.db
    .select({ id: outgoingMails.id })
    .from(outgoingMails)
    .where(and(eq(outgoingMails.accountId, accountId), eq(outgoingMails.kind, kind)))
  return rows.length
}

/** An account without a password, as a designation leaves it. */
export async function invited(demo: CastDatabase, email: string): Promise<string> {
  const id = await demo.accountIdOf(email)
  await demo.handle.db.update(accounts).set({ passwordHash: null }).where(eq(accounts.id, id))
  await demo.handle.db.transaction(tx =>
    writeMail(demo.context, tx, { kind: 'invitation', accountId: id, consortiumId: null }),
  )
  return id
}
