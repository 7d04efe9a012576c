import { createHash, randomBytes } from 'node:crypto'
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle'
import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import { Lucia, TimeSpan } from 'lucia'
import type { Database } from '#db/client.ts'
import { accounts, sessions } from '#db/schema/index.ts'

/** The only file that imports Lucia. */

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>
    UserId: string
    DatabaseUserAttributes: { suspendedAt: Date | null; isAdministrateur: boolean }
  }
}

export type SessionStore = {
  /** Opens a session and returns its token, which only the cookie will hold: the database keeps its SHA-256. */
  create(accountId: string): Promise<string>
  /** The account of a token, or null when it is unknown, expired or the account is suspended. */
  read(token: string): Promise<{ accountId: string; sessionId: string; isAdministrateur: boolean } | null>
  /** Which of these sessions still hold, asked without renewing them. */
  stillOpen(sessionIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Ends the session of a token. */
  end(token: string): Promise<void>
  /** Ends every session of an account. */
  endAll(accountId: string): Promise<void>
}

/** Length of a session without use; each day of use renews it. */
const lifetime = new TimeSpan(14, 'd')

/** Sessions kept in the database by Lucia. */
export function createSessionStore(db: Database): SessionStore {
  const lucia = createLucia(db)
  return {
    async create(accountId) {
      const token = randomBytes(32).toString('base64url')
      await lucia.createSession(accountId, {}, { sessionId: sessionIdOf(token) })
      return token
    },
    async read(token) {
      const { session, user } = await lucia.validateSession(sessionIdOf(token))
      if (!session || user.suspendedAt !== null) return null
      return { accountId: user.id, sessionId: session.id, isAdministrateur: user.isAdministrateur }
    },
    async stillOpen(sessionIds) {
      // Lucia counts by the machine's clock.
      const now = new Date()
      const rows = await db
        .select({ id: sessions.id })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.userId))
        .where(and(inArray(sessions.id, [...sessionIds]), gt(sessions.expiresAt, now), isNull(accounts.suspendedAt)))
      return new Set(rows.map(({ id }) => id))
    },
    async end(token) {
      await lucia.invalidateSession(sessionIdOf(token))
    },
    async endAll(accountId) {
      await lucia.invalidateUserSessions(accountId)
    },
  }
}

function createLucia(db: Database) {
  return new Lucia(new DrizzlePostgreSQLAdapter(db, sessions, accounts), {
    sessionExpiresIn: lifetime,
    getUserAttributes: ({ suspendedAt, isAdministrateur }) => ({ suspendedAt, isAdministrateur }),
  })
}

function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
