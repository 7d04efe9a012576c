import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, consortiumFunctions } from '#db/schema/index.ts'
import { addDays } from '#server/calendar.ts'
import { Conflict } from '#server/errors.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { mediumDate } from '#server/vocabulary/french.ts'

type Days = { startsOn: string; endsOn: string | null }

/**
 * Does something that may leave the consortium without a chef de projet, and refuses it if it does: nobody could administer
 * it any more.
 * @throws Conflict that says from which day there would be none
 */
export async function keepingChefDeProjet(tx: Transaction, author: Actor, work: () => Promise<void>): Promise<void> {
  const before = firstDayWithout(await daysOfChefs(tx, author.consortiumId), author.today)
  await work()
  const after = firstDayWithout(await daysOfChefs(tx, author.consortiumId), author.today)
  if (after === null || (before !== null && after >= before)) return
  throw new Conflict(
    `Le consortium n’aurait plus de chef de projet à partir du ${mediumDate(after)}. Donnez d’abord cette fonction à quelqu’un d’autre.`,
  )
}

/** The first day, from one on, that none of these spans holds; null when they hold for ever. */
export function firstDayWithout(spans: readonly Days[], from: string): string | null {
  let day = from
  for (const { startsOn, endsOn } of spans.toSorted((one, other) => one.startsOn.localeCompare(other.startsOn))) {
    if (startsOn > day) return day
    if (endsOn === null) return null
    if (endsOn >= day) day = addDays(endsOn, 1)
  }
  return day
}

/** The functions of chefs de projet whose account is open. */
function daysOfChefs(tx: Transaction, consortiumId: string): Promise<Days[]> {
  return tx
    .select({ startsOn: consortiumFunctions.startsOn, endsOn: consortiumFunctions.endsOn })
    .from(consortiumFunctions)
    .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
    .where(
      and(
        eq(consortiumFunctions.consortiumId, consortiumId),
        eq(consortiumFunctions.function, 'chef_de_projet'),
        isNull(accounts.suspendedAt),
        isNull(accounts.erasedAt),
      ),
    )
}
