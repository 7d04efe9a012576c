/** Where to go after signing in: a page of this site and nothing else, the entry by default. */
export function returnPath(asked: string | null): string {
  if (!asked?.startsWith('/') || asked.startsWith('//') || /[\\\s]/.test(asked)) return '/'
  if (!URL.canParse(asked, 'http://site') || new URL(asked, 'http://site').host !== 'site') return '/'
  return /^\/(connexion|deconnexion)([/?#]|$)/.test(asked) ? '/' : asked
}
