/**
 * What an address names a thing by: « Conseil départemental (Tarn) » → `conseil-departemental-tarn`. Letters without
 * accents, figures and hyphens; at most 60 characters; never empty.
 */
export function slugOf(name: string): string {
  const words = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return words.slice(0, 60).replace(/^-+|-+$/g, '') || 'sans-nom'
}

/** The slug itself, or followed by the first number that makes it free: `caf-2`. `nouvelle` is the address of a form. */
export function freeSlug(name: string, taken: readonly string[]): string {
  const slug = slugOf(name)
  const used = new Set([...taken, 'nouvelle'])
  if (!used.has(slug)) return slug
  for (let number = 2; ; number++) if (!used.has(`${slug}-${number}`)) return `${slug}-${number}`
}
