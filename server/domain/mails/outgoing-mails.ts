import { and, eq, sql } from 'drizzle-orm'
import { accounts, consortia, outgoingMails } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { authorize } from '#server/habilitations/authorize.ts'
import { visibleTo } from '#server/habilitations/visible.ts'
import { personName } from '#server/vocabulary/french.ts'
import type { AbandonReason, MailFailure, MailKind, MailState } from '#server/vocabulary/mail.ts'
import type { Context } from '../context.ts'
import { pageOf, placeIn, rowsPerPage, slice, type Wanted } from '../page-of.ts'

export type MailFilter = Wanted & { state?: MailState; kind?: MailKind; person?: string }

/** A mail of the consortium: whom it is for and what became of it, never its words. */
export type MailLine = {
  id: string
  kind: MailKind
  person: string
  state: MailState
  createdAt: Date
  sentAt: Date | null
  /** True when somebody handed it over. */
  byHand: boolean
  abandonReason: AbandonReason | null
  failure: MailFailure | null
  dueAt: Date | null
}

export type OutgoingMails = {
  /** False on a deployment that sends no mail: the words are then copied by hand. */
  sendsMail: boolean
  /** True where the mails of invented people are read apart, those about their accounts included. */
  demonstration: boolean
  lines: MailLine[]
  next: string | null
  previous: string | null
}

/** The mails of a consortium, the latest first. Mail about an account itself is nobody's to see. @throws NotFound (H36) */
export async function outgoingMailsPage(
  context: Context,
  actor: Actor,
  filter: MailFilter = {},
): Promise<OutgoingMails> {
  authorize(actor, 'consortium', 'readMails', { consortiumId: actor.consortiumId })
  const place = placeIn(filter)
  const byDate = { at: outgoingMails.createdAt, id: outgoingMails.id, latestFirst: true }
  const { where, orderBy } = slice(byDate, place)
  const found = await context.db
    .select({ mail: outgoingMails, givenName: accounts.givenName, familyName: accounts.familyName })
    .from(outgoingMails)
    .innerJoin(accounts, eq(accounts.id, outgoingMails.accountId))
    .innerJoin(consortia, eq(consortia.id, outgoingMails.consortiumId))
    .where(
      and(
        visibleTo(actor, 'consortium', 'readMails'),
        filter.state && eq(outgoingMails.state, filter.state),
        filter.kind && eq(outgoingMails.kind, filter.kind),
        filter.person ? named(filter.person) : undefined,
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(rowsPerPage + 1)
  const { rows, next, previous } = pageOf(
    found.map(({ mail, ...person }) => lineFrom(mail, personName(person))),
    line => line.createdAt,
    place,
  )
  const { sendsMail, demonstration } = context.settings
  return { sendsMail, demonstration: demonstration && !sendsMail, lines: rows, next, previous }
}

export function lineFrom(mail: typeof outgoingMails.$inferSelect, person: string): MailLine {
  const { id, kind, state, createdAt, sentAt, sentBy, abandonReason, lastError, dueAt } = mail
  return {
    id,
    kind,
    person,
    state,
    createdAt,
    sentAt,
    byHand: sentBy !== null,
    abandonReason,
    failure: state === 'en_attente' ? lastError : null,
    dueAt: state === 'en_attente' ? dueAt : null,
  }
}

/** SQL: somebody whose name holds what was typed, whatever the accents and the order of the two names. */
function named(typed: string) {
  const wanted = `%${typed.replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
  const names = sql`${accounts.givenName} || ' ' || ${accounts.familyName} || ' ' || ${accounts.givenName}`
  return sql`unaccent(${names}) ilike unaccent(${wanted})`
}
