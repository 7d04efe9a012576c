import { createTransport } from 'nodemailer'
import type { MailFailure } from '#server/vocabulary/mail.ts'
import type { SmtpSettings } from './smtp-url.ts'

/** One mail as it leaves. */
export type Message = {
  /** The same at each try: a server that has already taken it can tell. */
  messageId: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}

export type Outcome =
  | { sent: true }
  | {
      sent: false
      failure: MailFailure
      /** The code of the server's answer, never its words: they may hold an address. */
      answer: string | null
      /** The address refuses it for good. */
      forGood: boolean
    }

/** What mail leaves through. */
export type MailTransport = {
  send(message: Message): Promise<Outcome>
  close(): Promise<void>
}

const CONNECT_MS = 15_000
const SILENCE_MS = 60_000
/** Of one mail, whatever the server does. */
const WHOLE_MS = 180_000

/** Connections to an SMTP server, shared by the mails that leave. @param host of the product's address, for a sender. */
export function smtpTransport(settings: SmtpSettings, { host }: { host: string }): MailTransport {
  const pool = createTransport({
    pool: true,
    maxConnections: 2,
    maxMessages: 100,
    // Who decides whether to try again is the outbox.
    maxRequeues: 0,
    // A server closes idle connections: a mail would find out too late.
    idleTimeout: 20_000,
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.requireTls,
    ...(settings.auth ? { auth: settings.auth } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const from = { name: 'Espace SPIE', address: settings.from ?? `ne-pas-repondre@${host}` }
  return {
    async send({ to, ...message }) {
      try {
        await pool.sendMail({
          ...message,
          to,
          from,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': 'fr' },
          signal: AbortSignal.timeout(WHOLE_MS),
        })
        return { sent: true }
      } catch (error) {
        return { sent: false, ...readFailure(error) }
      }
    },
    async close() {
      pool.close()
    },
  }
}

type SmtpError = { code?: string; originalCode?: string; responseCode?: number; response?: string; command?: string }

function readFailure(error: unknown): { failure: MailFailure; answer: string | null; forGood: boolean } {
  const { code, originalCode = '', responseCode, response = '', command = '' } = error as SmtpError
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  const answer = responseCode ? [responseCode, enhanced].filter(Boolean).join(' ') : null
  const about = (failure: MailFailure) => ({ failure, answer, forGood: false })
  if (code === 'EAUTH' || code === 'ENOAUTH' || responseCode === 530) return about('identification')
  if (code === 'ETLS' || /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(originalCode))
    return about('chiffrement')
  if (!responseCode || responseCode === 421) return about('injoignable')
  // 5.7 is a matter between the two servers: whoever runs them can mend it.
  const forGood = responseCode >= 500 && command === 'RCPT TO' && !enhanced?.startsWith('5.7')
  return { failure: 'refus', answer, forGood }
}
