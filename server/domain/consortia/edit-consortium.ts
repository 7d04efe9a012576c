import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { consortia } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { type Abilities, abilitiesOn, authorize } from '#server/habilitations/authorize.ts'
import type { ConsortiumForm } from '#server/vocabulary/consortium-forms.ts'
import type { Context } from '../context.ts'
import { changeShape, checkVersion, versionOf } from '../governance/change-shape.ts'

export type ConsortiumPage = {
  name: string
  territory: string
  purpose: string
  version: string
  can: Pick<Abilities<'consortium'>, 'edit'>
}

/** What the consortium is, as every member may read it. @throws NotFound (H2) */
export async function consortiumPage(context: Context, actor: Actor): Promise<ConsortiumPage> {
  const facts = { consortiumId: actor.consortiumId }
  authorize(actor, 'consortium', 'read', facts)
  const known = await saidOf(context.db, actor)
  return { ...known, version: versionOf(known), can: abilitiesOn(actor, 'consortium', ['edit'], facts) }
}

/**
 * Corrects its name, its territory and its purpose. Its address does not change, nor do the minutes that were sealed.
 * @throws NotFound, Forbidden (H50), VerificationNeeded, Conflict
 */
export function editConsortium(context: Context, actor: Actor, form: ConsortiumForm): Promise<void> {
  return changeShape(context, actor, 'edit', async tx => {
    checkVersion(versionOf(await saidOf(tx, actor)), form.version)
    const { name, territory, purpose } = form
    await tx.update(consortia).set({ name, territory, purpose }).where(eq(consortia.id, actor.consortiumId))
    return {
      verb: 'consortium.edit',
      subjectKind: 'consortium',
      subjectId: actor.consortiumId,
      result: undefined,
    }
  })
}

async function saidOf(db: Database | Transaction, { consortiumId }: Actor) {
  const [row] = await db
    .select({ name: consortia.name, territory: consortia.territory, purpose: consortia.purpose })
    .from(consortia)
    .where(eq(consortia.id, consortiumId))
  if (!row) throw new Error('a person is in a consortium that exists')
  return row
}
