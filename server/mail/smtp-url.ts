/** Where mail leaves, as `SMTP_URL` says it. */
export type SmtpSettings = {
  host: string
  port: number
  /** TLS from the first byte (`smtps:`); otherwise STARTTLS. */
  secure: boolean
  /** Refuses to send without TLS. */
  requireTls: boolean
  auth: { user: string; pass: string } | null
  /** The sender's address; null when the URL names none. */
  from: string | null
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Reads `SMTP_URL`: `smtp://user:password@host:587?from=espace@exemple.fr`. Encryption is required, except towards this
 * machine or with `tls=facultatif`; the server's certificate is always checked.
 *
 * @returns null when it cannot be read
 */
export function readSmtpUrl(value: string): SmtpSettings | null {
  if (!URL.canParse(value)) return null
  const url = new URL(value)
  if (!['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return null
  const { from = null, tls = 'exige', ...unknown } = Object.fromEntries(url.searchParams)
  if (Object.keys(unknown).length > 0 || !['exige', 'facultatif'].includes(tls)) return null
  if (from !== null && !isAddress(from)) return null
  const secure = url.protocol === 'smtps:'
  const user = decoded(url.username)
  const pass = decoded(url.password)
  if (user === null || pass === null) return null
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTls: tls === 'exige' && !LOOPBACK.includes(url.hostname),
    auth: user ? { user, pass } : null,
    from: from ?? (isAddress(user) ? user : null),
  }
}

function isAddress(value: string): boolean {
  return /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+$/.test(value)
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}
