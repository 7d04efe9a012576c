import type { Labels } from './closed-list.ts'

/** Legal pages, whose texts an administrateur may rewrite. */
export type SiteTextKey = 'mentions_legales' | 'donnees_personnelles' | 'accessibilite'

export const siteTextLabels: Labels<SiteTextKey> = {
  mentions_legales: 'Mentions légales',
  donnees_personnelles: 'Données personnelles',
  accessibilite: 'Accessibilité',
}
