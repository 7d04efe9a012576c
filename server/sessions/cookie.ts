/** A session's cookie: `__Host-` over HTTPS, so that no other host or path can set it; a plain name on localhost. */
export type SessionCookie = {
  /** The token that a request's `Cookie` header holds, or null. */
  read(cookieHeader: string | null | undefined): string | null
  /** Value of `Set-Cookie` that gives the token to the browser. */
  give(token: string): string
  /** Value of `Set-Cookie` that takes it back. */
  take(): string
}

/** Seconds for which a browser keeps the cookie: as long as a session that is not used. */
const maxAge = 14 * 24 * 3600

/** @param secure true when people reach the product over HTTPS. */
export function sessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-espace_spie' : 'espace_spie'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    read(cookieHeader) {
      for (const part of (cookieHeader ?? '').split(';')) {
        const [key, value] = part.trim().split('=', 2)
        if (key === name && value && /^[\w-]{20,100}$/.test(value)) return value
      }
      return null
    },
    give: token => `${name}=${token}; ${attributes}; Max-Age=${maxAge}`,
    take: () => `${name}=; ${attributes}; Max-Age=0`,
  }
}
