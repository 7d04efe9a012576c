import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { writeJournal } from '#server/journal.ts'
import type { ProfileForm } from '#server/vocabulary/account-forms.ts'
import type { Context } from '../context.ts'
import type { Person } from './administering.ts'

/** Corrects one's own name and telephone. Sealed minutes keep the name of their day. */
export async function editProfile(context: Context, person: Person, form: ProfileForm): Promise<void> {
  const { accountId } = person
  await context.db.transaction(async tx => {
    await tx
      .update(accounts)
      .set({ givenName: form.givenName, familyName: form.familyName, phone: form.phone || null })
      .where(eq(accounts.id, accountId))
    await writeJournal(tx, {
      consortiumId: null,
      at: context.clock.now(),
      by: accountId,
      verb: 'profile.edit',
      subjectKind: 'account',
      subjectId: accountId,
    })
  })
}
