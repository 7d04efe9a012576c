import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
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
    isAdministrateur: boolean().notNull().default(false),
    suspendedAt: instant(),
    createdAt: instant().notNull(),
  },
  table => [check('accounts_email_normalized', sql`${table.email} = lower(trim(${table.email}))`)],
)

/** Lucia's sessions: the id is the SHA-256 of the token, which only the cookie holds. */
export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    expiresAt: instant().notNull(),
  },
  table => [index('sessions_user').on(table.userId)],
)
