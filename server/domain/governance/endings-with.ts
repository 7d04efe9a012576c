import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { journal, mandates } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { JournalLine } from '#server/journal.ts'
import type { MandateFunction } from '#server/vocabulary/governance.ts'
import { type BookedMandate, earlier, loadMandateBook, type MandateBook, overlap } from './mandate-book.ts'
import { type Ending, endingsOf } from './plan-designation.ts'

/** A mandate that ends with the body or the institution it stands in, as a page tells of it. */
export type EndingView = {
  mandateId: string
  name: string
  function: MandateFunction
  instance: string
  organisation: string
  /** Null for a mandate that had not begun: it is withdrawn. */
  lastDay: string | null
}

/** Every mandate that would end, that of an invité included, because some of them no longer may last beyond a day. */
export async function endingsAfter(
  db: Database | Transaction,
  consortiumId: string,
  concerned: (mandate: BookedMandate) => boolean,
  lastDay: string,
): Promise<{ endings: Ending[]; views: EndingView[] }> {
  const book = await loadMandateBook(db, { consortiumId, withInvites: true })
  const all = book.mandates.filter(concerned).flatMap(mandate => endingsOf(book, mandate.id, lastDay))
  const endings = [...new Map(all.map(ending => [ending.mandate.id, ending])).values()].sort(servedFirst)
  return { endings, views: endings.map(ending => viewOf(book, ending)) }
}

/** Those who serve a mandate come after it. */
function servedFirst(one: Ending, other: Ending): number {
  return Number(one.mandate.titulaireMandateId !== null) - Number(other.mandate.titulaireMandateId !== null)
}

function viewOf(book: MandateBook, { mandate, lastDay }: Ending): EndingView {
  return {
    mandateId: mandate.id,
    name: mandate.name,
    function: mandate.function,
    instance: book.instances.get(mandate.instanceId)?.name ?? '',
    organisation: book.organisations.get(mandate.organisationId)?.name ?? '',
    lastDay,
  }
}

/** What the journal keeps of the mandates that an act ends, so that it may be undone: their former last days. */
export function formerLastDays(endings: readonly Ending[]): NonNullable<JournalLine['detail']> {
  const ended = endings.filter(({ lastDay }) => lastDay !== null)
  return Object.fromEntries(ended.map(({ mandate }) => [mandate.id, mandate.endsOn]))
}

/**
 * Gives their former last days back to the mandates that an act ended, unless they were changed since. Mandates that the
 * act withdrew before they began do not come back. None lasts longer than its instance, its institution, or the mandate
 * that it serves: the caller has already taken back the act itself.
 * @returns how many came back
 * @throws Conflict when somebody else sits, or carries the voice, in the place of one of them
 */
export async function restoreMandates(
  tx: Transaction,
  actor: Actor,
  undone: { verb: string; subjectId: string; lastDay: string },
): Promise<number> {
  const [line] = await tx
    .select({ detail: journal.detail })
    .from(journal)
    .where(
      and(
        eq(journal.consortiumId, actor.consortiumId),
        eq(journal.verb, undone.verb),
        eq(journal.subjectId, undone.subjectId),
      ),
    )
    .orderBy(desc(journal.id))
    .limit(1)
  const former = new Map(Object.entries(line?.detail ?? {}).filter(([key]) => key !== 'lastDay'))
  if (former.size === 0) return 0
  const kept = await tx
    .select()
    .from(mandates)
    .where(
      and(
        eq(mandates.consortiumId, actor.consortiumId),
        inArray(mandates.id, [...former.keys()]),
        eq(mandates.endsOn, undone.lastDay),
      ),
    )
  const book = await loadMandateBook(tx, { consortiumId: actor.consortiumId, withInvites: true })
  const waiting = new Set(kept.map(({ id }) => id))
  let restored = 0
  // Whom a mandate serves comes back before it.
  for (const mandate of book.mandates.filter(({ id }) => waiting.has(id)).sort(byRank(book))) {
    const endsOn = former.get(mandate.id)
    const day = earlier(typeof endsOn === 'string' ? endsOn : null, longest(book, mandate))
    if (day !== null && day <= undone.lastDay) continue
    checkPlaceIsFree(book, { ...mandate, endsOn: day })
    mandate.endsOn = day
    await tx.update(mandates).set({ endsOn: day }).where(eq(mandates.id, mandate.id))
    restored++
  }
  return restored
}

/** Beyond which day a mandate cannot last; null for none. */
function longest(book: MandateBook, mandate: BookedMandate): string | null {
  const dissolvedOn = book.instances.get(mandate.instanceId)?.endsOn ?? null
  const leftOn = book.organisations.get(mandate.organisationId)?.leftOn ?? null
  return earlier(earlier(dissolvedOn, leftOn), servedBy(book, mandate)?.endsOn ?? null)
}

function servedBy(book: MandateBook, mandate: BookedMandate): BookedMandate | undefined {
  return book.mandates.find(({ id }) => id === mandate.titulaireMandateId)
}

/** An assistant may serve a suppléant, who serves a titulaire. */
function byRank(book: MandateBook) {
  const rank = (mandate: BookedMandate | undefined): number => (mandate ? 1 + rank(servedBy(book, mandate)) : 0)
  return (one: BookedMandate, other: BookedMandate) => rank(one) - rank(other)
}

/** An invité has a meeting, and takes nobody's place. */
function checkPlaceIsFree(book: MandateBook, back: BookedMandate) {
  if (back.function === 'invite') return
  const other = book.mandates.find(
    each =>
      each.id !== back.id &&
      each.function !== 'invite' &&
      each.instanceId === back.instanceId &&
      overlap(each, back) &&
      (each.accountId === back.accountId ||
        (each.organisationId === back.organisationId && each.carriesVoice && back.carriesVoice)),
  )
  if (!other) return
  throw new Conflict(
    `On ne peut plus revenir en arrière : ${other.name} a pris entre-temps la place de ${back.name} (« ${book.instances.get(back.instanceId)?.name ?? ''} »). Désignez de nouveau les personnes une à une.`,
  )
}
