import { eq } from 'drizzle-orm'
import { siteTexts } from '#db/schema/index.ts'
import { Conflict, Invalid, NotFound } from '#server/errors.ts'
import { writeJournal } from '#server/journal.ts'
import { defaultSiteTexts, longestSiteText, type SiteTextKey, siteTextLabels } from '#server/vocabulary/site-texts.ts'
import { onlyAdministrateur, type Person, requireAdministrateur } from '../accounts/administering.ts'
import type { Context } from '../context.ts'

/** A legal page: as the product brings it, until an administrateur rewrites it. */
export type SiteText = { key: SiteTextKey; body: string; rewrittenAt: Date | null }

/** The text of a legal page, which everyone reads, without signing in. */
export async function siteText(context: Context, key: SiteTextKey): Promise<SiteText> {
  const [row] = await context.db.select().from(siteTexts).where(eq(siteTexts.key, key))
  return { key, body: row?.body ?? defaultSiteTexts[key], rewrittenAt: row?.updatedAt ?? null }
}

/** The texts that an administrateur may rewrite. @throws NotFound for who is no administrateur */
export async function siteTextList(context: Context, person: Person): Promise<Omit<SiteText, 'body'>[]> {
  onlyAdministrateur(person)
  const rows = await context.db.select({ key: siteTexts.key, updatedAt: siteTexts.updatedAt }).from(siteTexts)
  return keys.map(key => ({ key, rewrittenAt: rows.find(row => row.key === key)?.updatedAt ?? null }))
}

/** One of them, to be rewritten. @throws NotFound, VerificationNeeded */
export async function siteTextToRewrite(context: Context, person: Person, key: string): Promise<SiteText> {
  requireAdministrateur(context, person)
  return siteText(context, knownKey(key))
}

/** Rewrites a legal page. @throws NotFound, VerificationNeeded, Invalid (empty, too long) */
export async function rewriteSiteText(
  context: Context,
  person: Person,
  { key: wanted, body }: { key: string; body: string },
): Promise<void> {
  requireAdministrateur(context, person)
  const key = knownKey(wanted)
  if (body === '' || body.length > longestSiteText) {
    const message =
      body === '' ? 'Écrivez le texte de la page, ou rétablissez celui d’origine.' : 'Ce texte est trop long.'
    throw new Invalid(message, { body: [message] })
  }
  const values = { key, body, updatedAt: context.clock.now(), updatedBy: person.accountId }
  await context.db.transaction(async tx => {
    await tx.insert(siteTexts).values(values).onConflictDoUpdate({ target: siteTexts.key, set: values })
    await tell(tx, person, values.updatedAt, 'siteText.rewrite', key)
  })
}

/** Gives a legal page the product's own text back. @throws NotFound, VerificationNeeded, Conflict (it has it) */
export async function restoreSiteText(
  context: Context,
  person: Person,
  { key: wanted }: { key: string },
): Promise<void> {
  requireAdministrateur(context, person)
  const key = knownKey(wanted)
  await context.db.transaction(async tx => {
    const gone = await tx.delete(siteTexts).where(eq(siteTexts.key, key)).returning({ key: siteTexts.key })
    if (gone.length === 0) throw new Conflict('Cette page a déjà son texte d’origine.')
    await tell(tx, person, context.clock.now(), 'siteText.restore', key)
  })
}

const keys = Object.keys(siteTextLabels) as SiteTextKey[]

function knownKey(key: string): SiteTextKey {
  const found = keys.find(each => each === key)
  if (!found) throw new NotFound()
  return found
}

function tell(
  tx: Parameters<typeof writeJournal>[0],
  person: Person,
  at: Date,
  verb: 'siteText.rewrite' | 'siteText.restore',
  key: SiteTextKey,
): Promise<void> {
  return writeJournal(tx, {
    consortiumId: null,
    at,
    by: person.accountId,
    verb,
    subjectKind: 'site_text',
    subjectId: key,
  })
}
