import { pgTable, text } from 'drizzle-orm/pg-core'
import type { SiteTextKey } from '#server/vocabulary/site-texts.ts'
import { instant } from './columns.ts'
import { author } from './tenant.ts'

/** Legal pages as an administrateur rewrote them; without a row, the text that the product brings. */
export const siteTexts = pgTable('site_texts', {
  key: text().$type<SiteTextKey>().primaryKey(),
  body: text().notNull(),
  updatedAt: instant().notNull(),
  updatedBy: author(),
})
