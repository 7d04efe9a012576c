import { createServer } from 'node:http'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { type PreparingDatabase, rowsOf } from '#db/client.ts'
import { systemClock } from '#server/calendar.ts'
import { type CollaborationOptions, createCollaboration } from '#server/collaboration/index.ts'
import { listen, routeUpgrades } from '#server/http/listen.ts'

/** Live texts without the rest of the product: whoever has a cookie of `cookieOf` may write in any of them. */
export async function serveLiveTexts(
  db: PreparingDatabase,
  options: Pick<CollaborationOptions, 'journalLimit' | 'spoolDir'> = {},
) {
  const collaboration = createCollaboration({
    db,
    clock: systemClock,
    log: pino({ level: 'warn' }, pino.destination(2)),
    origin: null,
    sessions: {
      async accountOf(cookie) {
        const accountId = /session=([0-9a-f-]+)/.exec(cookie ?? '')?.[1]
        return accountId ? { accountId, sessionId: accountId } : null
      },
      stillOpen: async sessionIds => new Set(sessionIds),
    },
    async access(questions) {
      const asked = questions.map(({ minutesId }) => sql`${minutesId}::uuid`)
      const rows = await rowsOf<{ id: string; minutes_id: string; consortium_id: string }>(
        db,
        sql`select id, minutes_id, consortium_id from live_texts
          where minutes_id in (${sql.join(asked, sql`, `)}) and closed_at is null`,
      )
      return questions.map(({ minutesId }) => {
        const row = rows.find(({ minutes_id }) => minutes_id === minutesId)
        const person = { name: 'Personne', organisation: 'CAF du Tarn' }
        return row ? { mode: 'write', liveTextId: row.id, consortiumId: row.consortium_id, person } : null
      })
    },
    ...options,
  })
  const server = createServer()
  routeUpgrades(server, (req, socket, head) => collaboration.handleUpgrade(req, socket, head))
  return {
    port: await listen(server, { port: 0, host: '127.0.0.1' }),
    async close() {
      server.close()
      await collaboration.close()
    },
  }
}

export function cookieOf(accountId: string): string {
  return `session=${accountId}`
}
