import { NBSP } from '#server/vocabulary/french.ts'
import { isSafeHref } from '#server/vocabulary/safe-href.ts'

/** Reads an address as people write it (« exemple.fr », « nom@exemple.fr »), or says what is wrong with it. */
export function readHref(written: string): { href: string } | { error: string } {
  const address = written.trim()
  if (address === '') return { error: 'Écrivez l’adresse du lien.' }
  const href = withScheme(address)
  const url = URL.parse(href)
  // « bonjour » is no address; « http://intranet/ » is, since its scheme was written.
  const guessed = href !== address && url?.protocol !== 'mailto:'
  if (!url || !isSafeHref(href) || (guessed && !url.hostname.includes('.')))
    return {
      error: `Cette adresse n’est pas celle d’une page ni d’un courriel. Exemple${NBSP}: https://www.tarn.fr ou contact@tarn.fr`,
    }
  return { href }
}

function withScheme(address: string): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(address)) return address
  return /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address) ? `mailto:${address}` : `https://${address}`
}
