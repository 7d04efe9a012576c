import type { Database, Transaction } from '#db/client.ts'
import type { Clock } from '#server/calendar.ts'
import type { Log } from '#server/log.ts'

/** What every command and query receives: made once, in `server/index.ts`. */
export type Context = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** The live engine; replaced once it runs. */
  live: LivePort
  /** Work that a transaction leaves behind it; replaced once the jobs run. */
  jobs: JobsPort
  readonly settings: Settings
}

/** What the operator chose, as far as commands and queries ask. */
export type Settings = {
  /** Whether a second factor is asked before validating, adopting, voting or administering. */
  readonly secondFactor: 'required' | 'offered'
  /** Where mail links lead, without a final slash. */
  readonly origin: string
  /** False without `SMTP_URL`: mail stays in « Courriels sortants ». */
  readonly sendsMail: boolean
  /** True for the demonstration, where every mail may be read in « Courriels sortants ». */
  readonly demonstration: boolean
}

/** What commands ask of the jobs of this process. */
export type JobsPort = {
  /** Leaves, in the transaction, the sending of a mail that it has written or put off. @param due at once without */
  mailWritten(tx: Transaction, mailId: string, due?: Date): Promise<void>
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
