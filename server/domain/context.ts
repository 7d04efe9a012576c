import type { Database } from '#db/client.ts'
import type { Clock } from '#server/calendar.ts'
import type { Log } from '#server/log.ts'

/** What every command and query receives: made once, in `server/index.ts`. */
export type Context = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** The live engine; replaced once it runs. */
  live: LivePort
}

/** What commands ask of the live texts that are open in this process. */
export type LivePort = {
  /** Every update received so far for this text is journalled or refused. */
  drain(liveTextId: string): Promise<void>
  /** Tells those who have the text open that it is sealed, then closes their sockets. */
  announceClosed(minutesId: string, by: { name: string; at: Date }): void
  /** Tells those who have the text open that approvals or states moved. */
  announceChanged(minutesId: string): void
  /** Re-evaluates the rights of everyone who has a text open. */
  recheck(): void
  /** Makes the skeleton follow the agenda, while nobody has written yet. False once somebody has. */
  followAgenda(minutesId: string, content: object): Promise<boolean>
}
