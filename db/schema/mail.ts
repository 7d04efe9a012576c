import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { AbandonReason, MailFailure, MailKind, MailState } from '#server/vocabulary/mail.ts'
import { accounts } from './accounts.ts'
import { id, instant } from './columns.ts'
import { consortia } from './governance.ts'
import { author } from './tenant.ts'

/**
 * Mail that is to leave, written in the transaction of its cause. It holds identifiers; its words, and any secret link, are
 * made when it leaves, from what is then true and what its recipient may then read.
 */
export const outgoingMails = pgTable(
  'outgoing_mails',
  {
    /** Also its Message-ID. */
    id: id(),
    /** Null for mail about an account itself. */
    consortiumId: uuid().references(() => consortia.id),
    kind: text().$type<MailKind>().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    /** What it is about: identifiers only. */
    about: jsonb().$type<Record<string, string>>().notNull().default({}),
    state: text().$type<MailState>().notNull().default('en_attente'),
    createdAt: instant().notNull(),
    /** When it may be tried: later than an attempt under way could last, or than a refusal asks. Null: at once. */
    dueAt: instant(),
    sentAt: instant(),
    /** Who handed it over by hand; null when a server took it. */
    sentBy: author(),
    /** When it was given up: its cause or its recipient's right is gone, or its address refused it for good. */
    abandonedAt: instant(),
    /** Null when the product gave it up by itself. */
    abandonedBy: author(),
    abandonReason: text().$type<AbandonReason>(),
    tries: integer().notNull().default(0),
    /** Tries that a server answered with a refusal; a server that is away refuses nothing. */
    refusals: integer().notNull().default(0),
    lastTriedAt: instant(),
    /** Why the last try failed; null while a try is under way. */
    lastError: text().$type<MailFailure>(),
    /** The code that the server gave: `452 4.2.2`. */
    lastAnswer: text(),
  },
  table => [
    index('outgoing_mails_by_consortium').on(table.consortiumId, table.createdAt),
    index('outgoing_mails_by_account').on(table.accountId, table.createdAt),
    index('outgoing_mails_waiting').on(table.dueAt).where(sql`${table.state} = 'en_attente'`),
    check('outgoing_mails_sent', sql`(${table.state} = 'envoye') = (${table.sentAt} is not null)`),
    check('outgoing_mails_abandoned', sql`(${table.state} = 'abandonne') = (${table.abandonedAt} is not null)`),
    check('outgoing_mails_reason', sql`(${table.state} = 'abandonne') = (${table.abandonReason} is not null)`),
  ],
)
