import type { TestSmtp } from '../mail/smtp-server.ts'

/** What arrives in one mailbox of the test's mail server, read as a person reads it. */
export type Mailbox = {
  /** Forgets what has arrived. */
  empty(): void
  /** The plain text of the next mail that somebody receives and that says this. */
  next(to: string, says: RegExp): Promise<string>
  /** The path of the link in the next mail to somebody, to an address that begins so. */
  link(to: string, path: string): Promise<string>
}

export function mailboxOf(smtp: TestSmtp): Mailbox {
  let read = 0
  const next = async (to: string, says: RegExp): Promise<string> => {
    for (let n = read; ; n += 1) {
      const mail = (await smtp.has(n + 1))[n]
      const text = mail ? plainText(mail.raw) : ''
      if (mail?.to.includes(to) && says.test(text)) return text
    }
  }
  return {
    empty: () => {
      read = smtp.received.length
    },
    next,
    async link(to, path) {
      const pattern = new RegExp(`${path}/[\\w-]{43}`)
      return pattern.exec(await next(to, pattern))?.[0] ?? ''
    },
  }
}

/** The text of a message in several parts. */
function plainText(raw: string): string {
  const part = /content-type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)(?:\r\n--|$)/i.exec(raw)
  const head = raw.slice(0, (part?.index ?? 0) + (part?.[0].length ?? 0))
  const body = part?.[1] ?? ''
  if (/content-transfer-encoding: base64[\s\S]*$/i.test(head.slice(part?.index))) {
    return Buffer.from(body, 'base64').toString('utf8')
  }
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
