import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { journal, mandates } from '#db/schema/index.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import type { JournalLine } from '#server/journal.ts'
import type { MandateFunction } from '#server/vocabulary/governance.ts'
import { type BookedMandate, loadMandateBook, type MandateBook, overlap } from './mandate-book.ts'
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

/** Every mandate that would end, because some of them no longer may last beyond a day. */
export async function endingsAfter(
  db: Database | Transaction,
  consortiumId: string,
  concerned: (mandate: BookedMandate) => boolean,
  lastDay: string,
): Promise<{ endings: Ending[]; views: EndingView[] }> {
  const book = await loadMandateBook(db, { consortiumId })
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
 * act withdrew before they began do not come back.
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
  const book = await loadMandateBook(tx, { consortiumId: actor.consortiumId })
  for (const { id } of kept) {
    const endsOn = former.get(id)
    const day = typeof endsOn === 'string' ? endsOn : null
    const mandate = book.mandates.find(each => each.id === id)
    if (!mandate) continue
    checkPlaceIsFree(book, { ...mandate, endsOn: day })
    mandate.endsOn = day
    await tx.update(mandates).set({ endsOn: day }).where(eq(mandates.id, id))
  }
  return kept.length
}

function checkPlaceIsFree(book: MandateBook, back: BookedMandate) {
  const other = book.mandates.find(
    each =>
      each.id !== back.id &&
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
