import { createHash, randomBytes } from 'node:crypto'
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia'
import { arrayLiteral, type Database, rowsOf, type Transaction } from '#db/client.ts'
import { accounts, sessions } from '#db/schema/index.ts'
import { standIn, WrittenOnce } from '#db/written-once.ts'
import { type Clock, systemClock } from '#server/calendar.ts'
import { Conflict } from '#server/errors.ts'
import { type PersonRights, type RightsRow, rightsColumns } from '#server/habilitations/actor.ts'
import { verificationLasts } from '#server/habilitations/verification.ts'
import type { VerificationStrength } from '#server/vocabulary/accounts.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { passwordMark } from './passwords.ts'

/** The only file that imports Lucia. */

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>
    UserId: string
    DatabaseUserAttributes: { isAdministrateur: boolean; passwordFitsPowers: boolean | null; rights: PersonRights }
    DatabaseSessionAttributes: { device?: string; createdAt?: Date }
  }
}

/** Whose session it is, with their rights: every page asks for both. */
export type SessionAccount = {
  accountId: string
  sessionId: string
  isAdministrateur: boolean
  /** True for a chef de projet or an administrateur whose password is too short for that: nothing else is done before. */
  mustChangePassword: boolean
  rights: PersonRights
}

export type SessionStore = {
  /**
   * Opens a session and returns its token, which only the cookie will hold: the database keeps its SHA-256.
   * @param device « Firefox sur Windows »
   * @param passwordMark the password by which it is opened
   * @throws Conflict when that password was replaced, or the account suspended, a moment ago
   */
  create(accountId: string, device?: string, passwordMark?: string): Promise<string>
  /** The account of a token, or null when it is unknown, expired or the account is suspended. */
  read(token: string): Promise<SessionAccount | null>
  /** Which of these sessions still hold, asked without renewing them. */
  stillOpen(sessionIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Ends the session of a token. */
  end(token: string): Promise<void>
  /** Ends every session of an account. */
  endAll(accountId: string): Promise<void>
}

/** Length of a session without use, in days; use renews it. */
export const sessionDays = 14
const lifetime = new TimeSpan(sessionDays, 'd')

/** Longest life of a session, however much it is used: a token that was stolen ends too. */
const longestLife = '90 days'

/** Sessions kept in the database by Lucia. @param clock by which rights are judged; sessions count by the machine's. */
export function createSessionStore(db: Database, clock: Clock = systemClock): SessionStore {
  const lucia = createLucia(db, clock)
  return {
    async create(accountId, device = '', mark = undefined) {
      const token = randomBytes(32).toString('base64url')
      const attributes = { device, createdAt: clock.now() }
      await db.transaction(async tx => {
        if (mark !== undefined) await checkPassword(tx, accountId, mark)
        await createLucia(tx, clock).createSession(accountId, attributes, { sessionId: sessionIdOf(token) })
      })
      return token
    },
    async read(token) {
      const { session, user } = await lucia.validateSession(sessionIdOf(token))
      if (!session || user.rights.row?.suspended) return null
      const { isAdministrateur, passwordFitsPowers, rights } = user
      const powerful = isAdministrateur || rights.row?.functions.some(held => held.function === 'chef_de_projet')
      return {
        accountId: user.id,
        sessionId: session.id,
        isAdministrateur,
        mustChangePassword: Boolean(powerful) && passwordFitsPowers === false,
        rights,
      }
    },
    async stillOpen(sessionIds) {
      // Lucia counts by the machine's clock.
      const now = new Date()
      const rows = await db
        .select({ id: sessions.id })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.userId))
        .where(
          and(
            sql`${sessions.id} = any(${arrayLiteral(sessionIds)}::text[])`,
            gt(sessions.expiresAt, now),
            isNull(accounts.suspendedAt),
          ),
        )
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

/** Waits for whoever is replacing the password: their deletion of the account's sessions comes before this one, or sees it. */
async function checkPassword(tx: Transaction, accountId: string, mark: string): Promise<void> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for('share')
  if (account?.passwordHash && !account.suspendedAt && passwordMark(account.passwordHash) === mark) return
  throw new Conflict('Le mot de passe vient d’être remplacé : connectez-vous avec le nouveau.')
}

function createLucia(db: Database | Transaction, clock: Clock) {
  return new Lucia(new AdapterWithRights(db, clock), {
    sessionExpiresIn: lifetime,
    getUserAttributes: ({ isAdministrateur, passwordFitsPowers, rights }) => ({
      isAdministrateur,
      passwordFitsPowers,
      rights,
    }),
  })
}

type SessionRow = RightsRow & {
  expiresAt: string | Date
  isAdministrateur: boolean
  passwordFitsPowers: boolean | null
  verifiedAt: string | Date | null
  verification: VerificationStrength | null
}

const sessionWithRights = new WrittenOnce(sql`
  select ${sessions.expiresAt} as "expiresAt", ${accounts.isAdministrateur} as "isAdministrateur",
    ${accounts.passwordFitsPowers} as "passwordFitsPowers", ${sessions.verifiedAt} as "verifiedAt", ${sessions.verification} as verification, ${rightsColumns(standIn('today'))}
  from ${sessions} join ${accounts} on ${accounts.id} = ${sessions.userId}
  where ${sessions.id} = ${standIn('sessionId')}`)

/** Lucia's adapter, which reads a session and the rights of whose it is in one query. */
class AdapterWithRights extends DrizzlePostgreSQLAdapter {
  readonly #db: Database | Transaction
  readonly #clock: Clock

  constructor(db: Database | Transaction, clock: Clock) {
    super(db, sessions, accounts)
    this.#db = db
    this.#clock = clock
  }

  override async getSessionAndUser(sessionId: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const now = this.#clock.now()
    const today = parisDay(now)
    const [found] = await rowsOf<SessionRow>(this.#db, sessionWithRights.with({ sessionId, today }))
    if (!found) return [null, null]
    const { expiresAt, isAdministrateur, passwordFitsPowers, verifiedAt, verification: given, ...row } = found
    const { accountId } = row
    const verification = holds(verifiedAt, now) ? given : null
    return [
      { id: sessionId, userId: accountId, expiresAt: new Date(expiresAt), attributes: {} },
      {
        id: accountId,
        attributes: { isAdministrateur, passwordFitsPowers, rights: { now, today, row, verification } },
      },
    ]
  }

  override async updateSessionExpiration(sessionId: string, expiresAt: Date): Promise<void> {
    const last = sql`${sessions.createdAt} + ${longestLife}::interval`
    await this.#db
      .update(sessions)
      .set({ expiresAt: sql`least(${expiresAt.toISOString()}::timestamptz, ${last})` })
      .where(eq(sessions.id, sessionId))
  }
}

/** A second factor holds for twelve hours. */
function holds(verifiedAt: string | Date | null, now: Date): boolean {
  return verifiedAt !== null && now.getTime() - new Date(verifiedAt).getTime() < verificationLasts
}

function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
