import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { LinkPurpose, VerificationStrength } from '#server/vocabulary/accounts.ts'
import { id, instant } from './columns.ts'

/** People who sign in; shared by all consortia of the deployment. */
export const accounts = pgTable(
  'accounts',
  {
    id: id(),
    /** Lower case, trimmed: see `normalizeEmail`. */
    email: text().notNull().unique(),
    givenName: text().notNull(),
    familyName: text().notNull(),
    phone: text(),
    passwordHash: text(),
    /**
     * Whether the password will do for wide powers (chef de projet, administrateur), which its person may receive later.
     * Null when it was chosen before this was kept: known at the next sign-in.
     */
    passwordFitsPowers: boolean(),
    isAdministrateur: boolean().notNull().default(false),
    suspendedAt: instant(),
    /** The person asked to be forgotten: names and addresses are gone, identifiers stay. */
    erasedAt: instant(),
    createdAt: instant().notNull(),
  },
  table => [check('accounts_email_normalized', sql`${table.email} = lower(trim(${table.email}))`)],
)

const accountId = () =>
  uuid()
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' })

/** Lucia's sessions: the id is the SHA-256 of the token, which only the cookie holds. */
export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: accountId(),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull().default(sql`now()`),
    /** « Firefox sur Windows »: what its person recognizes it by. */
    device: text().notNull().default(''),
    /** When the second factor was last given in this session, and how strong it was. */
    verifiedAt: instant(),
    verification: text().$type<VerificationStrength>(),
  },
  table => [
    index('sessions_user').on(table.userId),
    check('sessions_verification', sql`(${table.verifiedAt} is null) = (${table.verification} is null)`),
  ],
)

/** The authenticator application of a person (RFC 6238). */
export const totpCredentials = pgTable('totp_credentials', {
  accountId: accountId().primaryKey(),
  /** Base32. */
  secret: text().notNull(),
  createdAt: instant().notNull(),
  /** Once its person has typed a first code. */
  confirmedAt: instant(),
  /** The last time step whose code was accepted: a code serves once. */
  lastStep: integer(),
})

/** What replaces a lost authenticator; each serves once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  { id: id(), accountId: accountId(), codeHash: text().notNull(), createdAt: instant().notNull(), usedAt: instant() },
  table => [index('recovery_codes_account').on(table.accountId)],
)

/** A code of six figures sent by mail, for one session. */
export const mailCodes = pgTable(
  'mail_codes',
  {
    id: id(),
    accountId: accountId(),
    sessionId: text()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    codeHash: text(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    tries: integer().notNull().default(0),
    usedAt: instant(),
  },
  table => [index('mail_codes_session').on(table.sessionId)],
)

/** A change of address, made once both addresses have confirmed it. */
export const emailChanges = pgTable(
  'email_changes',
  {
    id: id(),
    accountId: accountId(),
    newEmail: text().notNull(),
    requestedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    oldConfirmedAt: instant(),
    newConfirmedAt: instant(),
    appliedAt: instant(),
    cancelledAt: instant(),
    /** The address that was left, once the change is made: it is told. */
    formerEmail: text(),
  },
  table => [
    index('email_changes_account').on(table.accountId),
    check('email_changes_normalized', sql`${table.newEmail} = lower(trim(${table.newEmail}))`),
  ],
)

/** A link sent by mail that lets its person act once without a session: the id is the SHA-256 of the token in the link. */
export const accountLinks = pgTable(
  'account_links',
  {
    id: text().primaryKey(),
    accountId: accountId(),
    purpose: text().$type<LinkPurpose>().notNull(),
    emailChangeId: uuid().references(() => emailChanges.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  table => [
    index('account_links_account').on(table.accountId),
    check(
      'account_links_email_change',
      sql`(${table.purpose} in ('ancienne_adresse', 'nouvelle_adresse')) = (${table.emailChangeId} is not null)`,
    ),
  ],
)

/** Signing in, second factors, suspensions: apart from the journal, and purged after twelve months. */
export const securityLog = pgTable(
  'security_log',
  {
    id: id(),
    at: instant().notNull(),
    /** Nobody's when no account has the address that was typed. */
    accountId: uuid().references(() => accounts.id),
    /** Who did it, when somebody else. */
    by: uuid().references(() => accounts.id),
    event: text().notNull(),
    /** The network address it came from. */
    address: text(),
  },
  table => [index('security_log_at').on(table.at), index('security_log_account').on(table.accountId, table.at)],
)
