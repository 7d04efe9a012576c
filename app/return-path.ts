/** A longer one does not fit in the header that leads there. */
export const LONGEST_RETURN = 2000

/** Where to go after signing in or after an act: a page of this site and nothing else, the entry by default. */
export function returnPath(asked: string | null): string {
  if (!asked?.startsWith('/') || /[\\\s]/.test(asked)) return '/'
  if (!URL.canParse(asked, 'http://site')) return '/'
  const { host, pathname, search, hash } = new URL(asked, 'http://site')
  // As URLs write it: letters that no header holds are encoded, `/.//` has become `//`.
  const path = pathname + search + hash
  if (host !== 'site' || path.startsWith('//') || path.length > LONGEST_RETURN) return '/'
  return /^\/(connexion|deconnexion|verification)([/?#]|$)/.test(path) ? '/' : path
}
