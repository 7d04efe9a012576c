import { and, eq, gte, isNull, or } from 'drizzle-orm'
import { accounts, consortia, consortiumFunctions } from '#db/schema/index.ts'
import { Conflict, NotFound } from '#server/errors.ts'
import { slugOrNone } from '#server/habilitations/load-facts.ts'
import { writeJournal } from '#server/journal.ts'
import type { ChefForm } from '#server/vocabulary/administration-forms.ts'
import { parisDay } from '#server/vocabulary/french.ts'
import { type Person, requireAdministrateur } from '../accounts/administering.ts'
import { insertChef } from '../consortia/insert-people.ts'
import type { Context } from '../context.ts'

/**
 * Gives a chef de projet to a consortium that has none left: while there is one, only they designate others.
 * @throws NotFound, VerificationNeeded, Conflict (there is one), Invalid (the account is suspended, or administers)
 */
export async function designateChef(
  context: Context,
  person: Person,
  { slug, form, address }: { slug: string; form: ChefForm; address?: string },
): Promise<void> {
  requireAdministrateur(context, person)
  const at = context.clock.now()
  const today = parisDay(at)
  await context.db.transaction(async tx => {
    const [consortium] = await tx
      .select({ id: consortia.id })
      .from(consortia)
      .where(eq(consortia.slug, slugOrNone(slug)))
      .for('no key update')
    if (!consortium) throw new NotFound()
    const [left] = await tx
      .select({ id: consortiumFunctions.id })
      .from(consortiumFunctions)
      .innerJoin(accounts, eq(accounts.id, consortiumFunctions.accountId))
      .where(
        and(
          eq(consortiumFunctions.consortiumId, consortium.id),
          eq(consortiumFunctions.function, 'chef_de_projet'),
          or(isNull(consortiumFunctions.endsOn), gte(consortiumFunctions.endsOn, today)),
          isNull(accounts.suspendedAt),
          eq(accounts.isAdministrateur, false),
        ),
      )
      .limit(1)
    if (left) throw new Conflict('Ce consortium a déjà un chef de projet : lui seul peut en désigner un autre.')
    const label = form.civilite === 'madame' ? 'Cheffe de projet' : 'Chef de projet'
    const { accountId } = await insertChef(
      context,
      tx,
      { ...form, phone: null, organisation: null, label },
      {
        consortiumId: consortium.id,
        organisations: new Map(),
        at,
        firstDay: today,
        by: person.accountId,
        address: address ?? null,
      },
    )
    await writeJournal(tx, {
      consortiumId: consortium.id,
      at,
      by: person.accountId,
      verb: 'consortium.designateChef',
      subjectKind: 'account',
      subjectId: accountId,
    })
  })
  context.live.recheck()
}
