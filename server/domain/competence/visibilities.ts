import { visibilityDefaults } from '#db/schema/index.ts'
import type { Actor } from '#server/habilitations/actor.ts'
import { codesOf } from '#server/vocabulary/closed-list.ts'
import type { VisibilitiesForm } from '#server/vocabulary/competence-forms.ts'
import { type InstanceKind, instanceKindLabels, type Visibility } from '#server/vocabulary/governance.ts'
import type { Context } from '../context.ts'
import { authorizeShape, changeShape, checkVersion, versionOf } from '../governance/change-shape.ts'
import { visibilitiesByKind } from '../instances/instance-settings.ts'
import { changesOf } from '../journal/changes.ts'

export type VisibilitiesPage = { visibilities: Record<InstanceKind, Visibility>; version: string }

/** The visibility that minutes of a new instance receive, by kind. @throws NotFound, Forbidden (H33) */
export async function defaultVisibilities(context: Context, actor: Actor): Promise<VisibilitiesPage> {
  authorizeShape(actor, 'editCompetence')
  const visibilities = await visibilitiesByKind(context.db, actor.consortiumId)
  return { visibilities, version: versionOf(visibilities) }
}

/** Changes them, for the instances that will be created. @throws NotFound, Forbidden (H33), Conflict */
export function setDefaultVisibilities(context: Context, actor: Actor, form: VisibilitiesForm): Promise<void> {
  return changeShape(context, actor, 'editCompetence', async tx => {
    const { consortiumId } = actor
    const before = await visibilitiesByKind(tx, consortiumId)
    checkVersion(versionOf(before), form.version)
    for (const kind of codesOf(instanceKindLabels)) {
      const minutesVisibility = form[kind]
      await tx
        .insert(visibilityDefaults)
        .values({ consortiumId, kind, minutesVisibility })
        .onConflictDoUpdate({
          target: [visibilityDefaults.consortiumId, visibilityDefaults.kind],
          set: { minutesVisibility },
        })
    }
    const detail = changesOf(before, form, { values: codesOf(instanceKindLabels), words: [] })
    return { verb: 'visibility.change', subjectKind: 'consortium', subjectId: consortiumId, detail, result: undefined }
  })
}
