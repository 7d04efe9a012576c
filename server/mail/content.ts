import type { Context } from '#server/domain/context.ts'

/** Mail that is about to leave, as its writer receives it. */
export type MailToWrite = {
  id: string
  /** Whom it is for. */
  accountId: string
  /** Null for mail about an account itself. */
  consortiumId: string | null
  /** What it is about: identifiers only. */
  about: Readonly<Record<string, string>>
}

/** The words of one mail, in French. The mail layer adds prefix, greeting, layout and signature, and escapes. */
export type MailContent = {
  /** Without the prefix that every subject has. */
  subject: string
  paragraphs: readonly string[]
  /** The one link; its path is relative: `/tarn/accueil`. */
  link: { label: string; path: string } | null
  /** A smaller sentence after the link: how long it holds, what to do when it was not asked for. */
  note?: string
  /** Another address than the one read so far: the new one, while an address changes; the one a secret link was made for. */
  to?: string
}

/**
 * Makes the words of one kind of mail when it leaves, from what is then true and what its recipient may then read. It is
 * called at each try, outside a transaction: a secret link is made here, and only its SHA-256 is kept.
 *
 * @returns null when its cause, or its recipient's right, is gone: the mail is then given up.
 */
export type MailWriter = (context: Context, mail: MailToWrite) => Promise<MailContent | null>
